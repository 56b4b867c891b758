package goemit

import (
	"strconv"
	"unicode"

	p "github.com/velocsql/veloc/compiler/pipeline"
)

// NullWord returns the name of the i-th word of a struct's null bitmap.
func NullWord(s *p.Struct, i int) string {
	n := "nulls"
	if s.Exported {
		n = "Nulls"
	}
	if i > 0 {
		n += strconv.Itoa(i + 1)
	}
	return n
}

// NullWords returns how many bitmap words a struct has and the Go type of each.
func NullWords(s *p.Struct) (n int, typ string) {
	switch {
	case s.NullBits == 0:
		return 0, ""
	case s.NullBits <= 8:
		return 1, "uint8"
	case s.NullBits <= 16:
		return 1, "uint16"
	case s.NullBits <= 32:
		return 1, "uint32"
	}
	return (s.NullBits + 63) / 64, "uint64"
}

// NullBit returns the bitmap word of a nullable field and the name of the
// constant with its bit.
func NullBit(s *p.Struct, f *p.Field) (word, mask string) {
	return NullWord(s, f.Null/64), NullConst(s, f)
}

// NullConst names the constant with the bit of a field: volumeNullPrice.
func NullConst(s *p.Struct, f *p.Field) string {
	r := []rune(s.Name)
	r[0] = unicode.ToLower(r[0])
	return string(r) + "Null" + Title(f.Name)
}

// Title returns a name with a capital first letter.
func Title(name string) string {
	r := []rune(name)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}
