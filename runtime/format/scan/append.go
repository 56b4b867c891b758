package scan

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// AppendInt appends v in decimal. Like AppendUint it may write over the room
// behind dst.
func AppendInt(dst []byte, v int64) []byte {
	u := uint64(v)
	if v < 0 {
		u = -u
		dst = append(dst, '-')
	}
	return AppendUint(dst, u)
}

// eight is the first number of more than eight digits.
const eight = 100_000_000

// AppendUint appends v in decimal. It writes whole words, and so perhaps over
// some bytes of the capacity of dst behind the digits.
func AppendUint(dst []byte, v uint64) []byte {
	n := len(dst)
	if cap(dst)-n < 24 { // three words
		dst = slices.Grow(dst, 24)
	}
	if v >= eight {
		return appendLong(dst, v)
	}
	w := decimals(v)
	skip := bits.TrailingZeros64(w|1<<56) &^ 7 // the zeros before the first digit; the last digit stays
	binary.LittleEndian.PutUint64(dst[n:n+8], w>>skip|zeros)
	return dst[:n+8-skip>>3]
}

// appendLong is AppendUint for more than eight digits, with room for them.
func appendLong(dst []byte, v uint64) []byte {
	first := v / eight
	dst = AppendUint(dst, first)
	n := len(dst)
	binary.LittleEndian.PutUint64(dst[n:n+8], decimals(v-first*eight)|zeros)
	return dst[:n+8]
}

// decimals returns the eight decimal digits of v, the first in the lowest byte:
// two halves of four digits, then in each of them two pairs, then in each pair
// two digits. 10,486/2^20 is 1/100 and 103/2^10 is 1/10, exactly enough.
func decimals(v uint64) uint64 {
	first := v / 10_000
	w := first | (v-first*10_000)<<32
	hundreds := w * 10_486 >> 20 & 0x0000007F0000007F
	w = hundreds | (w-hundreds*100)<<16
	tens := w * 103 >> 10 & 0x000F000F000F000F
	return tens | (w-tens*10)<<8
}
