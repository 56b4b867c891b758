package json

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/velocsql/veloc/runtime/format/scan"
)

const hex = "0123456789abcdef"

// AppendString appends s as a JSON string, with as few escapes as there can be.
// Bytes that are not UTF-8 become U+FFFD.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	if plain(s) {
		dst = append(dst, s...)
		return append(dst, '"')
	}
	from := 0
	for k := 0; k < len(s); {
		c := s[k]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[k:])
			if r == utf8.RuneError && n == 1 {
				dst = append(dst, s[from:k]...)
				dst = append(dst, "\ufffd"...)
				from = k + 1
			}
			k += n
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			k++
			continue
		}
		dst = append(dst, s[from:k]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		case '\b':
			dst = append(dst, '\\', 'b')
		case '\f':
			dst = append(dst, '\\', 'f')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		k++
		from = k
	}
	dst = append(dst, s[from:]...)
	return append(dst, '"')
}

// plain reports whether s is ASCII without anything to escape.
func plain(s string) bool {
	b := unsafe.Slice(unsafe.StringData(s), len(s))
	k := 0
	for ; k+8 <= len(b); k += 8 {
		if special(scan.Load(b, k)) != 0 {
			return false
		}
	}
	for ; k < len(b); k++ {
		if c := b[k]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// AppendFloat appends the shortest number that reads back as f; NaN and the
// infinities become null.
func AppendFloat(dst []byte, f float64) []byte { return appendFloat(dst, f, 64) }

// AppendFloat32 is AppendFloat for 32 bits.
func AppendFloat32(dst []byte, f float32) []byte { return appendFloat(dst, float64(f), 32) }

func appendFloat(dst []byte, f float64, size int) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(dst, "null"...)
	}
	if whole := int64(f); f == float64(whole) && whole > -1e15 && whole < 1e15 && (whole != 0 || !math.Signbit(f)) {
		return scan.AppendInt(dst, whole)
	}
	form := byte('f')
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		form = 'e'
	}
	return strconv.AppendFloat(dst, f, form, -1, size)
}

// AppendFloatKey is AppendFloat for keys of groups: NaN and the infinities are
// words, and there is one zero.
func AppendFloatKey(dst []byte, f float64) []byte {
	switch {
	case f == 0:
		return append(dst, '0')
	case math.IsNaN(f) || math.IsInf(f, 0):
		return append(strconv.AppendFloat(append(dst, '"'), f, 'g', -1, 64), '"')
	}
	return AppendFloat(dst, f)
}

// AppendFloat32Key is AppendFloatKey for 32 bits.
func AppendFloat32Key(dst []byte, f float32) []byte {
	if f == 0 || math.IsNaN(float64(f)) || math.IsInf(float64(f), 0) {
		return AppendFloatKey(dst, float64(f))
	}
	return AppendFloat32(dst, f)
}

// AppendFloatWords is AppendFloat with words for what JSON has no number for.
func AppendFloatWords(dst []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(dst, `"NaN"`...)
	case math.IsInf(f, 1):
		return append(dst, `"Infinity"`...)
	case math.IsInf(f, -1):
		return append(dst, `"-Infinity"`...)
	}
	return AppendFloat(dst, f)
}

// AppendFloat32Words is AppendFloatWords for 32 bits.
func AppendFloat32Words(dst []byte, f float32) []byte {
	if x := float64(f); math.IsNaN(x) || math.IsInf(x, 0) {
		return AppendFloatWords(dst, x)
	}
	return AppendFloat32(dst, f)
}

// wordFloat reads what AppendFloatKey writes for what JSON has no number for.
func (r *Reader) wordFloat() (float64, bool) {
	s, ok := r.stringText("DOUBLE")
	if !ok {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		r.mismatch(cut(s), "DOUBLE")
	}
	return f, err == nil
}

// AppendRaw appends a value that is JSON already, without line breaks, which
// would end the record.
func AppendRaw(dst []byte, s string) []byte {
	for {
		i := strings.IndexAny(s, "\r\n")
		if i < 0 {
			return append(dst, s...)
		}
		dst = append(dst, s[:i]...)
		s = s[i+1:] // only white space can be a line break: strings have escapes
	}
}

// AppendTime appends a time by a pattern, as a string.
func AppendTime(dst []byte, us int64, form *scan.TimeForm) []byte {
	from := len(dst)
	dst = form.Append(append(dst, '"'), us)
	if text := scan.View(dst, from+1, len(dst)); strings.ContainsAny(text, "\"\\\n\t") {
		return AppendString(dst[:from], strings.Clone(text))
	}
	return append(dst, '"')
}
