package json

import (
	"math/bits"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/format/scan"
)

// depth is how many arrays and objects may be inside each other.
const depth = 1024

// Skip checks the current value, whatever it is, and moves behind it.
func (r *Reader) Skip() {
	if c := r.at(); c != '{' && c != '[' {
		r.scalar(c)
		return
	}
	r.skipNested()
}

// skipNested is Skip for an array or an object.
func (r *Reader) skipNested() {
	var objects [depth / 64]uint64 // one bit per open array (0) or object (1)
	open := 0
	for {
		// A value begins here.
		c := r.at()
		if c == '{' || c == '[' {
			if open == depth {
				r.expected("a value that is not nested so deep")
				return
			}
			word, bit := &objects[open>>6], uint64(1)<<(open&63)
			*word &^= bit
			if c == '{' {
				*word |= bit
			}
			open++
			r.i++
			r.space()
			if r.at() != c+2 { // the closing one
				if c == '{' && !r.innerKey() {
					return
				}
				continue
			}
			open--
			r.i++
		} else if !r.scalar(c) {
			return
		}
		// A value has ended: close, or go on behind a comma.
		for {
			if open == 0 {
				return
			}
			object := objects[(open-1)>>6]>>((open-1)&63)&1 == 1
			r.space()
			c := r.at()
			if c == ',' {
				r.i++
				r.space()
				if object && !r.innerKey() {
					return
				}
				break
			}
			if object && c == '}' || !object && c == ']' {
				r.i++
				open--
				continue
			}
			if object {
				r.expected("a comma or the end of the object")
			} else {
				r.expected("a comma or the end of the array")
			}
			return
		}
	}
}

// innerKey takes a key of a nested object and its colon.
func (r *Reader) innerKey() bool {
	if r.at() != '"' {
		r.expected("a key")
		return false
	}
	if _, _, ok := r.quoted(); !ok {
		return false
	}
	if r.space(); r.at() != ':' {
		r.expected("a colon")
		return false
	}
	r.i++
	r.space()
	return true
}

// scalar checks a value that begins with c and has no others inside.
func (r *Reader) scalar(c byte) bool {
	switch {
	case c == '"':
		_, _, ok := r.quoted()
		return ok
	case c == '-' || c-'0' <= 9:
		return r.number()
	case c == 't':
		return r.word("true")
	case c == 'f':
		return r.word("false")
	case c == 'n':
		return r.word("null")
	}
	r.expected("a value")
	return false
}

// word takes a literal.
func (r *Reader) word(w string) bool {
	if end := r.i + len(w); end <= len(r.b) && string(r.b[r.i:end]) == w {
		r.i = end
		return true
	}
	r.expected(w)
	return false
}

// number takes a number of any length.
func (r *Reader) number() bool {
	if r.whole(scan.SkipInt(r.b, r.i)) {
		return true
	}
	if r.at() == '-' {
		r.i++
	}
	if r.at() == '0' {
		r.i++
	} else if !r.digits() {
		return false
	}
	if r.at() == '.' {
		r.i++
		if !r.digits() {
			return false
		}
	}
	if r.at()|0x20 == 'e' {
		r.i++
		if c := r.at(); c == '+' || c == '-' {
			r.i++
		}
		if !r.digits() {
			return false
		}
	}
	return true
}

// digits takes one or more digits.
func (r *Reader) digits() bool {
	from := r.i
	for r.i < len(r.b) && r.b[r.i]-'0' <= 9 {
		r.i++
	}
	if r.i == from {
		r.expected("a digit")
		return false
	}
	return true
}

// quoted takes a string that may have escapes. Its text ends at end.
func (r *Reader) quoted() (end int, escaped, ok bool) {
	from := r.i + 1
	if _, next := Text(r.b, from); next >= 0 && next <= len(r.b) {
		r.i = next
		return next - 1, false, true
	}
	b, i, ascii := r.b, from, true
	for {
		for i+8 <= len(b) {
			m := special(scan.Load(b, i))
			if m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				break
			}
			i += 8
		}
		if i >= len(b) {
			break
		}
		switch c := b[i]; {
		case c == '"':
			r.i = i + 1
			if !ascii && !utf8.Valid(b[from:i]) {
				r.i = from
				r.expected("valid UTF-8 in this string")
				return 0, false, false
			}
			return i, escaped, true
		case c == '\\':
			n := escape(b, i)
			if n == 0 {
				r.i = i
				r.expected("an escape that JSON has")
				return 0, false, false
			}
			escaped = true
			i += n
		case c < ' ':
			r.i = i
			r.expected("a string to end, and no control characters in it")
			return 0, false, false
		default:
			ascii = ascii && c < utf8.RuneSelf
			i++
		}
	}
	r.i = len(b)
	r.expected("a string to end")
	return 0, false, false
}

// SkipLoose moves behind the current value and checks no more than that its
// strings end and its brackets are as many as there should be.
func (r *Reader) SkipLoose() {
	open := 0
	for r.err == nil && r.i < len(r.b) {
		switch c := r.b[r.i]; c {
		case '"':
			r.looseString()
			if open == 0 {
				return
			}
			continue
		case '{', '[':
			open++
		case '}', ']':
			if open--; open == 0 {
				r.i++
				return
			}
			if open < 0 {
				return // the end of the object that holds the value
			}
		case ',':
			if open == 0 {
				return
			}
		case '\n':
			if open > 0 {
				r.expected("a value to end")
			}
			return
		}
		r.i++
	}
}

// looseString moves behind a string.
func (r *Reader) looseString() {
	for i := r.i + 1; i < len(r.b) && r.b[i] != '\n'; i++ {
		switch r.b[i] {
		case '\\':
			if i+1 < len(r.b) && r.b[i+1] != '\n' {
				i++
			}
		case '"':
			r.i = i + 1
			return
		}
	}
	r.expected("a string to end")
}
