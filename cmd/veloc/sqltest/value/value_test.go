package value

import (
	"testing"

	"github.com/velocsql/veloc/compiler/types"
)

func parse(t *testing.T, yaml string) *Value {
	t.Helper()
	v, err := ParseYAML([]byte(yaml))
	if err != nil {
		t.Fatalf("%s: %v", yaml, err)
	}
	return v
}

// TestNumbers: YAML's numbers keep their digits, as JSON writes them.
func TestNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"1.50": "1.50", "1_000": "1000", "0x10": "16", ".5": "0.5", "5.": "5", "-.5e3": "-0.5e3", "+3": "3",
		"123456789012345678901234567890": "123456789012345678901234567890", "0.1000000000000000000001": "0.1000000000000000000001",
	} {
		if got := parse(t, "a: "+in).Get("a").JSON(); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
}

func TestYAML(t *testing.T) {
	for in, want := range map[string]string{
		"{a: [1, null, ~, true, x y], b: {c: \"1\"}}": `{"a":[1,null,null,true,"x y"],"b":{"c":"1"}}`,
		"a: 2026-03-01T09:00:00Z":                     `{"a":"2026-03-01T09:00:00Z"}`,
		"x: &x {a: 1}\ny: *x\nz: {<<: *x, b: 2}":      `{"x":{"a":1},"y":{"a":1},"z":{"a":1,"b":2}}`,
		"a: |\n  one\n  two\n":                        `{"a":"one\ntwo\n"}`,
		"a: !!str 5":                                  `{"a":"5"}`,
		"- {k: v}\n- 'it''s'":                         `[{"k":"v"},"it's"]`,
	} {
		if got := parse(t, in).JSON(); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
	for _, in := range []string{"a: 1\na: 2", "a: *nowhere", "a: !!binary x", "", "a: 1\n---\nb: 2"} {
		if v, err := ParseYAML([]byte(in)); err == nil {
			t.Errorf("%q is %s, want an error", in, v.JSON())
		}
	}
}

// TestPlaces: values of JSON know their bytes and lines.
func TestPlaces(t *testing.T) {
	text := "{\n  \"a\": [1,\n 22],\n  \"b\" : {\"c\": \"\\ud83d\\ude00\"}\n}"
	v, err := ParseJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		v    *Value
		text string
		line int
	}{
		{v, text, 1},
		{v.Get("a"), "[1,\n 22]", 2},
		{v.Get("a").Items[1], "22", 3},
		{v.Get("b").Get("c"), `"\ud83d\ude00"`, 4},
	} {
		if got := text[c.v.Start:c.v.End]; got != c.text || c.v.Line != c.line {
			t.Errorf("got %q on line %d, want %q on line %d", got, c.v.Line, c.text, c.line)
		}
	}
	if got := v.Get("b").Get("c").Text; got != "\U0001F600" {
		t.Errorf("got %q", got)
	}
	for _, in := range []string{"{", "[1,]", "{} {}", "{\"a\" 1}", "nul"} {
		if _, err := ParseJSON([]byte(in)); err == nil {
			t.Errorf("%q is no error", in)
		}
	}
}

// TestWrite: what is written as YAML is read as the same value.
func TestWrite(t *testing.T) {
	for _, in := range []string{
		`{"a":"x y","b":"1","c":"null","d":"yes","e":"","f":"it's: so","g":"# no","h":"é","i":"a\tb\nc","y":1.50,"n":null,"o":[true,{"k":[]}]}`,
	} {
		v, err := ParseJSON([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if got := parse(t, v.YAML()).JSON(); got != in {
			t.Errorf("%s\nis %s\nwant %s", v.YAML(), got, in)
		}
	}
}

func TestCompare(t *testing.T) {
	dec, dbl, ts, str := types.Dec(10, 2), types.Of(types.Double), types.Of(types.Timestamp), types.Of(types.String)
	nested := types.Type{Kind: types.Array, Elem: &dbl}
	row := types.Type{Kind: types.Struct, Fields: []types.Field{
		{Name: "d", Type: dec}, {Name: "x", Type: dbl}, {Name: "t", Type: ts}, {Name: "s", Type: str}, {Name: "l", Type: nested},
	}}
	for _, c := range []struct {
		want, got string
		rules     Rules
		diffs     string
	}{
		{want: "{d: 1.5}", got: "{d: 1.50}"},
		{want: "{d: \"1.5\"}", got: "{d: 1.50}"},
		{want: "{d: 1.5}", got: "{d: 1.51}", diffs: "d: want 1.5, got 1.51"},
		{want: "{d: 9007199254740993}", got: "{d: 9007199254740992}", diffs: "d: want 9007199254740993, got 9007199254740992"},
		{want: "{x: 0.3}", got: "{x: 0.30000000000000004}"},
		{want: "{x: 0.3}", got: "{x: 0.300001}", diffs: "x: want 0.3, got 0.300001"},
		{want: "{x: 0}", got: "{x: 1e-12}", diffs: "x: want 0, got 1e-12"},
		{want: "{l: [0.1]}", got: "{l: [0.10000000000000001]}"},
		{want: "{l: [1, 2]}", got: "{l: [1]}", diffs: "l: want [1, 2], got [1]"},
		{want: "{t: 1000}", got: "{t: \"1970-01-01T00:00:01Z\"}"},
		{want: "{t: 1970-01-01 00:00:01}", got: "{t: \"1970-01-01T00:00:01Z\"}"},
		{want: "{s: 1}", got: "{s: \"1\"}", diffs: "s: want 1, got \"1\""},
		{want: "{s: null}", got: "{s: \"\"}", diffs: "s: want null, got \"\""},
		{want: "{s: a}", got: "{s: a, d: 1}", diffs: "d: unexpected 1"},
		{want: "{s: a}", got: "{s: a, d: 1}", rules: Rules{Subset: true}},
		{want: "{S: a}", got: "{s: a}", diffs: "S: missing, want \"a\"; s: unexpected \"a\""},
		{want: "{S: a}", got: "{s: a}", rules: Rules{FoldNames: true}},
		{want: "{s: null}", got: "{}", rules: Rules{NullMissing: true}},
		{want: "{s: null}", got: "{}", diffs: "s: missing, want null"},
	} {
		diffs := ""
		for i, d := range Compare(parse(t, c.want), parse(t, c.got), &row, c.rules) {
			if i > 0 {
				diffs += "; "
			}
			diffs += d.String()
		}
		if diffs != c.diffs {
			t.Errorf("%s and %s: %q, want %q", c.want, c.got, diffs, c.diffs)
		}
	}
}
