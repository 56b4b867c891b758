package scan

import (
	"math"
	"math/big"
	"regexp"
	"strconv"
	"testing"
)

var (
	jsonInt      = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	jsonNumber   = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
	longExponent = regexp.MustCompile(`[eE].{5}`) // too much for big.Rat
	plainDec     = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
)

// FuzzNumber checks the fast functions against the Parse functions and these
// against the standard library.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{
		"0", "-0", "7", "1234567", "12345678", "-123456789012345678", "999999999999999999", "9223372036854775807",
		"0.45", "-0.45", "123.45", "-12.3", "00.1", "1.", ".5", "1e3", "1.5E-7", "9007199254740993", "12345.67\x80", "+5", "--5", "1_0",
	} {
		f.Add(s, uint8(12), uint8(2))
		f.Add(s, uint8(1), uint8(0))
	}
	f.Fuzz(func(t *testing.T, s string, precision, scale uint8) {
		p := int(precision)%18 + 1
		sc := int(scale) % (p + 1)
		b := pad(s + "\n")
		if v, next := Int(b, 0); next >= 0 {
			want, err := strconv.ParseInt(s[:next], 10, 64)
			if err != nil || v != want || !jsonInt.MatchString(s[:next]) {
				t.Errorf("Int(%q) = %d, %d, want %d, %v", s, v, next, want, err)
			}
			if got, ok := ParseInt64(s[:next]); !ok || got != v {
				t.Errorf("ParseInt64(%q) = %d, %v", s[:next], got, ok)
			}
			if skip := SkipInt(b, 0); skip != next {
				t.Errorf("SkipInt(%q) = %d, Int ends at %d", s, skip, next)
			}
		} else if skip := SkipInt(b, 0); skip >= 0 {
			t.Errorf("SkipInt(%q) = %d, Int rejects", s, skip)
		} else if jsonInt.MatchString(s) && len(s) < 19 {
			t.Errorf("Int(%q) rejects", s)
		}
		if v, next := ShortInt(b, 0); next >= 0 {
			if w, n := Int(b, 0); v != w || next != n {
				t.Errorf("ShortInt(%q) = %d, %d, Int %d, %d", s, v, next, w, n)
			}
		}
		if v, next := DecP(b, 0, p, sc); next >= 0 {
			want, ok := exactly(s[:next], sc)
			if !ok || want.Int64() != v || !plainDec.MatchString(s[:next]) || uint64(max(v, -v)) >= pow10[p] {
				t.Errorf("DecP(%q, %d, %d) = %d, %d, want %v", s, p, sc, v, next, want)
			}
			if got, ok := ParseDec64(s[:next], p, sc); !ok || got != v {
				t.Errorf("ParseDec64(%q, %d, %d) = %d, %v, want %d", s[:next], p, sc, got, ok, v)
			}
		} else if v, ok := ParseDec64(s, p, sc); ok && plainDec.MatchString(s) && len(s) < 19 && len(withoutZeros(s)) == len(s) {
			t.Errorf("DecP(%q, %d, %d) rejects %d", s, p, sc, v)
		}
		if v, next := Float(b, 0); next >= 0 {
			want, err := strconv.ParseFloat(s[:next], 64)
			if err != nil || math.Float64bits(v) != math.Float64bits(want) || !jsonNumber.MatchString(s[:next]) {
				t.Errorf("Float(%q) = %v, %d, want %v, %v", s, v, next, want, err)
			}
		}
		if v, next := Float32(b, 0); next >= 0 {
			want, err := strconv.ParseFloat(s[:next], 32)
			if err != nil || math.Float32bits(v) != math.Float32bits(float32(want)) || !jsonNumber.MatchString(s[:next]) {
				t.Errorf("Float32(%q) = %v, %d, want %v, %v", s, v, next, want, err)
			}
		}
		if next := SkipNumber(b, 0); next >= 0 && !jsonNumber.MatchString(s[:next]) {
			t.Errorf("SkipNumber(%q) = %d", s, next)
		}
		if v, ok := ParseDec128(s, 38, sc); ok && !longExponent.MatchString(s) {
			got := new(big.Int).Lsh(big.NewInt(v.Hi), 64)
			got.Add(got, new(big.Int).SetUint64(v.Lo))
			if want, ok := exactly(s, sc); !ok || want.Cmp(got) != 0 {
				t.Errorf("ParseDec128(%q, 38, %d) = %v, want %v", s, sc, got, want)
			}
		}
	})
}

// withoutZeros cuts zeros at the end of a fraction.
func withoutZeros(s string) string {
	for point := false; ; s = s[:len(s)-1] {
		for k := range s {
			point = point || s[k] == '.'
		}
		if !point || s[len(s)-1] != '0' {
			return s
		}
	}
}

// exactly returns s * 10^scale if it is an integer.
func exactly(s string, scale int) (*big.Int, bool) {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, false
	}
	r.Mul(r, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
	return r.Num(), r.IsInt()
}

// FuzzTimestamp checks Timestamp against ParseTimestamp.
func FuzzTimestamp(f *testing.F) {
	for _, s := range []string{
		"2026-01-01T00:00:00.123Z", "2024-02-29 23:59:59", "1970-01-01T00:00:00.5", "2026-01-01T00:00:00+01:00",
		"2026-13-01T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2026-01-01T00:00:60Z",
	} {
		f.Add(s)
	}
	var m TimeMemo
	f.Fuzz(func(t *testing.T, s string) {
		b := pad(s + "\n")
		for range 2 {
			v, next := Timestamp(b, 0, &m)
			if next < 0 {
				continue
			}
			if want, ok := ParseTimestamp(s[:next]); !ok || v != want {
				t.Errorf("Timestamp(%q) = %d, %d, want %d, %v", s, v, next, want, ok)
			}
		}
	})
}

// FuzzRune checks Rune against the standard library, by way of a string.
func FuzzRune(f *testing.F) {
	f.Add("é")
	f.Add("日")
	f.Add("\xed\xa0\x80")
	f.Add("\xf4\x90\x80\x80")
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" || s[0] < 0x80 {
			return
		}
		r, n := []rune(s)[0], 1
		if r != '\ufffd' || len(s) >= 3 && s[:3] == "\ufffd" {
			n = len(string(r))
		} else {
			n = -1
		}
		if got := Rune(pad(s+"\n"), 0); got != n {
			t.Errorf("Rune(%q) = %d, want %d", s, got, n)
		}
	})
}
