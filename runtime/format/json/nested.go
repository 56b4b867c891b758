package json

import (
	"strings"

	"github.com/velocsql/veloc/runtime/fault"
)

// Array moves into the array that is the current value. ok is false for null
// and for anything else, more tells whether there is an element:
//
//	more, ok := r.Array()
//	for ; more; more = r.Next() {
//		v, ok := r.Int64()
//	}
func (r *Reader) Array() (more, ok bool) { return r.open('[', "ARRAY") }

// Next moves to the next element of an array.
func (r *Reader) Next() (more bool) { return r.next(']', "a comma or the end of the array") }

// Object moves into the object that is the current value:
//
//	more, ok := r.Object()
//	for i := 0; more; more = r.NextField() {
//		switch i = r.Field(names, i); i {
//		case 0:
//			v, ok := r.Int64()
//		default:
//			r.Skip()
//		}
//	}
func (r *Reader) Object() (more, ok bool) { return r.open('{', "an object") }

// NextField moves to the next key of an object.
func (r *Reader) NextField() (more bool) { return r.next('}', "a comma or the end of the object") }

func (r *Reader) open(bracket byte, what string) (more, ok bool) {
	if r.null() {
		return false, false
	}
	if r.at() != bracket {
		r.other(what)
		return false, false
	}
	r.i++
	if r.space(); r.at() == bracket+2 { // the closing one
		r.i++
		return false, true
	}
	return true, true
}

func (r *Reader) next(bracket byte, what string) bool {
	if r.err != nil {
		return false
	}
	r.space()
	switch r.at() {
	case ',':
		r.i++
		r.space()
		return true
	case bracket:
		r.i++
		return false
	}
	r.expected(what)
	return false
}

// Key takes a key of an object and its colon.
func (r *Reader) Key() string {
	if r.err != nil {
		return ""
	}
	if r.at() != '"' {
		r.expected("a key")
		return ""
	}
	key, _ := r.stringText("")
	if r.space(); r.err == nil && r.at() != ':' {
		r.expected("a colon")
		return ""
	}
	r.i++
	r.space()
	return key
}

// Field takes a key of an object and returns its index among the names, -1 if it
// is none of them. It looks from the index i on first: fields mostly come in
// order. A name is found in any case, the exact one first.
func (r *Reader) Field(names []string, i int) int {
	key := r.Key()
	for n := range names {
		if k := (i + n) % len(names); names[k] == key {
			return k
		}
	}
	for k, name := range names {
		if strings.EqualFold(name, key) {
			return k
		}
	}
	return -1
}

// Pair moves into a pair [key, value], as the entries of maps are written whose
// keys are no texts.
func (r *Reader) Pair() {
	if more, ok := r.Array(); r.err == nil && (!ok || !more) {
		r.expected("a pair of a key and a value")
	}
}

// PairValue moves from the key of a pair to its value; ok tells that the key is
// not null.
func (r *Reader) PairValue(ok bool) {
	if r.err == nil && !ok {
		r.mismatch("null", "the key of a MAP")
	}
	if !r.Next() && r.err == nil {
		r.expected("the value of a pair")
	}
}

// PairEnd ends a pair.
func (r *Reader) PairEnd() {
	if r.Next() && r.err == nil {
		r.expected("the end of the pair")
	}
}

// Failed reports whether reading has failed.
func (r *Reader) Failed() bool { return r.err != nil }

// Value starts reading a value that stands alone, for example in a cell of CSV.
// The text is followed by readable bytes, as a batch is.
func (r *Reader) Value(b []byte) {
	r.b, r.start, r.i = b, 0, 0
	r.err, r.closed = nil, true
	r.ordinal, r.column = -1, -1
	r.scratch = r.scratch[:0]
	r.space()
}

// ValueDone ends the value: nothing may follow it.
func (r *Reader) ValueDone() error {
	for r.err == nil && r.i < len(r.b) && (r.b[r.i] <= ' ') {
		r.i++
	}
	if r.err == nil && r.i < len(r.b) {
		r.expected("the end of the value")
	}
	return r.err
}

// ParseKey reads a value back that the functions for keys have written.
func ParseKey[M, T any](text string, m *M, read func(*M, *Reader) (T, bool)) T {
	r := Reader{keys: true}
	r.begin(text)
	v, _ := read(m, &r)
	return v
}

// padding is how many readable bytes the scanning functions want behind a text.
const padding = 64

// begin starts reading text as a value, in memory that has the padding.
func (r *Reader) begin(text string) {
	b := make([]byte, len(text)+1, len(text)+padding)
	copy(b, text)
	b[len(text)] = '\n'
	r.Value(b[:len(text)])
}

// Parse reads a value from text that is JSON, with a function that generated
// code has for its type, and m, the memory that the function reads into. What
// is no such value is a failure.
func Parse[M, T any](f *fault.Fault, text string, m *M, read func(*M, *Reader) (T, bool)) T {
	v, ok, err := parse(text, m, read)
	if err != nil {
		f.Set(err.Error())
	} else if !ok {
		f.Set("null is no value to cast")
	}
	return v
}

// TryParse is Parse with false for what is no such value.
func TryParse[M, T any](text string, m *M, read func(*M, *Reader) (T, bool)) (T, bool) {
	v, ok, err := parse(text, m, read)
	return v, ok && err == nil
}

func parse[M, T any](text string, m *M, read func(*M, *Reader) (T, bool)) (v T, ok bool, err error) {
	var r Reader
	r.begin(text)
	v, ok = read(m, &r)
	if err = r.ValueDone(); err != nil {
		var zero T
		return zero, false, err
	}
	return v, ok, nil
}
