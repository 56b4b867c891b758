package sqlfn

import (
	"math"
	"math/bits"

	"github.com/velocsql/veloc/runtime/fault"
)

// Reasons of failures of integer arithmetic.
const (
	overflow32 = "INT overflow"
	overflow64 = "BIGINT overflow"
)

//go:noinline
func fail32(f *fault.Fault) int32 {
	f.Set(overflow32)
	return 0
}

//go:noinline
func fail64(f *fault.Fault) int64 {
	f.Set(overflow64)
	return 0
}

// AddInt64 returns a+b, and fails on overflow.
func AddInt64(f *fault.Fault, a, b int64) int64 {
	s := a + b
	if (s^a)&(s^b) < 0 {
		return fail64(f)
	}
	return s
}

// SubInt64 returns a-b, and fails on overflow.
func SubInt64(f *fault.Fault, a, b int64) int64 {
	d := a - b
	if (a^b)&(d^a) < 0 {
		return fail64(f)
	}
	return d
}

// MulInt64 returns a*b, and fails on overflow.
func MulInt64(f *fault.Fault, a, b int64) int64 {
	if int64(int32(a)) == a && int64(int32(b)) == b {
		return a * b
	}
	return mulInt64(f, a, b)
}

func mulInt64(f *fault.Fault, a, b int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	if int64(hi)-a>>63&b-b>>63&a != int64(lo)>>63 {
		return fail64(f)
	}
	return int64(lo)
}

// NegInt64 returns -a, and fails on overflow.
func NegInt64(f *fault.Fault, a int64) int64 {
	if a == math.MinInt64 {
		return fail64(f)
	}
	return -a
}

// DivInt64 returns the quotient a DIV b without its fraction, and fails on
// overflow. By zero it is 0, which the caller makes NULL.
func DivInt64(f *fault.Fault, a, b int64) int64 {
	if uint64(b)+1 <= 1 { // 0 or -1
		return divByUnit(f, a, b)
	}
	return a / b
}

func divByUnit(f *fault.Fault, a, b int64) int64 {
	if b == 0 {
		return 0
	}
	return NegInt64(f, a)
}

// ModInt64 returns the remainder of DivInt64, with the sign of a. By zero it is
// 0, which the caller makes NULL. It never fails.
func ModInt64(_ *fault.Fault, a, b int64) int64 {
	if b == 0 {
		return 0
	}
	return a % b
}

// AddInt32 returns a+b, and fails on overflow.
func AddInt32(f *fault.Fault, a, b int32) int32 {
	s := a + b
	if (s^a)&(s^b) < 0 {
		return fail32(f)
	}
	return s
}

// SubInt32 returns a-b, and fails on overflow.
func SubInt32(f *fault.Fault, a, b int32) int32 {
	d := a - b
	if (a^b)&(d^a) < 0 {
		return fail32(f)
	}
	return d
}

// MulInt32 returns a*b, and fails on overflow.
func MulInt32(f *fault.Fault, a, b int32) int32 {
	p := int64(a) * int64(b)
	if int64(int32(p)) != p {
		return fail32(f)
	}
	return int32(p)
}

// NegInt32 returns -a, and fails on overflow.
func NegInt32(f *fault.Fault, a int32) int32 {
	if a == math.MinInt32 {
		return fail32(f)
	}
	return -a
}

// DivInt32 returns the quotient a DIV b without its fraction, and fails on
// overflow. By zero it is 0, which the caller makes NULL.
func DivInt32(f *fault.Fault, a, b int32) int32 {
	if b == 0 {
		return 0
	}
	q := int64(a) / int64(b)
	if q > math.MaxInt32 {
		return fail32(f)
	}
	return int32(q)
}

// ModInt32 returns the remainder of DivInt32, with the sign of a. By zero it is
// 0, which the caller makes NULL. It never fails.
func ModInt32(_ *fault.Fault, a, b int32) int32 {
	if b == 0 {
		return 0
	}
	return a % b
}
