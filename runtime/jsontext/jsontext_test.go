package jsontext

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/fault"
)

func TestPaths(t *testing.T) {
	const doc = ` {"a" : {"b": [1.50, "x\ny", {"c": null}]}, "d e": true, "a\u0062": 7, "k": 1, "k": 2, "o":{ "p" : [ 1 , " " ] } } `
	for _, c := range []struct{ path, text, raw string }{
		{"$.a.b[0]", "1.50", "1.50"},
		{"$.a.b[1]", "x\ny", `"x\ny"`},
		{"$.a.b[2].c", "-", "null"},
		{"$['d e']", "true", "true"},
		{"$.ab", "7", "7"},
		{"$.k", "2", "2"},
		{"$.o", `{"p":[1," "]}`, `{"p":[1," "]}`},
		{"$.a.b[3]", "-", "-"},
		{"$.a.b[-1]", "-", "-"},
		{"$.a.x", "-", "-"},
		{"$.k.x", "-", "-"},
		{"$[0]", "-", "-"},
	} {
		p, err := NewPath(c.path)
		if err != nil {
			t.Fatal(err)
		}
		var f fault.Fault
		text, ok := p.Text(&f, doc)
		if !ok {
			text = "-"
		}
		raw, ok := p.Extract(&f, doc)
		if !ok {
			raw = "-"
		}
		if text != c.text || raw != c.raw || f.Failed() {
			t.Errorf("%s: %q, %q, want %q, %q", c.path, text, raw, c.text, c.raw)
		}
	}
	for _, bad := range []string{"", "a", "$a", "$.", "$[", "$[x]", "$.*", "$[*]", "$..a"} {
		if _, err := NewPath(bad); err == nil {
			t.Errorf("%q is a path", bad)
		}
	}
}

func TestWhatIsNoJSON(t *testing.T) {
	var f fault.Fault
	if _, ok := ArrayLength(&f, "[1"); ok || f.Take() == "" {
		t.Error("[1 has a length")
	}
	if _, ok := ArrayLength(&f, `{"a":1}`); ok || f.Failed() {
		t.Error("an object has a length, or fails")
	}
	if got := MustPath("$.a"); got.Exists(&f, "{") || f.Failed() {
		t.Error("$.a exists in {, or fails")
	}
	if ArrayContainsInt("[1", 1, false) || !ArrayContainsInt("[null, 1]", 0, true) || ArrayContainsInt(`["1"]`, 1, false) {
		t.Error("json_array_contains")
	}
	deep := strings.Repeat("[", deepest+2) + strings.Repeat("]", deepest+2)
	if Valid(deep) {
		t.Error("no limit of depth")
	}
}

func TestCanonical(t *testing.T) {
	for _, c := range [][2]string{
		{` {"b": [1, {"d":2 , "c" : 3}], "a": " "} `, `{"a":" ","b":[1,{"c":3,"d":2}]}`},
		{"[ ]", "[]"},
		{"{}", "{}"},
		{`"x y"`, `"x y"`},
		{" 1 ", "1"},
	} {
		if got := Canonical(c[0]); got != c[1] {
			t.Errorf("%s: %s, want %s", c[0], got, c[1])
		}
	}
	if Compare(`{"a":1,"b":2}`, `{ "b":2, "a":1 }`) != 0 {
		t.Error("the order of keys makes a difference")
	}
}

func FuzzValid(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.5e-3,"\u00e9\ud83d\ude00",null,true]}`, `[]`, ` "x" `, `{"a":}`, `01`, "\"\x01\"", `"\q"`, `[1,]`, `-`, `1.`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := json.Valid([]byte(s)) && utf8.ValidString(s)
		if got := Valid(s); got != want {
			t.Fatalf("%q: %v, want %v", s, got, want)
		}
		if !want {
			return
		}
		var b bytes.Buffer
		if err := json.Compact(&b, []byte(s)); err == nil && compact(strings.TrimSpace(s)) != b.String() {
			t.Errorf("%q: compact %q, want %q", s, compact(strings.TrimSpace(s)), b.String())
		}
		var x, y any
		if json.Unmarshal([]byte(s), &x) == nil && json.Unmarshal([]byte(Canonical(s)), &y) != nil {
			t.Errorf("%q: canonical %q is no JSON", s, Canonical(s))
		}
	})
}
