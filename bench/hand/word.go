package main

import (
	"math/bits"
	"unsafe"
)

// text points at a byte of a block. Fields are read a machine word at a time,
// without the bounds checks that a slice costs; the slack behind every block
// keeps that inside its memory.
type text = unsafe.Pointer

func word(p text, i int) uint64    { return *(*uint64)(unsafe.Add(p, i)) }
func half(p text, i int) uint32    { return *(*uint32)(unsafe.Add(p, i)) }
func octet(p text, i int) byte     { return *(*byte)(unsafe.Add(p, i)) }
func start(b []byte) text          { return unsafe.Pointer(unsafe.SliceData(b)) }
func view(p text, i, n int) []byte { return unsafe.Slice((*byte)(unsafe.Add(p, i)), n) }

const (
	everyByte = 0x0101010101010101
	topBits   = 0x80 * everyByte
)

// lettersOf returns the bytes of a short constant as the word they make in
// memory.
func lettersOf(s string) uint64 {
	var w uint64
	for i := len(s) - 1; i >= 0; i-- {
		w = w<<8 | uint64(s[i])
	}
	return w
}

// zeros marks (in the top bits) the bytes of a word that are zero; above the
// first such byte there may be false marks.
func zeros(w uint64) uint64 { return (w - everyByte) &^ w & topBits }

// notDigits marks the bytes that are no digits, given a word XORed with
// '0' in every byte; above the first such byte there may be false marks.
func notDigits(x uint64) uint64 { return (x + 0x76*everyByte | x) & topBits }

// value computes the number that eight digits make, the first in the lowest
// byte, each from 0 to 9.
func value(x uint64) uint64 {
	const even = 0x000000FF000000FF
	x = x*10 + x>>8 // each pair in its lower byte
	return (x&even*(100+1_000_000<<32) + x>>16&even*(1+10_000<<32)) >> 32
}

// unsigned reads the digits at i and returns the number and the index behind
// it, which is i if there are none. More than 18 digits also give i.
func unsigned(p text, i int) (uint64, int) {
	x := word(p, i) ^ '0'*everyByte
	if m := notDigits(x); m != 0 {
		n := bits.TrailingZeros64(m) &^ 7
		return value(x << (64 - n)), i + n>>3
	}
	return unsignedLong(p, i)
}

//go:noinline
func unsignedLong(p text, i int) (uint64, int) {
	var v uint64
	for j := i; j-i <= 18; j++ {
		d := octet(p, j) - '0'
		if d > 9 {
			return v, j
		}
		v = 10*v + uint64(d)
	}
	return 0, i
}

// afterDigits returns the index behind the digits at i.
func afterDigits(p text, i int) int {
	for {
		if m := notDigits(word(p, i) ^ '0'*everyByte); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
		i += 8
	}
}

const twoDigits = "00010203040506070809" + "10111213141516171819" + "20212223242526272829" + "30313233343536373839" + "40414243444546474849" +
	"50515253545556575859" + "60616263646566676869" + "70717273747576777879" + "80818283848586878889" + "90919293949596979899"

// appendFixed adds a number of so many digits, with leading zeros.
func appendFixed(b []byte, v uint64, digits int) []byte {
	n := len(b) + digits
	b = append(b, "00000000000000000000"[:digits]...)
	for i := n; i > len(b)-digits; {
		if i-2 < len(b)-digits {
			b[i-1] = byte('0' + v%10)
			break
		}
		q := v / 100
		r := 2 * (v - 100*q)
		b[i-2], b[i-1] = twoDigits[r], twoDigits[r+1]
		i, v = i-2, q
	}
	return b
}

// setWord writes a word at b[i:], for which there is room.
func setWord(b []byte, i int, w uint64) { *(*uint64)(unsafe.Add(start(b), i)) = w }
