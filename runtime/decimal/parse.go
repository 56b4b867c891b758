package decimal

import "math/bits"

// Parse64 reads a DECIMAL(p, s), p <= 18: an optional sign, digits with an
// optional point, an optional exponent. It reports false for any other text,
// for fraction digits beyond s that are not zeros, and for too many digits.
func Parse64(text string, p, s int) (int64, bool) {
	// the common form: at most 18 digits, no exponent
	i, neg := 0, false
	if len(text) > 0 && text[0] == '-' {
		i, neg = 1, true
	}
	u, start, point := uint64(0), i, -1
	if len(text)-i <= 19 {
		for ; i < len(text); i++ {
			c := text[i] - '0'
			if c > 9 {
				if text[i] != '.' || point >= 0 {
					break
				}
				point = i
				continue
			}
			u = u*10 + uint64(c)
		}
	}
	if i == len(text) && i > start {
		frac, n := 0, i-start
		if point >= 0 {
			frac = i - point - 1
			n--
		}
		if n > 0 && n <= 18 && frac <= s {
			hi, lo := bits.Mul64(u, pow10[s-frac])
			if hi != 0 || lo >= pow10[p] {
				return 0, false
			}
			if neg {
				return -int64(lo), true
			}
			return int64(lo), true
		}
	}
	x, ok := Parse(text, p, s)
	return int64(x.Lo), ok
}

// Parse is Parse64 for p <= 38.
func Parse(text string, p, s int) (Int128, bool) {
	neg, m, rest, ok := parse(text, p, s)
	if !ok || rest != none {
		return Int128{}, false
	}
	return signed(neg, m), true
}

// ParseRound is Parse that rounds fraction digits beyond s half away from
// zero, as CAST does.
func ParseRound(text string, p, s int) (Int128, bool) {
	neg, m, rest, ok := parse(text, p, s)
	if !ok {
		return Int128{}, false
	}
	if rest == halfOrMore {
		m = m.inc()
		if !m.less(ten(p)) {
			return Int128{}, false
		}
	}
	return signed(neg, m), true
}

// remainder says what was left of a number after the digits that count.
type remainder uint8

const (
	none remainder = iota
	lessThanHalf
	halfOrMore
)

// numeral is the form of a number: positions in its text.
type numeral struct {
	neg        bool
	start, end int // the digits and the point
	point      int // of the point, or end
	first      int // of the first digit that is not zero, or end
	exp        int
}

// scanNumeral finds the parts of a number.
func scanNumeral(text string) (n numeral, ok bool) {
	i := 0
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		n.neg = text[0] == '-'
		i = 1
	}
	n.start, n.point, n.first = i, -1, -1
	seen := false
	for ; i < len(text); i++ {
		c := text[i]
		switch {
		case c-'0' <= 9:
			seen = true
			if c != '0' && n.first < 0 {
				n.first = i
			}
			continue
		case c == '.' && n.point < 0:
			n.point = i
			continue
		}
		break
	}
	n.end = i
	if n.point < 0 {
		n.point = i
	}
	if n.first < 0 {
		n.first = i
	}
	if i == len(text) {
		return n, seen
	}
	if text[i]|0x20 != 'e' || !seen {
		return n, false
	}
	n.exp, ok = exponent(text[i+1:])
	return n, ok
}

// exponent reads the digits after the e; far out of range is as good as any
// number of that size.
func exponent(text string) (int, bool) {
	i, neg := 0, false
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		neg = text[0] == '-'
		i = 1
	}
	if i == len(text) {
		return 0, false
	}
	e := 0
	for ; i < len(text); i++ {
		c := text[i] - '0'
		if c > 9 {
			return 0, false
		}
		if e < 1<<40 {
			e = e*10 + int(c)
		}
	}
	if neg {
		e = -e
	}
	return e, true
}

// parse reads the digits of text down to 10^-s. ok is false for what is not a
// number or has more than p digits.
func parse(text string, p, s int) (neg bool, m uint128, rest remainder, ok bool) {
	n, ok := scanNumeral(text)
	if !ok || n.first == n.end {
		return n.neg, m, none, ok
	}
	// the digit at position i counts 10^(weight), weight = places before the
	// point less one, plus the exponent
	weight := n.point - n.first - 1
	if n.first > n.point {
		weight = n.point - n.first
	}
	weight += n.exp
	keep := weight + s + 1 // digits from the first to the last that counts
	if keep > p {
		return n.neg, m, none, false
	}
	i := n.first
	for ; i < n.end && keep > 0; i++ {
		if i == n.point {
			continue
		}
		hi, lo := bits.Mul64(m.lo, 10)
		lo, carry := bits.Add64(lo, uint64(text[i]-'0'), 0)
		m = uint128{m.hi*10 + hi + carry, lo}
		keep--
	}
	if keep > 0 {
		q := m.mul(ten(keep))
		return n.neg, uint128{q[1], q[0]}, none, true
	}
	for first := keep == 0; i < n.end; i++ {
		if i == n.point {
			continue
		}
		if first && text[i] >= '5' {
			return n.neg, m, halfOrMore, true
		}
		first = false
		if text[i] != '0' {
			rest = lessThanHalf
		}
	}
	return n.neg, m, rest, true
}
