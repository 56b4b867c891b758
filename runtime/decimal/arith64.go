package decimal

import "github.com/velocsql/veloc/runtime/fault"

// limit64 is the first magnitude with more than 18 digits.
const limit64 = 1e18

// within18 returns x if it has at most 18 digits.
func within18(f *fault.Fault, x int64) int64 {
	if x <= -limit64 || x >= limit64 {
		return tooWide(f)
	}
	return x
}

//go:noinline
func tooWide(f *fault.Fault) int64 {
	f.Set(narrow)
	return 0
}

// AddDec64 returns a+b of operands of at most 18 digits, and fails with more.
func AddDec64(f *fault.Fault, a, b int64) int64 { return within18(f, a+b) }

// SubDec64 returns a-b of operands of at most 18 digits, and fails with more.
func SubDec64(f *fault.Fault, a, b int64) int64 { return within18(f, a-b) }

// MulDec64 returns a*b/10^drop rounded half away from zero, and fails with
// more than 18 digits.
func MulDec64(f *fault.Fault, a, b int64, drop int) int64 {
	return narrow18(f, Mul(f, FromInt64(a), FromInt64(b), drop))
}

// DivDec64 is Div of operands and result of at most 18 digits.
func DivDec64(f *fault.Fault, a, b int64, shift int) int64 {
	return narrow18(f, Div(f, FromInt64(a), FromInt64(b), shift))
}

// RescaleDec64 is Rescale of a value and result of at most 18 digits.
func RescaleDec64(f *fault.Fault, x int64, from, to int) int64 {
	return narrow18(f, Rescale(f, FromInt64(x), from, to))
}

func narrow18(f *fault.Fault, x Int128) int64 {
	if !x.IsInt64() {
		return tooWide(f)
	}
	return within18(f, int64(x.Lo))
}
