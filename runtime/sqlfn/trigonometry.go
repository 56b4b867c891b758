package sqlfn

import (
	"math"
	"strings"

	"github.com/velocsql/veloc/runtime/fault"
)

// Cot returns the cotangent of an angle in radians, infinite at 0.
func Cot(x float64) float64 { return 1 / math.Tan(x) }

// outside fails for an argument outside of a function's domain.
func outside(f *fault.Fault, name string) float64 {
	f.Set("the argument of " + name + " is out of range")
	return 0
}

// Acosh returns the inverse hyperbolic cosine, and fails below 1.
func Acosh(f *fault.Fault, x float64) float64 {
	if x < 1 {
		return outside(f, "ACOSH")
	}
	return math.Acosh(x)
}

// Atanh returns the inverse hyperbolic tangent, and fails outside of -1 to 1.
func Atanh(f *fault.Fault, x float64) float64 {
	if x < -1 || x > 1 {
		return outside(f, "ATANH")
	}
	return math.Atanh(x)
}

// quarter takes an angle in degrees apart: how many right angles it has, and
// the rest, so that the results at their multiples are exact.
func quarter(x float64) (turns int, rest float64) {
	x = math.Mod(x, 360)
	if x < 0 {
		x += 360
	}
	n := math.Floor(x / 90)
	return int(n), x - 90*n
}

// sinFirst is the sine of 0 to 90 degrees, exact at 30.
func sinFirst(x float64) float64 {
	if x == 30 {
		return 0.5
	}
	return math.Sin(Radians(x))
}

// cosFirst is the cosine of 0 to 90 degrees, exact at 60.
func cosFirst(x float64) float64 {
	if x == 60 {
		return 0.5
	}
	return math.Cos(Radians(x))
}

// SinDegrees returns the sine of an angle in degrees.
func SinDegrees(x float64) float64 {
	turns, rest := quarter(x)
	switch turns {
	case 0:
		return sinFirst(rest)
	case 1:
		return cosFirst(rest)
	case 2:
		return 0 - sinFirst(rest)
	}
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return math.NaN()
	}
	return 0 - cosFirst(rest)
}

// CosDegrees returns the cosine of an angle in degrees.
func CosDegrees(x float64) float64 { return SinDegrees(x + 90) }

// TanDegrees returns the tangent of an angle in degrees.
func TanDegrees(x float64) float64 {
	if math.Mod(x, 180) == 45 {
		return 1
	}
	return SinDegrees(x) / CosDegrees(x)
}

// CotDegrees returns the cotangent of an angle in degrees.
func CotDegrees(x float64) float64 { return 1 / TanDegrees(x) }

// AsinDegrees returns the arc sine in degrees, and fails outside of -1 to 1.
func AsinDegrees(f *fault.Fault, x float64) float64 {
	if x == 0.5 {
		return 30
	}
	return Degrees(Asin(f, x))
}

// AcosDegrees returns the arc cosine in degrees, and fails outside of -1 to 1.
func AcosDegrees(f *fault.Fault, x float64) float64 {
	if x == 0.5 {
		return 60
	}
	return Degrees(Acos(f, x))
}

// AtanDegrees returns the arc tangent in degrees.
func AtanDegrees(x float64) float64 { return Degrees(math.Atan(x)) }

// Atan2Degrees returns the angle of the point (x, y) in degrees.
func Atan2Degrees(y, x float64) float64 { return Degrees(math.Atan2(y, x)) }

// E returns the base of natural logarithms.
func E() float64 { return math.E }

// IsInf reports whether x is infinite.
func IsInf(x float64) bool { return math.IsInf(x, 0) }

// IsFinite reports whether x is a number and not infinite.
func IsFinite(x float64) bool { return x-x == 0 }

// LogOrNaN is the logarithm of x to a base as ksqlDB has it, which never fails.
func LogOrNaN(base, x float64) float64 { return math.Log(x) / math.Log(base) }

// Square returns x times itself, and fails on overflow.
func Square(f *fault.Fault, x float64) float64 { return finite(f, x*x, x, 0) }

// The radius of the earth, as ksqlDB has it.
const (
	earthKilometers = 6371
	earthMiles      = 3959
)

// GeoDistance returns the distance of two places on the earth in kilometers. It
// fails for a latitude or longitude that there is not.
func GeoDistance(f *fault.Fault, lat1, lon1, lat2, lon2 float64) float64 {
	return earthKilometers * arc(f, lat1, lon1, lat2, lon2)
}

// GeoDistanceIn is GeoDistance in a unit: KM, MI, or KM if it is empty.
func GeoDistanceIn(f *fault.Fault, lat1, lon1, lat2, lon2 float64, unit string) float64 {
	radius := float64(earthKilometers)
	switch {
	case unit == "", hasFold(unit, "km"), hasFold(unit, "kilometer"):
	case hasFold(unit, "mi"):
		radius = earthMiles
	default:
		f.Set("GEO_DISTANCE is in KM or MI")
	}
	return radius * arc(f, lat1, lon1, lat2, lon2)
}

// hasFold reports whether s begins with a prefix in any case.
func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// arc is the angle between two places, in radians, by the haversine.
func arc(f *fault.Fault, lat1, lon1, lat2, lon2 float64) float64 {
	if !(math.Abs(lat1) <= 90 && math.Abs(lat2) <= 90 && math.Abs(lon1) <= 180 && math.Abs(lon2) <= 180) {
		f.Set("a latitude is -90 to 90 and a longitude -180 to 180")
		return 0
	}
	haversine := func(x float64) float64 {
		s := math.Sin(x / 2)
		return s * s
	}
	a := haversine(Radians(lat2-lat1)) + haversine(Radians(lon2-lon1))*math.Cos(Radians(lat1))*math.Cos(Radians(lat2))
	return 2 * math.Asin(math.Sqrt(a))
}
