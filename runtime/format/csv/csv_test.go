package csv

import (
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
		{"abc,", "abc", true},
		{"abc\n", "abc", true},
		{"abcdefgh,", "abcdefgh", true},
		{"New York\tis big, so", "New York\tis big", true},
		{"a\x00b,", "a\x00b", true},
		{"São Paulo,", "São Paulo", true},
		{"日本語日本語日本語\n", "日本語日本語日本語", true},
		{"", "", false},
		{",", "", false},
		{"\n", "", false},
		{"a\"b,", "", false},
		{"\"ab\",", "", false},
		{"ab\r\n", "", false},
		{"a\xffb,", "", false},
		{"S\xc3\n", "", false},
	} {
		s, next := Text(pad(c.in+"\n"), 0, ',')
		if ok := next >= 0; ok != c.ok || s != c.want || ok && next != len(c.want) {
			t.Errorf("Text(%q) = %q, %d", c.in, s, next)
		}
		if n := Skip(pad(c.in+"\n"), 0, ','); n != next {
			t.Errorf("Skip(%q) = %d, Text ends at %d", c.in, n, next)
		}
	}
	for _, d := range []byte(",;\t|") {
		if s, n := Text(pad("abc"+string(d)+"x\n"), 0, d); s != "abc" || n != 3 {
			t.Errorf("delimiter %q: %q, %d", d, s, n)
		}
	}
}

func reader(t *testing.T, header string, o Options) *Reader {
	t.Helper()
	r := new(Reader)
	if o.Quote == 0 {
		o.Quote = '"'
	}
	r.Init(o)
	if header != "" {
		o.Header = true
		r.Init(o)
		if err := r.Bind([]byte(header)); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func TestRecord(t *testing.T) {
	for _, c := range []struct {
		in   string
		want string // fields joined by '|', or the error
		next int
	}{
		{"a,b,c\nd", "a|b|c", 6},
		{"a,b,c\r\nd", "a|b|c", 7},
		{"a,b,c", "a|b|c", 5},
		{",,\n", "||", 3},
		{"\"a,b\",\"c\nd\",\"e\"\"f\"\nx", "a,b|c\nd|e\"f", 19},
		{"\"a\",\"\",\"c\"\r\n", "a||c", 12},
		{"a,b\nx", "error: the record has 2 fields, not 3", 4},
		{"a,b,c,d\nx", "error: the record has 4 fields, not 3", 8},
		{"\nx", "error: empty line", 1},
		{"\r\nx", "error: empty line", 2},
		{"a,\"b,c\nd,e,f\n", "error: field 2 has a quote that is not closed", 7},
		{"a,\"b\"x,c\nd", "error: field 2 has text behind its closing quote", 9},
		{"a,b\"x,c\nd", "error: field 2 has a quote in the middle", 8},
		{"a,b,c\rd\n", "a|b|c\rd", 8},
	} {
		r := reader(t, "", Options{Columns: []string{"a", "b", "c"}})
		next, err := r.Record(pad(c.in), 0)
		got := ""
		if err != nil {
			got = "error: " + err.Error()
		} else {
			got = r.Raw(0) + "|" + r.Raw(1) + "|" + r.Raw(2)
		}
		if got != c.want || next != c.next {
			t.Errorf("%q: %s, next %d; want %s, next %d", c.in, got, next, c.want, c.next)
		}
	}
}

func TestBind(t *testing.T) {
	columns := []string{"id", "Name"}
	for _, c := range []struct {
		header   string
		straight bool
		err      string
	}{
		{"id,Name", true, ""},
		{"id,name\r", true, ""},
		{"\ufeffid,name", true, ""},
		{"\"id\", Name ", true, ""},
		{"name,id", false, ""},
		{"id,name,extra", false, ""},
		{"ID,id,Name", false, ""},
		{",,id,Name", false, ""},
		{"id,", false, `column "Name" is not in the file (its columns are id, col_2)`},
		{"id", false, `column "Name" is not in the file (its columns are id)`},
		{"id,NAME,name", false, `column "Name" is in the file twice (its columns are id, NAME, name)`},
		{"id,id,Name", false, `column "id" is in the file twice (its columns are id, id, Name)`},
	} {
		r := new(Reader)
		r.Init(Options{Columns: columns, Quote: '"', Header: true})
		err := r.Bind([]byte(c.header))
		if err != nil || c.err != "" {
			if err == nil || err.Error() != c.err {
				t.Errorf("%q: %v, want %s", c.header, err, c.err)
			}
			continue
		}
		if r.Straight() != c.straight {
			t.Errorf("%q: Straight() = %v", c.header, r.Straight())
		}
	}
	r := reader(t, "x,Name,id", Options{Columns: columns})
	if _, err := r.Record(pad("1,2,3\n"), 0); err != nil || r.Raw(0) != "3" || r.Raw(1) != "2" {
		t.Errorf("reordered: %v, %q, %q", err, r.Raw(0), r.Raw(1))
	}
	for _, o := range []Options{{Delim: '.'}, {Delim: 'x'}, {Quote: '\''}, {Null: "NULL"}} {
		o.Columns = columns
		if reader(t, "", o).Straight() {
			t.Errorf("%+v is straight", o)
		}
	}
}

func TestValues(t *testing.T) {
	r := reader(t, "", Options{Columns: []string{"v"}, Null: "-"})
	record := func(s string) {
		t.Helper()
		if next, err := r.Record(pad(s+"\n"), 0); err != nil || next != len(s)+1 {
			t.Fatalf("%q: %d, %v", s, next, err)
		}
	}
	check := func(name, in string, want any, get func() (any, bool)) {
		t.Helper()
		record(in)
		v, ok := get()
		switch {
		case want == nil:
			if ok || r.Err() != nil {
				t.Errorf("%s %q = %v, %v, want NULL", name, in, v, r.Err())
			}
		case !ok || r.Err() != nil || v != want:
			t.Errorf("%s %q = %v, %v, want %v", name, in, v, r.Err(), want)
		}
	}
	fails := func(in, want string, get func() (any, bool)) {
		t.Helper()
		record(in)
		if _, ok := get(); ok || r.Err() == nil || r.Err().Error() != want {
			t.Errorf("%q: %v, want %s", in, r.Err(), want)
		}
	}
	i64 := func() (any, bool) { v, ok := r.Int64(0); return v, ok }
	check("Int64", "-42", int64(-42), i64)
	check("Int64", " 007 ", int64(7), i64)
	check("Int64", "9223372036854775807", int64(9223372036854775807), i64)
	check("Int64", "\"12\"", int64(12), i64)
	check("Int64", "", nil, i64)
	check("Int64", "-", nil, i64)
	fails("12.0", `column "v": "12.0" is not BIGINT`, i64)
	fails("9223372036854775808", `column "v": "9223372036854775808" is not BIGINT`, i64)
	fails(`""`, `column "v": "" is not BIGINT`, i64)
	fails(`"-"`, `column "v": "-" is not BIGINT`, i64)
	i32 := func() (any, bool) { v, ok := r.Int32(0); return v, ok }
	check("Int32", "5", int32(5), i32)
	fails("2147483648", `column "v": "2147483648" is not INT`, i32)
	f64 := func() (any, bool) { v, ok := r.Float64(0); return v, ok }
	check("Float64", "1e-3", 0.001, f64)
	fails("0x10", `column "v": "0x10" is not DOUBLE`, f64)
	f32 := func() (any, bool) { v, ok := r.Float32(0); return v, ok }
	check("Float32", "0.1", float32(0.1), f32)
	dec := func() (any, bool) { v, ok := r.Dec64(0, 12, 2); return v, ok }
	check("Dec64", "123.4", int64(12340), dec)
	check("Dec64", "-.5", int64(-50), dec)
	check("Dec64", "1.500", int64(150), dec)
	check("Dec64", "1.5e3", int64(150000), dec)
	fails("abc", `column "v": "abc" is not DECIMAL(12,2)`, dec)
	fails("1.234", `column "v": "1.234" is not DECIMAL(12,2)`, dec)
	fails("12345678901.00", `column "v": "12345678901.00" is not DECIMAL(12,2)`, dec)
	wide := func() (any, bool) { v, ok := r.Dec128(0, 38, 10); return v.Hi, ok && v.Lo == ^uint64(0) }
	check("Dec128", "-0.0000000001", int64(-1), wide)
	text := func() (any, bool) { v, ok := r.Text(0); return v, ok }
	check("Text", " a ", " a ", text)
	check("Text", `""`, "", text)
	check("Text", `"-"`, "-", text)
	check("Text", `"a""b"`, `a"b`, text)
	check("Text", "", nil, text)
	fails("\xff", `column "v": "\xff" is not valid UTF-8`, text)
	raw := func() (any, bool) { v, ok := r.Bytes(0); return string(v), ok }
	check("Bytes", "aGk=", "hi", raw)
	fails("???", `column "v": "???" is not BYTES in base64`, raw)
	boolean := func() (any, bool) { v, ok := r.Bool(0); return v, ok }
	for _, s := range strings.Fields("true t 1 yes TRUE Yes") {
		check("Bool", s, true, boolean)
	}
	for _, s := range strings.Fields("false f 0 no") {
		check("Bool", s, false, boolean)
	}
	fails("y", `column "v": "y" is not BOOLEAN`, boolean)
	date := func() (any, bool) { v, ok := r.Date(0); return v, ok }
	check("Date", "1970-02-01", int32(31), date)
	fails("1970-02-30", `column "v": "1970-02-30" is not DATE`, date)
	clock := func() (any, bool) { v, ok := r.Time(0); return v, ok }
	check("Time", "00:01:00.5", int64(60_500_000), clock)
	stamp := func() (any, bool) { v, ok := r.Timestamp(0); return v, ok }
	check("Timestamp", "1767225600123", int64(1767225600_123000), stamp)
	check("Timestamp", "2026-01-01 00:00:00.123", int64(1767225600_123000), stamp)
	check("Timestamp", "2026-01-01T01:00:00.123+01:00", int64(1767225600_123000), stamp)
	fails("now", `column "v": "now" is not TIMESTAMP`, stamp)
}

func TestAppendText(t *testing.T) {
	for in, want := range map[string]string{
		"":       `""`,
		"abc":    "abc",
		"a b":    "a b",
		" a":     `" a"`,
		"a,b":    `"a,b"`,
		"a;b":    "a;b",
		"a\"b\"": `"a""b"""`,
		"\"":     `""""`,
		"a\nb":   "\"a\nb\"",
		"a\rb":   "\"a\rb\"",
	} {
		if got := string(AppendText(nil, in, ',')); got != want {
			t.Errorf("AppendText(%q) = %s, want %s", in, got, want)
		}
	}
}
