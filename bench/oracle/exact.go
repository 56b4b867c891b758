package oracle

import (
	"errors"
	"math/big"
	"strings"
)

var errOverflow = errors.New("the result has too many digits")

// exactResult computes with the decimals a and b, as texts. Without an
// operation the result is a / b, rounded half away from zero; with one, the
// operation on both as integers of the same scale: a quotient is then whole,
// a rest has that scale. By zero the result is "", for NULL.
func exactResult(op func(z, a, b *big.Int) *big.Int, a, b string, precision, scale int) (string, error) {
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	if !okX || !okY {
		return "", errors.New("no decimals: " + a + ", " + b)
	}
	if y.Sign() == 0 {
		return "", nil
	}
	var r *big.Rat
	if op == nil {
		r = new(big.Rat).Quo(x, y)
	} else {
		s := max(fraction(a), fraction(b))
		unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(s)), nil)
		scaled := func(v *big.Rat) *big.Int { return new(big.Rat).Mul(v, new(big.Rat).SetInt(unit)).Num() }
		z := op(new(big.Int), scaled(x), scaled(y))
		r = new(big.Rat).SetInt(z)
		if scale > 0 {
			r.Quo(r, new(big.Rat).SetInt(unit))
		}
	}
	text := r.FloatString(scale) // rounds half away from zero
	if digits := strings.TrimLeft(strings.NewReplacer(".", "", "-", "").Replace(text), "0"); len(digits) > precision {
		return "", errOverflow
	}
	return text, nil
}

// fraction is how many digits stand after the point.
func fraction(s string) int {
	_, f, _ := strings.Cut(s, ".")
	return len(f)
}
