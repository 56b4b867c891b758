package state

import (
	"encoding/binary"
	"unsafe"
)

// words stand for a text in comparisons: its up to 15 bytes, little-endian and
// padded with zeros, with their number in the last byte. Of a longer text they
// are the hash and the length, with 0xff in the last byte.
type words struct{ k0, k1 uint64 }

// maxShort is the length of the longest text whose words say all.
const maxShort = 15

// hash hashes a short text.
func (w words) hash() uint64 { return fold(w.k0^hashK0, w.k1^hashK1) }

// len returns the length of the text.
func (w words) len() int {
	if n := w.k1 >> 56; n <= maxShort {
		return int(n)
	}
	return int(w.k1 &^ (0xff << 56))
}

// wordsOf returns the words of a text whose hash is known.
func wordsOf(s string, hash uint64) words {
	if len(s) > maxShort {
		return words{hash, 0xff<<56 | uint64(len(s))}
	}
	return shortWords(s)
}

// loadable reports whether load may read s: it is short, not empty, and the 16
// bytes from its start are in one page, so all of them are mapped.
func loadable(s string) bool {
	return uint(len(s))-1 < maxShort && uintptr(unsafe.Pointer(unsafe.StringData(s)))&4095 <= 4096-16
}

// load is shortWords without a branch on the length, which is as good as
// random. The bytes behind s are masked out.
//
//go:nocheckptr
//go:norace
func load(s string) words {
	p := (*[16]byte)(unsafe.Pointer(unsafe.StringData(s)))
	m := &masks[len(s)&maxShort]
	return words{
		binary.LittleEndian.Uint64(p[:8]) & m[0],
		binary.LittleEndian.Uint64(p[8:])&m[1] | uint64(len(s))<<56,
	}
}

// masks leave so many bytes of two words.
var masks = func() (m [maxShort + 1][2]uint64) {
	for n := range m {
		m[n] = [2]uint64{1<<(8*n) - 1, 1<<(8*max(n, 8)-64) - 1}
	}
	return m
}()

// shortWords returns the words of a text of up to 15 bytes.
func shortWords(s string) words {
	n := uint64(len(s)) << 56
	if len(s) <= 8 {
		return words{word(s), n}
	}
	return words{word(s[:8]), word(s[8:]) | n}
}

// word returns up to 8 bytes as a little-endian word.
func word(s string) uint64 {
	w := uint64(0)
	for i := range len(s) {
		w |= uint64(s[i]) << (8 * i)
	}
	return w
}
