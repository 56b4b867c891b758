package sqlfn

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/fault"
)

func TestLike(t *testing.T) {
	tests := []struct {
		s, pattern string
		want, fold bool // fold: the result of ILIKE
	}{
		{"abc", "abc", true, true},
		{"abc", "ABC", false, true},
		{"abc", "a%", true, true},
		{"abc", "%c", true, true},
		{"abc", "%b%", true, true},
		{"abc", "a%c", true, true},
		{"ac", "a%c", true, true},
		{"a", "a%a", false, false},
		{"aa", "a%a", true, true},
		{"abcbc", "a%bc", true, true},
		{"abXbcY", "a%b%Y", true, true},
		{"abc", "_b_", true, true},
		{"né", "n_", true, true},
		{"日本語", "_本%", true, true},
		{"abc", "__", false, false},
		{"", "%", true, true},
		{"", "", true, true},
		{"", "_", false, false},
		{"a%c", `a\%c`, true, true},
		{"abc", `a\%c`, false, false},
		{"a_c", `a\_c`, true, true},
		{`a\c`, `a\\c`, true, true},
		{"ÉCOLE", "é%", false, true},
		{"K", "k", false, true}, // Kelvin sign
		{"ab", "%a_b%", false, false},
		{"xaxb", "%a_b%", true, true},
		{"mississippi", "%iss%ip%i", true, true},
		{"@", "`", false, false},
	}
	for _, c := range tests {
		for _, fold := range []bool{false, true} {
			want := c.want
			if fold {
				want = c.fold
			}
			p := MustLike(c.pattern, `\`, fold)
			if got := p.Match(c.s); got != want {
				t.Errorf("%q LIKE %q (fold %v) = %v", c.s, c.pattern, fold, got)
			}
			if got := Like(c.s, c.pattern, `\`, fold); got != want {
				t.Errorf("Like(%q, %q, fold %v) = %v", c.s, c.pattern, fold, got)
			}
		}
	}
	if !MustLike(`a\%`, "", false).Match(`a\bc`) || !MustLike("a!%", "!", false).Match("a%") || !Like("a%b", "a%%b", "%", false) {
		t.Error("escapes")
	}
	for _, c := range [][2]string{{`a\`, `\`}, {"a", "ab"}} {
		if _, err := NewLike(c[0], c[1], false); err == nil {
			t.Errorf("NewLike(%q, %q) accepts", c[0], c[1])
		}
	}
	if Like("a", `a\`, `\`, false) {
		t.Error("a bad pattern matches")
	}
}

func FuzzLike(f *testing.F) {
	for _, c := range [][2]string{{"abc", "a%c"}, {"né", "_é"}, {`a%`, `a\%`}, {"mississippi", "%s_s%"}} {
		f.Add(c[0], c[1])
	}
	f.Fuzz(func(t *testing.T, s, pattern string) {
		if !utf8.ValidString(s) || !utf8.ValidString(pattern) {
			return
		}
		p, err := NewLike(pattern, `\`, false)
		if err != nil {
			return
		}
		var re strings.Builder
		re.WriteString(`(?s)\A`)
		escaped := false
		for _, r := range pattern {
			switch {
			case escaped:
				re.WriteString(regexp.QuoteMeta(string(r)))
				escaped = false
			case r == '\\':
				escaped = true
			case r == '%':
				re.WriteString(".*")
			case r == '_':
				re.WriteString(".")
			default:
				re.WriteString(regexp.QuoteMeta(string(r)))
			}
		}
		want := regexp.MustCompile(re.String() + `\z`).MatchString(s)
		if got := p.Match(s); got != want {
			t.Fatalf("%q LIKE %q = %v", s, pattern, got)
		}
		if got := Like(s, pattern, `\`, false); got != want {
			t.Fatalf("Like(%q, %q) = %v", s, pattern, got)
		}
	})
}

func TestRegexp(t *testing.T) {
	var f fault.Fault
	if !RegexpLike(&f, "order-12", `\d+`) || RegexpLike(&f, "order", `\d+`) {
		t.Error("RegexpLike")
	}
	for _, c := range []struct{ s, pattern, with, want string }{
		{"a1b22", `\d+`, "#", "a#b#"},
		{"john smith", `(\w+) (\w+)`, `\2 $1`, "smith john"},
		{"abc", "b", `[\&\0$0]`, "a[bbb]c"},
		{"abc", "b", `\$1$x\`, `a$1$x\c`},
		{"abc", "b(x)?", `<\1\9>`, "a<>c"},
		{"abc", "z", "-", "abc"},
		{"abc", "", "-", "-a-b-c-"},
	} {
		if got := RegexpReplace(&f, c.s, c.pattern, c.with); got != c.want {
			t.Errorf("RegexpReplace(%q, %q, %q) = %q, want %q", c.s, c.pattern, c.with, got, c.want)
		}
	}
	for _, c := range []struct {
		s, pattern string
		group      int32
		want       string
		ok         bool
	}{
		{"id=42;", `id=(\d+)`, 0, "id=42", true},
		{"id=42;", `id=(\d+)`, 1, "42", true},
		{"id=42;", `id=(\d+)`, 2, "", false},
		{"id=42;", `id=(\d+)`, -1, "", false},
		{"none", `id=(\d+)`, 1, "", false},
		{"ac", `a(b)?c`, 1, "", false},
	} {
		if got, ok := RegexpExtractGroup(&f, c.s, c.pattern, c.group); got != c.want || ok != c.ok {
			t.Errorf("RegexpExtractGroup(%q, %q, %d) = %q, %v", c.s, c.pattern, c.group, got, ok)
		}
	}
	if got, ok := RegexpExtract(&f, "x12", `\d`); got != "1" || !ok {
		t.Errorf("RegexpExtract = %q", got)
	}
	if got := RegexpCount(&f, "a1b2c3", `\d`); got != 3 {
		t.Errorf("RegexpCount = %d", got)
	}
	if f.Failed() {
		t.Fatal(f.Take())
	}
	for name, call := range map[string]func(){
		"like":    func() { RegexpLike(&f, "a", "(") },
		"replace": func() { RegexpReplace(&f, "a", "(", "") },
		"extract": func() { RegexpExtract(&f, "a", "(") },
		"count":   func() { RegexpCount(&f, "a", "(") },
	} {
		if call(); f.Take() == "" {
			t.Errorf("%s of a bad pattern does not fail", name)
		}
	}
}

func TestText(t *testing.T) {
	var f fault.Fault
	tests := []struct{ what, got, want string }{
		{"trim", Trim("  a b "), "a b"},
		{"trim tab", Trim("\ta "), "\ta"},
		{"ltrim", TrimLeft("  a "), "a "},
		{"rtrim", TrimRight("  a "), "  a"},
		{"substring", Substring("héllo", 2), "éllo"},
		{"substring 0", Substring("héllo", 0), "héllo"},
		{"substring from end", Substring("héllo", -2), "lo"},
		{"substring far from end", Substring("héllo", -9), "héllo"},
		{"substring behind", Substring("héllo", 9), ""},
		{"substring for", SubstringFor(&f, "héllo", 2, 2), "él"},
		{"substring for from end", SubstringFor(&f, "héllo", -4, 2), "él"},
		{"substring for long", SubstringFor(&f, "héllo", 5, 2147483647), "o"},
		{"left", Left("héllo", 2), "hé"},
		{"left all but", Left("héllo", -4), "h"},
		{"right", Right("héllo", 4), "éllo"},
		{"right all but", Right("héllo", -1), "éllo"},
		{"replace", Replace("aXbX", "X", "--"), "a--b--"},
		{"replace nothing", Replace("ab", "", "-"), "ab"},
		{"concat", Concat("a", "", "b"), "ab"},
		{"concat one", Concat("", "b", ""), "b"},
		{"concat none", Concat(), ""},
		{"concat_ws", ConcatWS(", ", "a", "b"), "a, b"},
		{"lpad", PadLeft(&f, "7", 3, "0"), "007"},
		{"lpad pattern", PadLeft(&f, "x", 6, "éb"), "ébébéx"},
		{"lpad cut", PadLeft(&f, "héllo", 2, "0"), "hé"},
		{"lpad no fill", PadLeft(&f, "a", 3, ""), "a"},
		{"lpad negative", PadLeft(&f, "a", -3, "x"), ""},
		{"rpad", PadRight(&f, "a", 4, "xy"), "axyx"},
		{"rpad blank", PadRightBlank(&f, "a", 3), "a  "},
		{"lpad blank", PadLeftBlank(&f, "a", 3), "  a"},
		{"repeat", Repeat(&f, "ab", 3), "ababab"},
		{"repeat once", Repeat(&f, "ab", 1), "ab"},
		{"repeat negative", Repeat(&f, "ab", -1), ""},
		{"reverse", Reverse("héllo"), "olléh"},
		{"split", SplitPart(&f, "a,b,c", ",", 2), "b"},
		{"split first", SplitPart(&f, "a,b,c", ",", 1), "a"},
		{"split last", SplitPart(&f, "a,b,c", ",", -1), "c"},
		{"split from end", SplitPart(&f, "a,b,c", ",", -3), "a"},
		{"split too far", SplitPart(&f, "a,b,c", ",", 4), ""},
		{"split too far back", SplitPart(&f, "a,b,c", ",", -4), ""},
		{"split without", SplitPart(&f, "abc", ",", -1), "abc"},
		{"split by nothing", SplitPart(&f, "abc", "", 1), "abc"},
		{"split by nothing 2", SplitPart(&f, "abc", "", 2), ""},
		{"initcap", InitCap("hELLO wörld-x 3rd"), "Hello Wörld-X 3rd"},
		{"chr", Chr(&f, 233), "é"},
		{"translate", Translate("12345", "143", "ax"), "a2x5"},
		{"translate none", Translate("abc", "x", "y"), "abc"},
		{"translate wide", Translate("aéb", "éa", "eА"), "Аeb"},
	}
	for _, c := range tests {
		if c.got != c.want {
			t.Errorf("%s = %q, want %q", c.what, c.got, c.want)
		}
	}
	if f.Failed() {
		t.Fatal(f.Take())
	}
	for _, c := range []struct {
		what      string
		got, want int32
	}{
		{"length", Length("héllo"), 5},
		{"octets", OctetLength("héllo"), 6},
		{"position", Position("l", "héllo"), 3},
		{"instr", Instr("héllo", "z"), 0},
		{"ascii", ASCII("é"), 233},
		{"ascii empty", ASCII(""), 0},
	} {
		if c.got != c.want {
			t.Errorf("%s = %d, want %d", c.what, c.got, c.want)
		}
	}
	for name, call := range map[string]func(){
		"substring": func() { SubstringFor(&f, "a", 1, -1) },
		"lpad":      func() { PadLeft(&f, "a", 2147483647, "x") },
		"rpad":      func() { PadRight(&f, "a", 2147483647, "x") },
		"repeat":    func() { Repeat(&f, "ab", 2147483647) },
		"split":     func() { SplitPart(&f, "a", ",", 0) },
		"chr":       func() { Chr(&f, -1) },
		"chr half":  func() { Chr(&f, 0xd800) },
	} {
		if call(); f.Take() == "" {
			t.Errorf("%s does not fail", name)
		}
	}
}

// sink keeps results from being optimised away.
var sink string

func TestTextDoesNotAllocate(t *testing.T) {
	var f fault.Fault
	like, fold := MustLike("a%b%_c", `\`, false), MustLike("a%É", `\`, true)
	re := MustRegexp(`\d+`)
	s := "a long text with 42 and é"
	if n := testing.AllocsPerRun(100, func() {
		like.Match(s)
		fold.Match(s)
		Like(s, "%with%", `\`, false)
		re.Like(&f, s)
		re.Extract(&f, s)
		sink = Substring(s, -3)
		sink = Left(s, 3)
		sink = SplitPart(&f, s, " ", -2)
		sink = Replace(s, "zzz", "y")
		sink = Translate(s, "ZY", "")
		sink = PadLeft(&f, s, 4, "0")
		sink = Trim(s)
		sink = Concat("", s)
		Position("42", s)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
