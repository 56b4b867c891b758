package sqlfn

import (
	"errors"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
)

// NumberLayout is a pattern of TO_CHAR for numbers: 9 and 0 for digits, . and D
// for the point, comma and G between groups, S, MI, PL, SG and PR for the sign,
// FM before all for no blanks.
type NumberLayout struct {
	items  []numberItem
	whole  int // digits before the point
	part   int // digits behind it
	fill   bool
	signed bool // a sign has a place of its own
}

// numberItem is one thing of a pattern: a digit 9 or 0, a separator, the point
// (D), a sign (S, M, P, G for MI, PL, SG), brackets (R), or a text (").
type numberItem struct {
	kind byte
	text string
}

// NewNumberLayout reads a pattern.
func NewNumberLayout(pattern string) (*NumberLayout, error) {
	l := &NumberLayout{fill: true}
	rest := pattern
	point := false
	add := func(kind byte, n int) {
		l.items = append(l.items, numberItem{kind: kind})
		rest = rest[n:]
	}
	for rest != "" {
		up := strings.ToUpper(rest)
		switch c := up[0]; {
		case strings.HasPrefix(up, "FM"):
			l.fill = false
			rest = rest[2:]
		case c == '9' || c == '0':
			if point {
				l.part++
			} else {
				l.whole++
			}
			add(c, 1)
		case c == ',' || c == 'G':
			add(',', 1)
		case c == '.' || c == 'D':
			if point {
				return nil, errors.New("a pattern of numbers has one point")
			}
			point = true
			add('D', 1)
		case strings.HasPrefix(up, "MI"), strings.HasPrefix(up, "PL"):
			l.signed = true
			add(c, 2)
		case strings.HasPrefix(up, "SG"):
			l.signed = true
			add('G', 2)
		case strings.HasPrefix(up, "PR"):
			l.signed = true
			add('R', 2)
		case c == 'S':
			l.signed = true
			add('S', 1)
		case c == '"':
			end := strings.IndexByte(rest[1:], '"')
			if end < 0 {
				return nil, errors.New("a text in a pattern is never closed")
			}
			l.items = append(l.items, numberItem{'"', rest[1 : end+1]})
			rest = rest[end+2:]
		case c == ' ' || c == '-' || c == '/' || c == ':' || c == '$' || c == '(' || c == ')' || c == '%':
			l.items = append(l.items, numberItem{'"', rest[:1]})
			rest = rest[1:]
		default:
			return nil, errors.New(quote(rest) + " is no pattern of numbers: 9 0 . D , G S MI PL SG PR FM")
		}
	}
	if l.whole+l.part == 0 {
		return nil, errors.New("a pattern of numbers has digits, 9 or 0")
	}
	return l, nil
}

// MustNumberLayout is NewNumberLayout for patterns that were checked when
// compiling; it panics on a bad one.
func MustNumberLayout(pattern string) *NumberLayout {
	l, err := NewNumberLayout(strings.Clone(pattern))
	if err != nil {
		panic(err)
	}
	return l
}

// recentNumber is the last pattern that was not constant.
var recentNumber atomic.Pointer[recentLayout]

type recentLayout struct {
	pattern string
	layout  *NumberLayout
}

func numberLayout(f *fault.Fault, pattern string) *NumberLayout {
	if r := recentNumber.Load(); r != nil && r.pattern == pattern {
		return r.layout
	}
	pattern = strings.Clone(pattern)
	l, err := NewNumberLayout(pattern)
	if err != nil {
		f.Set(err.Error())
		return nil
	}
	recentNumber.Store(&recentLayout{pattern, l})
	return l
}

// NumberToChar is NumberLayout.Format with a pattern that is not constant.
func NumberToChar(f *fault.Fault, x decimal.Int128, scale int, pattern string) string {
	if l := numberLayout(f, pattern); l != nil {
		return l.Format(f, x, scale)
	}
	return ""
}

// FloatToChar is NumberLayout.FormatFloat with a pattern that is not constant.
func FloatToChar(f *fault.Fault, x float64, pattern string) string {
	if l := numberLayout(f, pattern); l != nil {
		return l.FormatFloat(f, x)
	}
	return ""
}

// Format writes a decimal. It never fails: digits for which there is no place
// become #.
func (l *NumberLayout) Format(_ *fault.Fault, x decimal.Int128, scale int) string {
	var room [64]byte
	return l.write(decimal.Append(room[:0], x, scale))
}

// FormatFloat writes a floating point number.
func (l *NumberLayout) FormatFloat(_ *fault.Fault, x float64) string {
	var room [512]byte
	if x-x != 0 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return l.write(strconv.AppendFloat(room[:0], x, 'f', -1, 64))
}

// digitsOf takes a number apart, rounded half away from zero to a number of
// digits behind the point. The digits are put into room.
func digitsOf(room, number []byte, part int) (negative bool, whole, fraction []byte) {
	if number[0] == '-' {
		negative, number = true, number[1:]
	}
	at := len(number)
	for i, c := range number {
		if c == '.' {
			at = i
		}
	}
	digits := append(append(room, '0'), number[:at]...) // with a place for a carry, without the point
	if at < len(number) {
		digits = append(digits, number[at+1:]...)
	}
	end := at + 1 + part
	for len(digits) < end {
		digits = append(digits, '0')
	}
	up := end < len(digits) && digits[end] >= '5'
	digits = digits[:end]
	for i := end - 1; up; i-- {
		if up = digits[i] == '9'; up {
			digits[i] = '0'
		} else {
			digits[i]++
		}
	}
	whole, fraction = digits[:end-part], digits[end-part:]
	for len(whole) > 0 && whole[0] == '0' {
		whole = whole[1:]
	}
	zero := len(whole) == 0
	for _, c := range fraction {
		zero = zero && c == '0'
	}
	return negative && !zero, whole, fraction
}

func (l *NumberLayout) write(number []byte) string {
	var room, out [128]byte
	negative, whole, fraction := digitsOf(room[:0], number, l.part)
	if len(whole) > l.whole {
		whole, fraction = hashes(l.whole), hashes(l.part)
	}
	if len(whole) == 0 && l.part == 0 {
		whole = []byte{'0'}
	}
	last := len(fraction) // of the digits that FM leaves
	w := numberWriter{l: l, negative: negative, whole: whole, fraction: fraction, blank: l.whole - len(whole), out: out[:0]}
	for !l.fill && last > 0 && fraction[last-1] == '0' && !w.zeroAt(last) {
		last--
	}
	w.last = last
	w.write()
	return string(w.out)
}

func hashes(n int) []byte { return []byte(strings.Repeat("#", n)) }

// numberWriter writes one number.
type numberWriter struct {
	l               *NumberLayout
	negative        bool
	whole, fraction []byte
	blank           int // places before the first digit
	last            int // of the digits behind the point
	out             []byte
	sign            bool // the sign is written
}

// zeroAt reports whether the n-th place behind the point is a 0 in the pattern.
func (w *numberWriter) zeroAt(n int) bool {
	point := false
	for _, it := range w.l.items {
		switch {
		case it.kind == 'D':
			point = true
		case point && (it.kind == '9' || it.kind == '0'):
			if n--; n == 0 {
				return it.kind == '0'
			}
		}
	}
	return false
}

// lead writes what stands directly before the first digit.
func (w *numberWriter) lead() {
	if w.sign {
		return
	}
	w.sign = true
	switch {
	case w.l.has('R') && w.negative:
		w.out = append(w.out, '<')
	case w.l.has('R'):
		w.pad()
	case w.l.leadsWithSign():
		w.out = append(w.out, plusMinus(w.negative))
	case w.l.signed:
	case w.negative:
		w.out = append(w.out, '-')
	default:
		w.pad()
	}
}

func plusMinus(negative bool) byte {
	if negative {
		return '-'
	}
	return '+'
}

func (w *numberWriter) pad() {
	if w.l.fill {
		w.out = append(w.out, ' ')
	}
}

func (l *NumberLayout) has(kind byte) bool {
	for _, it := range l.items {
		if it.kind == kind {
			return true
		}
	}
	return false
}

// leadsWithSign reports S before the digits.
func (l *NumberLayout) leadsWithSign() bool { return l.items[0].kind == 'S' }

func (w *numberWriter) write() {
	places, behind := 0, 0
	zeros, point := false, false
	for i, it := range w.l.items {
		switch it.kind {
		case '9', '0':
			if point {
				if behind < w.last {
					w.out = append(w.out, w.fraction[behind])
				}
				behind++
				continue
			}
			zeros = zeros || it.kind == '0'
			switch {
			case places >= w.blank:
				w.lead()
				w.out = append(w.out, w.whole[places-w.blank])
			case zeros:
				w.lead()
				w.out = append(w.out, '0')
			default:
				w.pad()
			}
			places++
		case ',':
			if places > w.blank || zeros {
				w.out = append(w.out, ',')
			} else {
				w.pad()
			}
		case 'D':
			w.lead()
			point = true
			w.out = append(w.out, '.')
		case 'S':
			if i > 0 {
				w.out = append(w.out, plusMinus(w.negative))
			}
		case 'G':
			w.out = append(w.out, plusMinus(w.negative))
		case 'M', 'P':
			if w.negative == (it.kind == 'M') {
				w.out = append(w.out, plusMinus(w.negative))
			} else {
				w.pad()
			}
		case 'R':
			if w.negative {
				w.out = append(w.out, '>')
			} else {
				w.pad()
			}
		case '"':
			w.out = append(w.out, it.text...)
		}
	}
}
