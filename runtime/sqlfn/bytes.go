package sqlfn

import (
	"bytes"
	"unsafe"

	"github.com/velocsql/veloc/runtime/fault"
)

// textOf gives bytes that nobody else has as a text, without a copy.
func textOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// bytesOf is a view of a text as bytes, which must not be changed.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// BytesLength returns the number of bytes.
func BytesLength(b []byte) int32 { return int32(len(b)) }

// BytesSubstring is Substring, in bytes.
func BytesSubstring(b []byte, start int32) []byte {
	if start < 0 {
		return b[max(len(b)+int(start), 0):]
	}
	return b[min(max(int(start)-1, 0), len(b)):]
}

// BytesSubstringFor is SubstringFor, in bytes.
func BytesSubstringFor(f *fault.Fault, b []byte, start, n int32) []byte {
	if n < 0 {
		f.Set("negative length of SUBSTRING")
		return nil
	}
	b = BytesSubstring(b, start)
	return b[:min(int(n), len(b))]
}

// BytesPadLeft is PadLeft, in bytes.
func BytesPadLeft(f *fault.Fault, b []byte, n int32, fill []byte) []byte {
	cut, pad := bytesPadding(f, b, n, fill)
	if pad == 0 {
		return b[:cut]
	}
	out := repeatBytes(make([]byte, 0, n), fill, pad)
	return append(out, b...)
}

// BytesPadRight is PadRight, in bytes.
func BytesPadRight(f *fault.Fault, b []byte, n int32, fill []byte) []byte {
	cut, pad := bytesPadding(f, b, n, fill)
	if pad == 0 {
		return b[:cut]
	}
	return repeatBytes(append(make([]byte, 0, n), b...), fill, pad)
}

// bytesPadding returns how many bytes of b stay and how many of filling come.
func bytesPadding(f *fault.Fault, b []byte, n int32, fill []byte) (cut, pad int) {
	switch {
	case int(n) <= len(b):
		return max(int(n), 0), 0
	case len(fill) == 0:
		return len(b), 0
	case n > mostText:
		f.Set(textTooLong)
		return 0, 0
	}
	return len(b), int(n) - len(b)
}

func repeatBytes(dst, fill []byte, n int) []byte {
	for ; n >= len(fill); n -= len(fill) {
		dst = append(dst, fill...)
	}
	return append(dst, fill[:n]...)
}

// BytesConcat joins bytes.
func BytesConcat(parts ...[]byte) []byte {
	n, out := 0, []byte(nil)
	for _, p := range parts {
		n += len(p)
	}
	for _, p := range parts {
		switch {
		case len(p) == 0:
			continue
		case len(p) == n:
			return p // the others are empty
		case out == nil:
			out = make([]byte, 0, n)
		}
		out = append(out, p...)
	}
	return out
}

// BytesConcatWS joins bytes with a separator.
func BytesConcatWS(separator []byte, parts ...[]byte) []byte { return bytes.Join(parts, separator) }

// PadLeftOrNull is PadLeft of ksqlDB: NULL if n is negative or there is nothing
// to fill with.
func PadLeftOrNull(f *fault.Fault, s string, n int32, fill string) (string, bool) {
	if n < 0 || fill == "" {
		return "", false
	}
	return PadLeft(f, s, n, fill), true
}

// PadRightOrNull is PadRight of ksqlDB: NULL if n is negative or there is
// nothing to fill with.
func PadRightOrNull(f *fault.Fault, s string, n int32, fill string) (string, bool) {
	if n < 0 || fill == "" {
		return "", false
	}
	return PadRight(f, s, n, fill), true
}

// BytesPadLeftOrNull is PadLeftOrNull, in bytes.
func BytesPadLeftOrNull(f *fault.Fault, b []byte, n int32, fill []byte) ([]byte, bool) {
	if n < 0 || len(fill) == 0 {
		return nil, false
	}
	return BytesPadLeft(f, b, n, fill), true
}

// BytesPadRightOrNull is PadRightOrNull, in bytes.
func BytesPadRightOrNull(f *fault.Fault, b []byte, n int32, fill []byte) ([]byte, bool) {
	if n < 0 || len(fill) == 0 {
		return nil, false
	}
	return BytesPadRight(f, b, n, fill), true
}
