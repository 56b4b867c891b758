package json

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// pad gives text the padding of a batch.
func pad(s string) []byte { return append([]byte(s), make([]byte, 64)...)[:len(s)] }

func TestText(t *testing.T) {
	for _, c := range []struct {
		in, want string
		ok       bool
	}{
		{`"`, "", true},
		{`abc"`, "abc", true},
		{`abcdefgh"`, "abcdefgh", true},
		{`a long string, with punctuation: {}[],"`, "a long string, with punctuation: {}[],", true},
		{`São Paulo"`, "São Paulo", true},
		{`日本語日本語日本語"`, "日本語日本語日本語", true},
		{"\u007f\"", "\u007f", true},
		{`a\"b"`, "", false},
		{`é\n"`, "", false},
		{"a\tb\"", "", false},
		{"a\x00b\"", "", false},
		{"a\xffb\"", "", false},
		{"S\xc3\"", "", false},
		{"abc", "", false},
	} {
		s, next := Text(pad(c.in+"\n"), 0)
		if ok := next >= 0; ok != c.ok || s != c.want || ok && next != len(c.want)+1 {
			t.Errorf("Text(%q) = %q, %d", c.in, s, next)
		}
		if n := SkipText(pad(c.in+"\n"), 0); n != next && c.ok {
			t.Errorf("SkipText(%q) = %d, Text ends at %d", c.in, n, next)
		}
	}
}

func TestSkipText(t *testing.T) {
	for in, ok := range map[string]bool{
		`a\"b"`:        true,
		`\\"`:          true,
		`\u00e9\n\/é"`: true,
		`\x"`:          false,
		`\u00g9"`:      false,
		`\u00"`:        false,
		"\\\n\"":       false,
		"a\tb\"":       false,
	} {
		want := -1
		if ok {
			want = len(in)
		}
		if n := SkipText(pad(in+"\n"), 0); n != want {
			t.Errorf("SkipText(%s) = %d, want %d", in, n, want)
		}
	}
}

// fields reads a record as "column=value" for each field, values as they stand.
func fields(r *Reader, b []byte, i int) (string, int, error) {
	var out []string
	r.Begin(b, i)
	for r.More() {
		c := r.Column()
		v, ok := r.JSONText()
		out = append(out, fmt.Sprintf("%d=%s", c, v))
		_ = ok
	}
	next, err := r.Done()
	return strings.Join(out, " "), next, err
}

func TestFields(t *testing.T) {
	r := new(Reader)
	r.Init([]string{"a", "b", "Long Name"})
	for range 2 { // the second time around the order is learned
		for _, c := range []struct{ in, want string }{
			{`{"a":1,"b":"x"}`, `0=1 1="x"`},
			{`{"b":1,"a":2}`, `1=1 0=2`},
			{` { "a" : 1 , "b" : [ 1 , 2 ] } ` + "\r", `0=1 1=[ 1 , 2 ]`},
			{`{}`, ``},
			{`{"A":1,"LONG name":true,"z":null}`, `0=1 2=true -1=`},
			{`{"A":1,"a":2}`, `0=1 0=2`},
			{`{"a":2,"A":1}`, `0=2 -1=1`},
			{`{"a":1,"a":2}`, `0=1 0=2`},
			{`{"\u0061":1}`, `0=1`},
			{`{"a":{"b":[{},[],{"c":"}"}]}}`, `0={"b":[{},[],{"c":"}"}]}`},
			{"\ufeff{\"a\":1}", `0=1`},
		} {
			got, next, err := fields(r, pad(c.in+"\nrest"), 0)
			if got != c.want || err != nil || next != len(c.in)+1 {
				t.Errorf("%s: %s, next %d, %v; want %s", c.in, got, next, err, c.want)
			}
		}
	}
}

func TestMalformed(t *testing.T) {
	r := new(Reader)
	r.Init([]string{"a", "b"})
	for _, c := range []struct{ in, want string }{
		{``, `invalid JSON at byte 0: expected an object, the line ends`},
		{`[1]`, `invalid JSON at byte 0: expected an object, found '['`},
		{`{`, `invalid JSON at byte 1: expected a key, the line ends`},
		{`{"a"`, `invalid JSON at byte 4: expected a colon, the line ends`},
		{`{"a":`, `invalid JSON at byte 5: expected a value, the line ends`},
		{`{"a":1`, `invalid JSON at byte 6: expected a comma or the end of the object, the line ends`},
		{`{"a":1,`, `invalid JSON at byte 7: expected a key, the line ends`},
		{`{"a":1,}`, `invalid JSON at byte 7: expected a key, found '}'`},
		{`{,"a":1}`, `invalid JSON at byte 1: expected a key, found ','`},
		{`{"a":1 "b":2}`, `invalid JSON at byte 7: expected a comma or the end of the object, found '"'`},
		{`{"a":01}`, `invalid JSON at byte 6: expected a comma or the end of the object, found '1'`},
		{`{"a":1.}`, `invalid JSON at byte 7: expected a digit, found '}'`},
		{`{"a":-}`, `invalid JSON at byte 6: expected a digit, found '}'`},
		{`{"a":1e}`, `invalid JSON at byte 7: expected a digit, found '}'`},
		{`{"a":nul}`, `invalid JSON at byte 5: expected null, found 'n'`},
		{`{"a":"x}`, `invalid JSON at byte 8: expected a string to end, and no control characters in it, the line ends`},
		{`{"a":"\x"}`, `invalid JSON at byte 6: expected an escape that JSON has, found '\\'`},
		{`{"a":"\u12"}`, `invalid JSON at byte 6: expected an escape that JSON has, found '\\'`},
		{"{\"a\":\"\x00\"}", `invalid JSON at byte 6: expected a string to end, and no control characters in it, found '\x00'`},
		{"{\"a\":\"x\xff\"}", `invalid JSON at byte 6: expected valid UTF-8 in this string, found 'x'`},
		{`{"a":[1,]}`, `invalid JSON at byte 8: expected a value, found ']'`},
		{`{"a":[1 2]}`, `invalid JSON at byte 8: expected a comma or the end of the array, found '2'`},
		{`{"a":{"b":1]}`, `invalid JSON at byte 11: expected a comma or the end of the object, found ']'`},
		{`{"a":1}x`, `invalid JSON at byte 7: expected the end of the line, found 'x'`},
		{`{"a":1}}`, `invalid JSON at byte 7: expected the end of the line, found '}'`},
		{"\x00\x01", `invalid JSON at byte 0: expected an object, found '\x00'`},
		{"{\"a\":\xfe}", `invalid JSON at byte 5: expected a value, found byte 0xfe`},
		{`{"a":` + strings.Repeat("[", 2000), `invalid JSON at byte 1029: expected a value that is not nested so deep, found '['`},
	} {
		_, next, err := fields(r, pad("..."+c.in+"\nrest"), 3)
		if err == nil || err.Error() != c.want || next != 3+len(c.in)+1 {
			t.Errorf("%s: next %d, %v; want %s", c.in, next, err, c.want)
		}
		if _, next, err := fields(r, pad(c.in), 0); err == nil || next != len(c.in) {
			t.Errorf("%s at the end: next %d, %v", c.in, next, err)
		}
	}
}

func TestValues(t *testing.T) {
	r := new(Reader)
	r.Init([]string{"v"})
	read := func(in string, get func() (any, bool)) (any, bool, error) {
		t.Helper()
		r.Begin(pad(`{"v":`+in+"}\n"), 0)
		if !r.More() || r.Column() != 0 {
			t.Fatalf("%s: no value", in)
		}
		v, ok := get()
		next, err := r.Done()
		if next != len(in)+7 {
			t.Errorf("%s: next %d", in, next)
		}
		return v, ok, err
	}
	check := func(in string, want any, get func() (any, bool)) {
		t.Helper()
		v, ok, err := read(in, get)
		if want == nil && !ok && err == nil {
			return
		}
		if !ok || err != nil || v != want {
			t.Errorf("%s = %v, %v, %v, want %v", in, v, ok, err, want)
		}
	}
	fails := func(in, want string, get func() (any, bool)) {
		t.Helper()
		if v, ok, err := read(in, get); ok || err == nil || err.Error() != want {
			t.Errorf("%s = %v, %v, want %s", in, v, err, want)
		}
	}
	i64 := func() (any, bool) { return r.Int64() }
	check("12", int64(12), i64)
	check("-9223372036854775808", int64(math.MinInt64), i64)
	check("null", nil, i64)
	fails("12.0", `column "v": 12.0 is not BIGINT`, i64)
	fails("9223372036854775808", `column "v": 9223372036854775808 is not BIGINT`, i64)
	fails(`"12"`, `column "v": "12" is not BIGINT`, i64)
	fails(`{"a":[]}`, `column "v": {"a":[]} is not BIGINT`, i64)
	fails("x", `invalid JSON at byte 5: expected a value, found 'x'`, i64)
	i32 := func() (any, bool) { return r.Int32() }
	check("-7", int32(-7), i32)
	fails("2147483648", `column "v": 2147483648 is not INT`, i32)
	f64 := func() (any, bool) { return r.Float64() }
	check("1.5e3", 1500.0, f64)
	check("12", 12.0, f64)
	fails("1e999", `column "v": 1e999 is not DOUBLE`, f64)
	f32 := func() (any, bool) { return r.Float32() }
	check("0.1", float32(0.1), f32)
	dec := func() (any, bool) { return r.Dec64(12, 2) }
	check("123.4", int64(12340), dec)
	check(`"123.45"`, int64(12345), dec)
	check("1e2", int64(10000), dec)
	check("null", nil, dec)
	fails("1.234", `column "v": "1.234" is not DECIMAL(12,2)`, dec)
	fails("true", `column "v": true is not DECIMAL(12,2)`, dec)
	wide := func() (any, bool) { v, ok := r.Dec128(38, 0); return v.Hi, ok }
	check("18446744073709551616", int64(1), wide)
	boolean := func() (any, bool) { return r.Bool() }
	check("true", true, boolean)
	check("false", false, boolean)
	check("null", nil, boolean)
	fails("1", `column "v": 1 is not BOOLEAN`, boolean)
	text := func() (any, bool) { return r.Text() }
	check(`"plain"`, "plain", text)
	check(`""`, "", text)
	check(`"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é"`, "\"\\/\b\f\n\r\té😀é", text)
	check(`"\ud83d\u0041\udc00"`, "\ufffdA\ufffd", text)
	check("null", nil, text)
	fails("5", `column "v": 5 is not STRING`, text)
	raw := func() (any, bool) { v, ok := r.Bytes(); return string(v), ok }
	check(`"aGk="`, "hi", raw)
	fails(`"?"`, `column "v": "?" is not BYTES in base64`, raw)
	date := func() (any, bool) { return r.Date() }
	check(`"1970-02-01"`, int32(31), date)
	fails(`"x"`, `column "v": "x" is not DATE`, date)
	clock := func() (any, bool) { return r.Time() }
	check(`"00:01"`, int64(60_000_000), clock)
	stamp := func() (any, bool) { return r.Timestamp() }
	check(`"2026-01-01T00:00:00.123Z"`, int64(1767225600_123000), stamp)
	check("1767225600123", int64(1767225600_123000), stamp)
	check("null", nil, stamp)
	fails(`"x"`, `column "v": "x" is not TIMESTAMP`, stamp)
	fails("1.5", `column "v": 1.5 is not TIMESTAMP`, stamp)
	loose := func() (any, bool) { r.SkipLoose(); return nil, true }
	for _, in := range []string{"1", `"a\"b"`, `{"x":[1,"}"]}`, "[[],[{}]]", "true", "01"} {
		check(in, any(nil), func() (any, bool) { loose(); return nil, false })
	}
}

func TestMissing(t *testing.T) {
	r := new(Reader)
	r.Init([]string{"a", "b", "c"})
	if _, _, err := fields(r, pad("{\"b\":null,\"x\":1}\n"), 0); err != nil {
		t.Fatal(err)
	}
	if !r.Missing(0) || r.Missing(1) || !r.Missing(2) {
		t.Errorf("missing: %v %v %v", r.Missing(0), r.Missing(1), r.Missing(2))
	}
}

func TestAppend(t *testing.T) {
	for in, want := range map[string]string{
		"":                       `""`,
		"abc":                    `"abc"`,
		"a long and plain text.": `"a long and plain text."`,
		"a\"b\\c\n\r\t\b\f":      `"a\"b\\c\n\r\t\b\f"`,
		"\x00\x1f":               `"\u0000\u001f"`,
		"é日本語<>&/\u2028":         "\"é日本語<>&/\u2028\"",
		"a\xffb":                 "\"a\ufffdb\"",
	} {
		if got := string(AppendString(nil, in)); got != want {
			t.Errorf("AppendString(%q) = %s, want %s", in, got, want)
		}
	}
	for in, want := range map[float64]string{
		0: "0", 1: "1", -12: "-12", 0.1: "0.1", 1e21: "1e+21", 1e20: "100000000000000000000", 1e-7: "1e-07", 123.456: "123.456",
		math.Inf(1): "null", math.Inf(-1): "null", math.Copysign(0, -1): "-0",
	} {
		if got := string(AppendFloat(nil, in)); got != want {
			t.Errorf("AppendFloat(%v) = %s, want %s", in, got, want)
		}
	}
	if got := string(AppendFloat(nil, math.NaN())); got != "null" {
		t.Errorf("NaN is %s", got)
	}
	if got := string(AppendFloat32(nil, 0.1)); got != "0.1" {
		t.Errorf("float32 0.1 is %s", got)
	}
}
