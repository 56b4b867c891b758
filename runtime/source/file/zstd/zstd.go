// Package zstd lets the file source read Zstandard files.
package zstd

import (
	"io"

	"github.com/klauspost/compress/zstd"

	"github.com/velocsql/veloc/runtime/source/file"
)

// maxWindow bounds the memory that a file may ask for, in bytes; it is what
// `zstd --ultra --long=27` needs.
const maxWindow = 128 << 20

// Codec reads Zstandard, several frames in a row included.
var Codec = file.Codec{
	Name: "zstd",
	Open: func(r io.Reader) (io.ReadCloser, error) {
		d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	},
}
