package sqlfn

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/fault"
)

// Encoding is a form in which bytes are written as text.
type Encoding uint8

// The encodings.
const (
	noEncoding Encoding = iota
	utf8Text
	asciiText
	hexText
	base64Text
)

var errEncoding = errors.New("an encoding is hex, base64, utf8 or ascii")

// NewEncoding returns the encoding of a name, in any case.
func NewEncoding(name string) (Encoding, error) {
	for i, n := range [...]string{"", "utf8", "ascii", "hex", "base64"} {
		if n != "" && strings.EqualFold(name, n) {
			return Encoding(i), nil
		}
	}
	if strings.EqualFold(name, "utf-8") {
		return utf8Text, nil
	}
	return noEncoding, errEncoding
}

// MustEncoding is NewEncoding for names that were checked when compiling; it
// panics for a bad one.
func MustEncoding(name string) Encoding {
	e, err := NewEncoding(name)
	if err != nil {
		panic(err)
	}
	return e
}

// encoding returns the encoding of a name that is not constant, and fails for a
// bad one.
func encoding(f *fault.Fault, name string) Encoding {
	e, err := NewEncoding(name)
	if err != nil {
		f.Set(err.Error())
	}
	return e
}

// FromBytes writes bytes as text. It fails if they are no UTF-8 and should be.
func (e Encoding) FromBytes(f *fault.Fault, b []byte) string {
	switch e {
	case hexText:
		return textOf(hex.AppendEncode(make([]byte, 0, hex.EncodedLen(len(b))), b))
	case base64Text:
		return textOf(base64.StdEncoding.AppendEncode(make([]byte, 0, base64.StdEncoding.EncodedLen(len(b))), b))
	case asciiText:
		return asciiOf(textOf(b))
	}
	if !utf8.Valid(b) {
		f.Set("the bytes are not UTF-8")
		return ""
	}
	return textOf(b)
}

// ToBytes reads the bytes that a text stands for, and fails if it is not in the
// encoding. The result may be a view of the text.
func (e Encoding) ToBytes(f *fault.Fault, s string) []byte {
	switch e {
	case hexText:
		return FromHex(f, s)
	case base64Text:
		return FromBase64(f, s)
	case asciiText:
		return bytesOf(asciiOf(s))
	}
	return bytesOf(s)
}

// asciiOf replaces what is not ASCII by question marks.
func asciiOf(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				if r >= utf8.RuneSelf {
					return '?'
				}
				return r
			}, s)
		}
	}
	return s
}

// FromBytes is Encoding.FromBytes with a name that is not constant.
func FromBytes(f *fault.Fault, b []byte, name string) string {
	e := encoding(f, name)
	if e == noEncoding {
		return ""
	}
	return e.FromBytes(f, b)
}

// ToBytes is Encoding.ToBytes with a name that is not constant.
func ToBytes(f *fault.Fault, s, name string) []byte {
	e := encoding(f, name)
	if e == noEncoding {
		return nil
	}
	return e.ToBytes(f, s)
}

// Encode reads a text in one encoding and writes it in another.
func Encode(f *fault.Fault, s, from, to string) string {
	a, b := encoding(f, from), encoding(f, to)
	if a == noEncoding || b == noEncoding {
		return ""
	}
	return b.FromBytes(f, a.ToBytes(f, s))
}

// Hex returns the bytes of a text as hexadecimal digits, in capitals.
func Hex(s string) string { return HexBytes(bytesOf(s)) }

// HexBytes returns bytes as hexadecimal digits, in capitals.
func HexBytes(b []byte) string {
	const digits = "0123456789ABCDEF"
	out := make([]byte, 0, 2*len(b))
	for _, c := range b {
		out = append(out, digits[c>>4], digits[c&15])
	}
	return textOf(out)
}

// HexInt64 returns a number as hexadecimal digits, in capitals; a negative one
// as its two's complement.
func HexInt64(x int64) string {
	const digits = "0123456789ABCDEF"
	var b [16]byte
	i, u := len(b), uint64(x)
	for ; u != 0 || i == len(b); u >>= 4 {
		i--
		b[i] = digits[u&15]
	}
	return string(b[i:])
}

// ToHex returns a number as hexadecimal digits, in small letters; a negative one
// as its two's complement.
func ToHex(x int64) string { return strconv.FormatUint(uint64(x), 16) }

// ToHexBytes returns bytes as hexadecimal digits, in small letters.
func ToHexBytes(b []byte) string {
	return textOf(hex.AppendEncode(make([]byte, 0, hex.EncodedLen(len(b))), b))
}

// Bin returns the binary digits of a number; those of the two's complement of a
// negative one.
func Bin(x int64) string { return strconv.FormatUint(uint64(x), 2) }

// FromHex reads hexadecimal digits, which may be written 0x.. or X'..', and
// fails for other text.
func FromHex(f *fault.Fault, s string) []byte {
	digits := s
	switch {
	case strings.HasPrefix(s, "0x"), strings.HasPrefix(s, "0X"):
		digits = s[2:]
	case len(s) > 2 && (s[0] == 'x' || s[0] == 'X') && s[1] == '\'' && s[len(s)-1] == '\'':
		digits = s[2 : len(s)-1]
	}
	out, err := hex.AppendDecode(make([]byte, 0, hex.DecodedLen(len(digits))), bytesOf(digits))
	if err != nil {
		f.Set("cannot read " + quote(s) + " as hexadecimal digits")
		return nil
	}
	return out
}

// Base64 returns the bytes of a text in base64.
func Base64(s string) string { return Base64Bytes(bytesOf(s)) }

// Base64Bytes returns bytes in base64.
func Base64Bytes(b []byte) string {
	return textOf(base64.StdEncoding.AppendEncode(make([]byte, 0, base64.StdEncoding.EncodedLen(len(b))), b))
}

// FromBase64 reads base64, and fails for other text.
func FromBase64(f *fault.Fault, s string) []byte {
	out, err := base64.StdEncoding.AppendDecode(make([]byte, 0, base64.StdEncoding.DecodedLen(len(s))), bytesOf(s))
	if err != nil {
		f.Set("cannot read " + quote(s) + " as base64")
		return nil
	}
	return out
}

// ToUTF8 returns the bytes of a text, as a view of it.
func ToUTF8(s string) []byte { return bytesOf(s) }

// order tells the order of bytes, and fails for another name.
func order(f *fault.Fault, name string) binary.ByteOrder {
	switch {
	case strings.EqualFold(name, "BIG_ENDIAN"):
		return binary.BigEndian
	case strings.EqualFold(name, "LITTLE_ENDIAN"):
		return binary.LittleEndian
	}
	f.Set("the order of bytes is BIG_ENDIAN or LITTLE_ENDIAN")
	return nil
}

// sized fails unless there are n bytes.
func sized(f *fault.Fault, b []byte, n int) bool {
	if len(b) != n {
		f.Set("the number takes " + strconv.Itoa(n) + " bytes, and there are " + strconv.Itoa(len(b)))
		return false
	}
	return true
}

// IntFromBytes reads four bytes, the highest first.
func IntFromBytes(f *fault.Fault, b []byte) int32 {
	if !sized(f, b, 4) {
		return 0
	}
	return int32(binary.BigEndian.Uint32(b))
}

// IntFromBytesIn is IntFromBytes in the order that is named.
func IntFromBytesIn(f *fault.Fault, b []byte, name string) int32 {
	o := order(f, name)
	if o == nil || !sized(f, b, 4) {
		return 0
	}
	return int32(o.Uint32(b))
}

// BigintFromBytes reads eight bytes, the highest first.
func BigintFromBytes(f *fault.Fault, b []byte) int64 {
	if !sized(f, b, 8) {
		return 0
	}
	return int64(binary.BigEndian.Uint64(b))
}

// BigintFromBytesIn is BigintFromBytes in the order that is named.
func BigintFromBytesIn(f *fault.Fault, b []byte, name string) int64 {
	o := order(f, name)
	if o == nil || !sized(f, b, 8) {
		return 0
	}
	return int64(o.Uint64(b))
}

// DoubleFromBytes reads the eight bytes of a floating point number, the highest
// first.
func DoubleFromBytes(f *fault.Fault, b []byte) float64 {
	return math.Float64frombits(uint64(BigintFromBytes(f, b)))
}

// DoubleFromBytesIn is DoubleFromBytes in the order that is named.
func DoubleFromBytesIn(f *fault.Fault, b []byte, name string) float64 {
	return math.Float64frombits(uint64(BigintFromBytesIn(f, b, name)))
}

// UUIDOf writes 16 bytes as a UUID.
func UUIDOf(f *fault.Fault, b []byte) string {
	if !sized(f, b, 16) {
		return ""
	}
	out := make([]byte, 0, 36)
	for i, n := range [...]int{4, 6, 8, 10, 16} {
		from := 0
		if i > 0 {
			out = append(out, '-')
			from = 2*i + 2
		}
		out = hex.AppendEncode(out, b[from:n])
	}
	return textOf(out)
}
