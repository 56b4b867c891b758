package csv

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzRecord reads a file record by record and compares with encoding/csv.
func FuzzRecord(f *testing.F) {
	for _, s := range []string{
		"a,b\nc,d\n", "a,b\r\n\"c\nd\",\"e\"\"f\"\r\n", "\n\na,b\n", "a\nb,c,d\n", "\"a,b\nc,d\n", "a\"b,c\n", "\"a\"b,c\n", "a,\"\"\n", "\"\r\n\",\n", "é,日本\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !strings.HasSuffix(s, "\n") {
			s += "\n"
		}
		b := pad(s)
		r := new(Reader)
		r.Init(Options{Columns: []string{"a", "b"}, Quote: '"'})
		for i := 0; i < len(b); {
			next, err := r.Record(b, i)
			if next <= i || next > len(b) || b[next-1] != '\n' {
				t.Fatalf("record at %d of %q: next is %d", i, s, next)
			}
			if err == nil {
				same(t, r, s[i:next])
				plain(t, r, b, i, next)
			} else if want, ok := standard(s[i:next]); ok && len(want) == 2 {
				t.Errorf("%q: %v", s[i:next], err)
			}
			i = next
		}
	})
}

// standard reads one record with the standard library.
func standard(s string) ([]string, bool) {
	std := csv.NewReader(strings.NewReader(s))
	std.FieldsPerRecord = -1
	want, err := std.ReadAll()
	if err != nil || len(want) != 1 {
		return nil, false
	}
	return want[0], true
}

// same compares the record that r has read with the standard library.
func same(t *testing.T, r *Reader, s string) {
	want, ok := standard(s)
	if !ok || len(want) != 2 {
		t.Fatalf("%q is read, not by the standard library: %q", s, want)
	}
	for c := range want {
		// The standard library turns a CRLF in quotes into LF.
		if got := strings.ReplaceAll(r.Raw(c), "\r\n", "\n"); got != want[c] {
			t.Errorf("%q: field %d is %q, want %q", s, c, got, want[c])
		}
	}
}

// plain compares the fast functions with the record that r has read.
func plain(t *testing.T, r *Reader, b []byte, i, end int) {
	for c, stop := range []byte{',', '\n'} {
		v, next := Text(b, i, ',')
		if n := Skip(b, i, ','); n != next {
			t.Errorf("%q: Skip ends at %d, Text at %d", b[i:end], n, next)
		}
		if v, n := Short(b, i, ','); n >= 0 && b[n] == stop {
			if w, m := Text(b, i, ','); v != w || n != m {
				t.Errorf("%q: Short reads %q, Text %q", b[i:end], v, w)
			}
		}
		got, ok := r.Text(c)
		if next < 0 || b[next] != stop {
			if ok && !bytes.ContainsAny(b[i:end], "\"\r") {
				t.Errorf("%q: Text rejects %q", b[i:end], got)
			}
			return
		}
		if !ok || got != v || !utf8.ValidString(v) {
			t.Errorf("%q: Text gives %q, the Reader %q, %v", b[i:end], v, got, ok)
		}
		i = next + 1
	}
}

// FuzzText writes two fields and reads them back.
func FuzzText(f *testing.F) {
	f.Add("a", "b")
	f.Add("", " ")
	f.Add("a,\"b\"", "c\r\nd")
	f.Fuzz(func(t *testing.T, x, y string) {
		if !utf8.ValidString(x) || !utf8.ValidString(y) {
			return
		}
		for _, delim := range []byte(",;\t|") {
			b := AppendText(nil, x, delim)
			b = AppendText(append(b, delim), y, delim)
			b = pad(string(append(b, '\n')))
			r := new(Reader)
			r.Init(Options{Columns: []string{"x", "y"}, Quote: '"', Delim: delim})
			if next, err := r.Record(b, 0); err != nil || next != len(b) {
				t.Fatalf("%q: %v", b, err)
			}
			v, ok := r.Text(0)
			w, ok2 := r.Text(1)
			if v != x || w != y || !ok || !ok2 {
				t.Errorf("%q: %q, %q, want %q, %q", b, v, w, x, y)
			}
		}
	})
}
