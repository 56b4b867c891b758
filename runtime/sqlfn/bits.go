package sqlfn

import (
	"math/bits"

	"github.com/velocsql/veloc/runtime/fault"
)

// BitAnd32 returns the bits that both have.
func BitAnd32(a, b int32) int32 { return a & b }

// BitAnd64 returns the bits that both have.
func BitAnd64(a, b int64) int64 { return a & b }

// BitOr32 returns the bits that one of both has.
func BitOr32(a, b int32) int32 { return a | b }

// BitOr64 returns the bits that one of both has.
func BitOr64(a, b int64) int64 { return a | b }

// BitXor32 returns the bits that just one of both has.
func BitXor32(a, b int32) int32 { return a ^ b }

// BitXor64 returns the bits that just one of both has.
func BitXor64(a, b int64) int64 { return a ^ b }

// BitNot32 returns the bits that x does not have.
func BitNot32(x int32) int32 { return ^x }

// BitNot64 returns the bits that x does not have.
func BitNot64(x int64) int64 { return ^x }

// places fails for a negative number of places to shift by.
func places(f *fault.Fault, n int32) uint32 {
	if n < 0 {
		f.Set("bits cannot be shifted by a negative number of places")
		return 0
	}
	return uint32(n)
}

// ShiftLeft32 moves bits up.
func ShiftLeft32(f *fault.Fault, x, n int32) int32 { return x << places(f, n) }

// ShiftLeft64 moves bits up.
func ShiftLeft64(f *fault.Fault, x int64, n int32) int64 { return x << places(f, n) }

// ShiftRight32 moves bits down and keeps the sign.
func ShiftRight32(f *fault.Fault, x, n int32) int32 { return x >> places(f, n) }

// ShiftRight64 moves bits down and keeps the sign.
func ShiftRight64(f *fault.Fault, x int64, n int32) int64 { return x >> places(f, n) }

// BitCount returns how many bits x has.
func BitCount(x int64) int32 { return int32(bits.OnesCount64(uint64(x))) }

// GetBit returns a bit of x, and fails outside of 0 to 63.
func GetBit(f *fault.Fault, x int64, n int32) int32 {
	if n < 0 || n > 63 {
		f.Set("an integer has the bits 0 to 63")
		return 0
	}
	return int32(x>>n) & 1
}
