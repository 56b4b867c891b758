package sqlfn

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/fault"
)

func TestSearch(t *testing.T) {
	var f fault.Fault
	for _, c := range []struct {
		what      string
		got, want int32
	}{
		{"from", InstrFrom("héllo", "l", 4), 4},
		{"from behind", InstrFrom("hello", "l", 5), 0},
		{"from 0", InstrFrom("hello", "l", 0), 0},
		{"too far", InstrFrom("hello", "l", 9), 0},
		{"from the end", InstrFrom("CORPORATE FLOOR", "OR", -3), 5},
		{"from the end, twice", InstrNth(&f, "CORPORATE FLOOR", "OR", -3, 2), 2},
		{"third", InstrNth(&f, "CORPORATE FLOOR", "OR", 1, 3), 14},
		{"fourth", InstrNth(&f, "CORPORATE FLOOR", "OR", 1, 4), 0},
		{"too far from the end", InstrFrom("ab", "a", -3), 0},
		{"overlapping", InstrNth(&f, "aaa", "aa", 1, 2), 2},
		{"wide from the end", InstrFrom("aéa", "é", -1), 2},
		{"locate", LocateFrom("l", "hello", 4), 4},
		{"locate negative", LocateFrom("l", "hello", -4), 0},
		{"distance", Levenshtein("kitten", "sitting"), 3},
		{"distance of nothing", Levenshtein("", "abc"), 3},
		{"distance to nothing", Levenshtein("abc", ""), 3},
		{"distance, wide", Levenshtein("é", "e"), 1},
		{"distance, long", Levenshtein(strings.Repeat("a", 200), strings.Repeat("a", 190)+"b"), 10},
		{"bits", BitLength("é"), 16},
		{"regexp", MustRegexp("[0-9]").Position(&f, "é1"), 2},
	} {
		if c.got != c.want {
			t.Errorf("%s = %d, want %d", c.what, c.got, c.want)
		}
	}
	for _, c := range []struct{ what, got, want string }{
		{"overlay", OverlayFor(&f, "Txxxxas", "hom", 2, 4), "Thomas"},
		{"overlay at the end", Overlay(&f, "abc", "xyz", 3), "abxyz"},
		{"overlay behind", Overlay(&f, "abc", "x", 9), "abcx"},
		{"overlay in", OverlayFor(&f, "abc", "x", 2, 0), "axbc"},
		{"space", Space(&f, 2), "  "},
		{"trim", TrimControls(" \t a \n"), "a"},
		{"soundex", Soundex("Tymczak"), "T522"},
		{"soundex 2", Soundex("Pfister"), "P236"},
		{"soundex 3", Soundex("Ashcraft"), "A261"},
		{"soundex of none", Soundex("12"), ""},
		{"format", Format(&f, "%s-%s-%1$s-%s", "a", "b"), "a-b-a-b"},
		{"format width", Format(&f, "[%-4s][%4s]", "é", "é"), "[é   ][   é]"},
		{"format name", Format(&f, "%I %I", "abc", `A"b`), `abc "A""b"`},
		{"format %", Format(&f, "100%%"), "100%"},
		{"first", MustRegexp("b").ReplaceFirst(&f, "abb", `[\0]`), "a[b]b"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %q, want %q", c.what, c.got, c.want)
		}
	}
	if f.Failed() {
		t.Fatal(f.Take())
	}
	for name, call := range map[string]func(){
		"nth":            func() { InstrNth(&f, "a", "a", 1, 0) },
		"overlay":        func() { Overlay(&f, "a", "a", 0) },
		"overlay length": func() { OverlayFor(&f, "a", "a", 1, -1) },
		"format verb":    func() { Format(&f, "%d", "a") },
		"format end":     func() { Format(&f, "%", "a") },
		"format values":  func() { Format(&f, "%s %s", "a") },
		"format width":   func() { Format(&f, "%999999999s", "a") },
		"space":          func() { Space(&f, 1<<30) },
	} {
		if call(); f.Take() == "" {
			t.Errorf("%s does not fail", name)
		}
	}
}

func TestMask(t *testing.T) {
	var f fault.Fault
	for _, c := range []struct{ got, want string }{
		{Mask("AbÉé-1 "), "XxXx-n-"},
		{MaskWith("Ab-1", "", "y", "", "."), "Ay.1"},
		{MaskLeft(&f, "Ébc", 1), "Xbc"},
		{MaskLeft(&f, "ab", 9), "xx"},
		{MaskRight(&f, "abÉ", 1), "abX"},
		{MaskKeepLeft(&f, "Ébc", 1), "Éxx"},
		{MaskKeepRight(&f, "abÉ", 1), "xxÉ"},
		{MaskKeepRightWith(&f, "abÉ", 0, "#", "*", "", ""), "**#"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if MaskLeft(&f, "a", -1); f.Take() == "" {
		t.Error("a negative number is taken")
	}
}

func TestEncodings(t *testing.T) {
	var f fault.Fault
	for _, c := range []struct{ got, want string }{
		{Encode(&f, "Ελλ", "ascii", "hex"), "3f3f3f"},
		{Encode(&f, "X'4578'", "HEX", "utf8"), "Ex"},
		{Encode(&f, "0x4578", "hex", "base64"), "RXg="},
		{HexInt64(-1), "FFFFFFFFFFFFFFFF"},
		{HexInt64(0), "0"},
		{HexInt64(0x1A0), "1A0"},
		{ToHex(-1), "ffffffffffffffff"},
		{Bin(5), "101"},
		{UUIDOf(&f, []byte("0123456789abcdef")), "30313233-3435-3637-3839-616263646566"},
		{string(BytesSubstring([]byte("abc"), -2)), "bc"},
		{string(BytesSubstringFor(&f, []byte("abc"), 2, 9)), "bc"},
		{string(BytesSubstring([]byte("abc"), 9)), ""},
		{string(BytesPadLeft(&f, []byte("a"), 4, []byte("xy"))), "xyxa"},
		{string(BytesPadRight(&f, []byte("a"), 4, []byte("xy"))), "axyx"},
		{string(BytesConcat(nil, []byte("a"), nil)), "a"},
		{string(BytesConcat([]byte("a"), []byte("b"))), "ab"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if x := IntFromBytesIn(&f, []byte{2, 1, 0, 0}, "little_endian"); x != 258 {
		t.Errorf("little endian gives %d", x)
	}
	if f.Failed() {
		t.Fatal(f.Take())
	}
	for name, call := range map[string]func(){
		"hex":      func() { FromHex(&f, "0g") },
		"base64":   func() { FromBase64(&f, "a") },
		"name":     func() { Encode(&f, "a", "hex", "zip") },
		"utf8":     func() { FromBytes(&f, []byte{0xff}, "utf8") },
		"size":     func() { BigintFromBytes(&f, []byte{1}) },
		"order":    func() { IntFromBytesIn(&f, []byte{1, 2, 3, 4}, "middle") },
		"uuid":     func() { UUIDOf(&f, nil) },
		"bytes":    func() { BytesPadLeft(&f, nil, 1<<30, []byte("x")) },
		"negative": func() { BytesSubstringFor(&f, nil, 1, -1) },
	} {
		if call(); f.Take() == "" {
			t.Errorf("%s does not fail", name)
		}
	}
	if _, ok := PadLeftOrNull(&f, "a", -1, "x"); ok {
		t.Error("a negative length gives a text")
	}
	for _, text := range []string{`\u004b`, `\u22909`} {
		if s, ok := ChrOfText(text); ok == (s == "") {
			t.Errorf("%s is %q", text, s)
		}
	}
}

func TestURL(t *testing.T) {
	part := func(of func(string) (string, bool), s string) string {
		v, ok := of(s)
		if !ok {
			return "-"
		}
		return v
	}
	for _, c := range []struct{ url, scheme, host, path, query, fragment string }{
		{"http://www.test.com?query#fragment", "http", "www.test.com", "", "query", "fragment"},
		{"http://test@host.io:8080/nested/path?q=2&x", "http", "host.io", "/nested/path", "q=2&x", "-"},
		{"www.host.io", "-", "-", "www.host.io", "-", "-"},
		{"http://[::1]:80/", "http", "[::1]", "/", "-", "-"},
		{"http://[::1]/", "http", "[::1]", "/", "-", "-"},
		{"mailto:a@b.c", "mailto", "-", "a@b.c", "-", "-"},
		{"/a%20b?#", "-", "-", "/a b", "", ""},
		{"a b", "-", "-", "-", "-", "-"},
		{"a%2", "-", "-", "-", "-", "-"},
		{"", "-", "-", "", "-", "-"},
	} {
		got := []string{part(URLProtocol, c.url), part(URLHost, c.url), part(URLPath, c.url), part(URLQuery, c.url), part(URLFragment, c.url)}
		want := []string{c.scheme, c.host, c.path, c.query, c.fragment}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s is %q, want %q", c.url, got, want)
		}
	}
	if p, ok := URLPort("http://h:8080/"); !ok || p != 8080 {
		t.Error("port", p)
	}
	if _, ok := URLPort("http://h:80x/"); ok {
		t.Error("a port that is no number")
	}
	for name, want := range map[string]string{"a": "1", "b c": "d&e", "none": "-", "flag": ""} {
		got, ok := URLParameter("http://h/?a=1&b%20c=d%26e&flag", name)
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("parameter %s is %q, want %q", name, got, want)
		}
	}
	var f fault.Fault
	for _, s := range []string{"", "plain", "a b&c=é?%+"} {
		if got := URLDecode(&f, URLEncode(s)); got != s || f.Failed() {
			t.Errorf("%q comes back as %q", s, got)
		}
	}
	if URLDecode(&f, "%4"); f.Take() == "" {
		t.Error("half an escape is decoded")
	}
}

func TestBytesDoNotAllocate(t *testing.T) {
	var f fault.Fault
	b := []byte("some bytes")
	if n := testing.AllocsPerRun(100, func() {
		BytesSubstringFor(&f, b, 2, 3)
		BytesConcat(nil, b)
		ToUTF8("abc")
		Levenshtein("kitten", "sitting")
		InstrNth(&f, "a-b-c", "-", 1, 2)
		URLHost("http://host.io:80/a?b=c#d")
		URLParameter("http://host.io:80/a?b=c#d", "b")
		IntFromBytesIn(&f, b[:4], "LITTLE_ENDIAN")
		sink = URLEncode("plain")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if !bytes.Equal(ToUTF8("abc"), []byte("abc")) {
		t.Error("other bytes")
	}
}

func FuzzURL(f *testing.F) {
	for _, s := range []string{"http://a@b:80/c%20d?e=f&g#h", "//[::1]:9", "a:b", "%zz", "?a=b+c%26&&=", "é://ü"} {
		f.Add(s, "a")
	}
	f.Fuzz(func(t *testing.T, s, name string) {
		var fail fault.Fault
		for _, part := range []func(string) (string, bool){URLProtocol, URLHost, URLPath, URLQuery, URLFragment} {
			if v, ok := part(s); !ok && v != "" {
				t.Errorf("%q without a part has %q", s, v)
			}
		}
		URLPort(s)
		URLParameter(s, name)
		if utf8.ValidString(s) {
			if got := URLDecode(&fail, URLEncode(s)); got != s || fail.Failed() {
				t.Errorf("%q comes back as %q", s, got)
			}
		}
		if h := Hex(s); string(FromHex(&fail, h)) != s || fail.Failed() {
			t.Errorf("%q as hex is %s", s, h)
		}
		if n := Levenshtein(s, name); n != Levenshtein(name, s) || n < 0 {
			t.Errorf("%q and %q are %d apart", s, name, n)
		}
		if InstrFrom(s, name, 1) != Instr(s, name) && s != "" {
			t.Errorf("%q in %q", name, s)
		}
		InstrFrom(s, name, -1)
		Format(&fail, s, name)
	})
}
