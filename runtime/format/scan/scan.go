// Package scan reads and writes single values in the text of a batch.
//
// The scanning functions take the batch data b and an index i, and return the
// value and the index after it. They handle the simple spelling of a value, in
// place and without allocation, and answer every other spelling with an index
// below zero: the caller then takes the slow path, which knows all of them.
// What they accept they read exactly. They load whole words, so b must be
// followed by readable memory as a batch is (rt.Pad bytes); len(b) does not
// limit them, a record's final '\n' does.
//
// The Parse functions are their complete counterparts on the text of one value.
package scan

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

const (
	ones   = 0x0101010101010101
	highs  = 0x8080808080808080
	zeros  = '0' * ones
	digit9 = (0x80 - 10) * ones // added to a byte above 9 it sets the high bit
)

// Load returns the eight bytes at b[i:], the first in the low byte.
func Load(b []byte, i int) uint64 {
	return binary.LittleEndian.Uint64((*[8]byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(b)), i))[:])
}

// At returns b[i] without regard to len(b).
func At(b []byte, i int) byte {
	return *(*byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(b)), i))
}

// View returns b[i:j] as a string that shares b's memory.
func View(b []byte, i, j int) string {
	return unsafe.String((*byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(b)), i)), j-i)
}

// nonDigits marks, in the high bits, the bytes of x that are above 9. Marks
// above the lowest one may be wrong unless the byte there is below 0x8a.
func nonDigits(x uint64) uint64 { return (x + digit9 | x) & highs }

// digits returns the number that eight digit values spell, the first in the
// low byte.
func digits(x uint64) uint64 {
	x = x * (10<<8 + 1) >> 8
	x = x & 0x00ff00ff00ff00ff * (100<<16 + 1) >> 16
	return x & 0x0000ffff0000ffff * (10000<<32 + 1) >> 32
}

// pow10 are the powers of ten that fit. Indexes are masked rather than checked.
var pow10 = [32]uint64{
	1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
}

// Int reads an integer of at most 18 digits, without leading zeros.
func Int(b []byte, i int) (v int64, next int) {
	w := Load(b, i)
	t := bits.TrailingZeros64(((w + 0x46*ones) | (w - (zeros + 1))) & highs) // as in ShortInt
	if t&56 != 0 {
		return int64(digits((w ^ zeros) << (71 - t))), i + t>>3
	}
	if t == 64 { // eight digits or more
		x := Load(b, i+8) ^ zeros
		if m := nonDigits(x); m != 0 {
			n := bits.TrailingZeros64(m) >> 3
			return int64(digits(w^zeros)*pow10[n&31] + digits(x<<(64-8*n))), i + 8 + n
		}
	}
	return intMore(b, i)
}

// ShortInt is Int for one to seven digits that are neither signed nor just 0.
// It is inlined; ask Int where it gives up.
func ShortInt(b []byte, i int) (v int64, next int) {
	w := Load(b, i)
	// The high bits mark what is no digit; in the first byte, zero too.
	t := bits.TrailingZeros64(((w + 0x46*ones) | (w - (zeros + 1))) & highs)
	if t&56 != 0 {
		return int64(digits((w ^ zeros) << (71 - t))), i + t>>3
	}
	return 0, -1
}

// intMore is Int for signs, zero and more than 15 digits.
func intMore(b []byte, i int) (int64, int) {
	neg := int64(0)
	if At(b, i) == '-' {
		neg = -1
		i++
	}
	v, next := natural(b, i)
	return (int64(v) ^ neg) - neg, next
}

// natural reads 1 to 18 digits without leading zeros.
func natural(b []byte, i int) (uint64, int) {
	if At(b, i) == '0' {
		if At(b, i+1)-'0' <= 9 {
			return 0, -1
		}
		return 0, i + 1
	}
	v, n := run(b, i)
	if n-1 > 17 {
		return 0, -1
	}
	return v, i + int(n)
}

// run reads a run of digits. It returns their number, or 24 if there are at
// least so many; the value holds if there are no more than 19.
func run(b []byte, i int) (v uint64, n uint) {
	for n = 0; n < 24; n += 8 {
		x := Load(b, i+int(n)) ^ zeros
		if m := nonDigits(x); m != 0 {
			t := uint(bits.TrailingZeros64(m)) & 56
			return v*pow10[t>>3] + digits(x<<(64-t)), n + t>>3
		}
		v = v*1e8 + digits(x)
	}
	return v, n
}

// Int32 reads an integer of 32 bits.
func Int32(b []byte, i int) (v int32, next int) {
	w, next := Int(b, i)
	if int64(int32(w)) != w {
		return 0, -1
	}
	return int32(w), next
}

// SkipInt checks what Int reads.
func SkipInt(b []byte, i int) (next int) {
	w := Load(b, i)
	t := bits.TrailingZeros64(((w + 0x46*ones) | (w - (zeros + 1))) & highs)
	if t&56 != 0 {
		return i + t>>3
	}
	if t == 64 { // eight digits and more
		t = bits.TrailingZeros64(nonDigits(Load(b, i+8) ^ zeros))
		if t < 64 {
			return i + 8 + t>>3
		}
	}
	_, next = intMore(b, i)
	return next
}
