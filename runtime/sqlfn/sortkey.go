package sqlfn

import (
	"encoding/binary"
	"math"

	"github.com/velocsql/veloc/runtime/decimal"
)

// A sort key is bytes that compare as the value does. Behind it another may
// follow: no key is the beginning of a different one. Keys begin with 1, so that
// one byte 0 or 2 can stand for a NULL before or behind all values.

// sortKey begins a key of n bytes.
func sortKey(n int) []byte { return append(make([]byte, 0, n+1), 1) }

// inverted turns the order of keys round.
func inverted(key []byte) []byte {
	for i := range key[1:] {
		key[i+1] = ^key[i+1]
	}
	return key
}

// SortKeyBool returns the key of a truth value.
func SortKeyBool(x bool) []byte { return append(sortKey(1), byte(BoolRank(x))) }

// SortKeyInt returns the key of an integer, a time or a timestamp.
func SortKeyInt(x int64) []byte {
	return binary.BigEndian.AppendUint64(sortKey(8), uint64(x)^1<<63)
}

// SortKeyDate returns the key of a date.
func SortKeyDate(x int32) []byte { return SortKeyInt(int64(x)) }

// SortKeyDecimal returns the key of a decimal among those of its scale.
func SortKeyDecimal(x decimal.Int128, _ int) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(sortKey(16), uint64(x.Hi)^1<<63), x.Lo)
}

// SortKeyFloat returns the key of a floating point number: -0 equals 0, NaN is
// above every number.
func SortKeyFloat(x float64) []byte {
	bits := math.Float64bits(x)
	switch {
	case x != x:
		bits = math.MaxUint64
	case x == 0:
		bits = 1 << 63
	case x < 0:
		bits = ^bits
	default:
		bits |= 1 << 63
	}
	return binary.BigEndian.AppendUint64(sortKey(8), bits)
}

// SortKeyText returns the key of a text.
func SortKeyText(x string) []byte { return SortKeyBytes(bytesOf(x)) }

// SortKeyBytes returns the key of bytes: 0 becomes 0 255, and 0 0 is the end.
func SortKeyBytes(x []byte) []byte {
	key := sortKey(len(x) + 2)
	for _, c := range x {
		key = append(key, c)
		if c == 0 {
			key = append(key, 255)
		}
	}
	return append(key, 0, 0)
}

// SortKeyDescBool is SortKeyBool in falling order.
func SortKeyDescBool(x bool) []byte { return inverted(SortKeyBool(x)) }

// SortKeyDescInt is SortKeyInt in falling order.
func SortKeyDescInt(x int64) []byte { return inverted(SortKeyInt(x)) }

// SortKeyDescDate is SortKeyDate in falling order.
func SortKeyDescDate(x int32) []byte { return inverted(SortKeyDate(x)) }

// SortKeyDescDecimal is SortKeyDecimal in falling order.
func SortKeyDescDecimal(x decimal.Int128, scale int) []byte {
	return inverted(SortKeyDecimal(x, scale))
}

// SortKeyDescFloat is SortKeyFloat in falling order.
func SortKeyDescFloat(x float64) []byte { return inverted(SortKeyFloat(x)) }

// SortKeyDescText is SortKeyText in falling order.
func SortKeyDescText(x string) []byte { return inverted(SortKeyText(x)) }

// SortKeyDescBytes is SortKeyBytes in falling order.
func SortKeyDescBytes(x []byte) []byte { return inverted(SortKeyBytes(x)) }
