package json

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzReader reads a line and compares with encoding/json.
func FuzzReader(f *testing.F) {
	for _, s := range []string{
		`{"a":1,"b":"x"}`, `{"b":[1,2,{"c":null}],"a":-0.5e7}`, `{"\u0061":"\ud83d\ude00\n"}`, `{"a":1,"a":"é"}`, `{"A":true,"x":{}} `,
		`{"a":1,}`, `{"a":tru}`, `{"a":"x`, `[1]`, `{}x`, `{"a":1e999}`, "{\"a\":\"\xff\"}", "\ufeff{}", `{"a":[[[[]]]]}`,
	} {
		f.Add(s)
	}
	r, again := new(Reader), new(Reader)
	r.Init([]string{"a", "b"})
	again.Init([]string{"a", "b"})
	f.Fuzz(func(t *testing.T, s string) {
		line, _, _ := strings.Cut(s, "\n")
		b := pad(line + "\nrest\n")
		got := map[int]string{}
		r.Begin(b, 0)
		for r.More() {
			c := r.Column()
			v, ok := r.JSONText()
			if !ok {
				v = "null"
			}
			if c >= 0 {
				got[c] = v
			}
		}
		next, err := r.Done()
		if next != len(line)+1 {
			t.Fatalf("%q: next is %d", line, next)
		}
		var want map[string]json.RawMessage
		text := strings.TrimPrefix(line, "\ufeff")
		ok := json.Unmarshal([]byte(text), &want) == nil && want != nil && utf8.ValidString(text)
		if ok != (err == nil) && !strings.Contains(line, "[[[[[[[[[[") {
			t.Fatalf("%q: %v, encoding/json says %v", line, err, ok)
		}
		if err != nil {
			return
		}
		for c, v := range got {
			if r.Missing(c) {
				t.Errorf("%q: column %d is missing", line, c)
			}
			if exact, ok := want[r.columns[c]]; ok && string(bytes.TrimSpace(exact)) != v {
				t.Errorf("%q: column %d is %s, want %s", line, c, v, exact)
			}
			scalar(t, b, v)
		}
		for c := range r.columns {
			if _, ok := got[c]; ok == r.Missing(c) {
				t.Errorf("%q: column %d", line, c)
			}
		}
		again.Begin(b, 0)
		for again.More() {
			again.SkipLoose()
		}
		if next, err := again.Done(); err != nil || next != len(line)+1 {
			t.Errorf("%q: SkipLoose: %d, %v", line, next, err)
		}
	})
}

// scalar compares a value read by type with encoding/json.
func scalar(t *testing.T, _ []byte, v string) {
	b := pad(`{"a":` + v + "}\n")
	r := new(Reader)
	r.Init([]string{"a"})
	read := func() {
		r.Begin(b, 0)
		r.More()
	}
	var text string
	if v[0] == '"' && json.Unmarshal([]byte(v), &text) == nil {
		read()
		if got, ok := r.Text(); !ok || got != text {
			t.Errorf("%s is %q, want %q", v, got, text)
		}
		got, next := Text(b, 6)
		if plain := !strings.Contains(v, `\`); plain != (next >= 0) || plain && (got != text || next != 5+len(v)) {
			t.Errorf("Text(%s) = %q, %d", v, got, next)
		}
		if n := SkipText(b, 6); n != 5+len(v) {
			t.Errorf("SkipText(%s) = %d", v, n)
		}
	}
	read()
	if got, ok := r.Int64(); ok {
		var want int64
		if err := json.Unmarshal([]byte(v), &want); err != nil || got != want {
			t.Errorf("%s is %d, want %d, %v", v, got, want, err)
		}
	}
	read()
	if got, ok := r.Float64(); ok {
		var want float64
		if err := json.Unmarshal([]byte(v), &want); err != nil || got != want {
			t.Errorf("%s is %v, want %v, %v", v, got, want, err)
		}
	}
	for _, get := range []func(){
		func() { r.Int32() },
		func() { r.Float32() },
		func() { r.Dec64(12, 2) },
		func() { r.Dec128(38, 10) },
		func() { r.Bool() },
		func() { r.Bytes() },
		func() { r.Date() },
		func() { r.Time() },
		func() { r.Timestamp() },
	} {
		read()
		get()
		if next, _ := r.Done(); next != len(b) {
			t.Errorf("%s: next is %d", v, next)
		}
	}
}

// FuzzString writes a string and reads it back.
func FuzzString(f *testing.F) {
	f.Add("plain")
	f.Add("a\"b\\c\n\x00é\xff\u2028 and more text")
	f.Fuzz(func(t *testing.T, s string) {
		out := AppendString(nil, s)
		var back string
		if err := json.Unmarshal(out, &back); err != nil || back != strings.ToValidUTF8(s, "\ufffd") && utf8.ValidString(s) {
			t.Errorf("%q is written as %s: %v", s, out, err)
		}
		if n := SkipText(pad(string(out)+"\n"), 1); n != len(out) {
			t.Errorf("SkipText(%s) = %d", out, n)
		}
	})
}
