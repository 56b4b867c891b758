package file

import "fmt"

// arrayScanner turns the elements of a JSON array into lines, in place and byte
// for byte, so that positions stay offsets in the file: white space and the
// comma between two elements become blanks, and the byte before an element a
// line break. Line breaks inside an element become blanks; in a string, where
// JSON does not allow them, they become carriage returns, which it does not
// allow either, so that whoever decodes the element refuses it.
//
// It counts brackets without telling { from [: elements are checked by those
// who decode them.
type arrayScanner struct {
	phase phase
	depth int   // brackets open inside the element
	began bool  // there has been an element
	pos   int64 // of the next byte
	line  int64
}

type phase uint8

const (
	beforeArray   phase = iota
	beforeFirst         // behind [
	beforeElement       // behind a comma
	inElement
	inScalar
	inString
	inEscape
	afterElement
	afterArray
)

// special are the bytes that mean something inside an element.
var special = [256]bool{'"': true, '\\': true, '\n': true, '\r': true, '{': true, '}': true, '[': true, ']': true}

// scan works through p[from:], which follows what it was given before. lo is
// where the unfinished element begins; it returns where that is now, which
// moves only up to the first element, and the position behind the last whole
// element, -1 without one. p needs room for one more byte.
func (a *arrayScanner) scan(p []byte, lo, from int) (newLo, cut int, err error) {
	cut = -1
	for i := from; i < len(p); i++ {
		if a.phase == inString || a.phase == inElement {
			for i < len(p) && !special[p[i]] {
				i++
			}
		}
		if i == len(p) {
			break
		}
		c := p[i]
		if c == '\n' {
			a.line++
		}
		switch a.phase {
		case inString, inEscape:
			a.inString(p, i, c)
		case inElement:
			a.inElement(p, i, c)
		default:
			was := a.phase
			if !a.between(p, i, c) {
				if was == afterElement || was == beforeElement {
					p[i] = '\n'
					cut = i + 1
				}
				return lo, cut, a.fault(was, a.pos+int64(i-from), c)
			}
			switch {
			case a.phase == afterArray && was == beforeFirst:
				lo, cut = i+1, i+1
			case a.phase == afterArray && was != afterArray:
				p[i] = '\n'
				cut = i + 1
			case was == beforeFirst && a.phase != beforeFirst:
				lo, a.began = i, true
			case was == beforeElement && a.phase != beforeElement:
				p[i-1] = '\n'
				cut = i
			}
		}
	}
	if !a.began && a.phase != afterArray {
		lo = len(p)
	}
	a.pos += int64(len(p) - from)
	return lo, cut, nil
}

func (a *arrayScanner) inString(p []byte, i int, c byte) {
	switch {
	case c == '\n':
		p[i] = '\r'
		a.phase = inString
	case a.phase == inEscape:
		a.phase = inString
	case c == '\\':
		a.phase = inEscape
	case c == '"' && a.depth == 0:
		a.phase = afterElement
	case c == '"':
		a.phase = inElement
	}
}

func (a *arrayScanner) inElement(p []byte, i int, c byte) {
	switch c {
	case '"':
		a.phase = inString
	case '{', '[':
		a.depth++
	case '}', ']':
		if a.depth--; a.depth == 0 {
			a.phase = afterElement
		}
	case '\n', '\r':
		p[i] = ' '
	}
}

// between takes a byte outside of objects, arrays and strings; it returns false
// if it cannot stand there.
func (a *arrayScanner) between(p []byte, i int, c byte) bool {
	if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
		p[i] = ' '
		if a.phase == inScalar {
			a.phase = afterElement
		}
		return true
	}
	switch a.phase {
	case beforeArray:
		a.phase = beforeFirst
		return c == '['
	case beforeFirst:
		if c == ']' {
			a.phase = afterArray
			return true
		}
		return a.begin(c)
	case beforeElement:
		return a.begin(c)
	case inScalar, afterElement:
		switch c {
		case ',':
			p[i] = ' '
			a.phase = beforeElement
		case ']':
			a.phase = afterArray
		default:
			return a.phase == inScalar && c != '{' && c != '[' && c != '"' && c != '}'
		}
		return true
	}
	return false // afterArray
}

// begin starts an element.
func (a *arrayScanner) begin(c byte) bool {
	switch c {
	case '{', '[':
		a.phase, a.depth = inElement, 1
	case '"':
		a.phase, a.depth = inString, 0
	case ',', ']', '}', ':':
		return false
	default:
		a.phase = inScalar
	}
	return true
}

func (a *arrayScanner) fault(was phase, pos int64, c byte) error {
	want := "',' or ']' behind an element"
	switch was {
	case beforeArray:
		want = "'['"
	case beforeFirst:
		want = "an element or ']'"
	case beforeElement:
		want = "an element behind ','"
	case afterArray:
		want = "nothing behind the array (for several values write one per line, without brackets around them)"
	}
	return fmt.Errorf("malformed JSON array in line %d (byte %d): found %q, want %s", a.line, pos, c, want)
}

// finish is called at the end of the file. It returns whether the last element
// is whole but not yet ended by a line break.
func (a *arrayScanner) finish() (whole bool, err error) {
	if a.phase == afterArray {
		return false, nil
	}
	return a.phase == afterElement || a.phase == beforeElement,
		fmt.Errorf("malformed JSON array: the file ends in line %d (byte %d) without the closing ']'", a.line, a.pos)
}
