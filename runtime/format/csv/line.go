package csv

import (
	"bytes"
	"encoding/base64"
	"math"
	"strconv"
)

// SkipLine returns the start of the record after b[i], whose remaining fields
// nobody reads. It is negative if a quote stands before the line break, which
// could then be inside a field.
func SkipLine(b []byte, i int) int {
	n := bytes.IndexByte(b[i:], '\n')
	if n < 0 || bytes.IndexByte(b[i:i+n], '"') >= 0 {
		return -1
	}
	return i + n + 1
}

// SkipPlainLine is SkipLine for files in which fields hold no line breaks.
func SkipPlainLine(b []byte, i int) int { return i + bytes.IndexByte(b[i:], '\n') + 1 }

// AppendBytes appends bytes in base64. No bytes are a quoted empty cell, because
// an empty one is NULL.
func AppendBytes(dst, b []byte) []byte {
	if len(b) == 0 {
		return append(dst, '"', '"')
	}
	return base64.StdEncoding.AppendEncode(dst, b)
}

// AppendFloat appends the shortest text that reads back as f: a number, NaN,
// Infinity or -Infinity.
func AppendFloat(dst []byte, f float64) []byte { return appendFloat(dst, f, 64) }

// AppendFloat32 appends the shortest text that reads back as f.
func AppendFloat32(dst []byte, f float32) []byte { return appendFloat(dst, float64(f), 32) }

func appendFloat(dst []byte, f float64, size int) []byte {
	if math.IsInf(f, 0) {
		if f < 0 {
			dst = append(dst, '-')
		}
		return append(dst, "Infinity"...)
	}
	format := byte('f')
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(dst, f, format, -1, size)
}
