package file

import (
	"bytes"
	"fmt"
	"io"
)

// Codec unpacks compressed files. The codecs are packages of their own, gzip
// and zstd below this one, so that a program links only those that it passes
// to NewSource.
type Codec struct {
	Name string // as in 'compression'
	// Open starts unpacking r. Reading ends with io.EOF where the compressed
	// data ends properly, and with io.ErrUnexpectedEOF where it is cut off.
	Open func(r io.Reader) (io.ReadCloser, error)
}

// magics tells compressed files by their first bytes.
var magics = []struct {
	name  string
	bytes []byte
}{
	{"gzip", []byte{0x1f, 0x8b}},
	{"zstd", []byte{0x28, 0xb5, 0x2f, 0xfd}},
	{"bzip2", []byte("BZh")},
	{"xz", []byte{0xfd, '7', 'z', 'X', 'Z', 0}},
	{"lz4", []byte{0x04, 0x22, 0x4d, 0x18}},
	{"zip", []byte{'P', 'K', 3, 4}},
}

// magicLen is the most bytes that telling the compression takes.
const magicLen = 6

// codecFor decides how a file that begins with head is packed; nil is not at all.
func (s *Source) codecFor(name string, head []byte) (*Codec, error) {
	kind := s.compression
	if kind == "none" {
		return nil, nil
	}
	if kind == "auto" {
		kind = ""
		for _, m := range magics {
			if bytes.HasPrefix(head, m.bytes) {
				kind = m.name
			}
		}
		if kind == "" {
			return nil, nil
		}
	} else if len(head) == 0 {
		return nil, nil // an empty file is an empty file
	}
	for i := range s.codecs {
		if s.codecs[i].Name == kind {
			return &s.codecs[i], nil
		}
	}
	if kind == "gzip" || kind == "zstd" {
		return nil, fmt.Errorf("%s is compressed with %s, which this program was built without: set 'compression' = '%s' and build it again", name, kind, kind)
	}
	return nil, fmt.Errorf("%s is compressed with %s, which cannot be read: unpack it first ('compression' = 'none' reads it as it is)", name, kind)
}
