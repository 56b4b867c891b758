package parser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/velocsql/veloc/parser/source"
)

// tokensOf writes tokens as kind:text.
func tokensOf(s *scanner) string {
	names := map[string]string{}
	for name, kind := range (sqlLexer{}).Symbols() {
		names[fmt.Sprint(kind)] = name
	}
	var out []string
	for _, t := range s.toks {
		out = append(out, names[fmt.Sprint(t.Type)]+":"+t.Value)
	}
	return strings.Join(out, " ")
}

func TestLexer(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"select a FROM t", "Keyword:select Ident:a Keyword:FROM Ident:t"},
		{"end key Größe _x1", "Ident:end Ident:key Ident:Größe Ident:_x1"},
		{"1 1_000 1.25 .5 1e3 2.5E-7", "Number:1 Number:1_000 Number:1.25 Number:.5 Number:1e3 Number:2.5E-7"},
		{"30s 1h30m 1.5h 2nd 500ms", "Duration:30s Duration:1h30m Duration:1.5h Ident:2nd Duration:500ms"},
		{"'it''s' E'a\\'b' $$x 'y' $$ X'0aff'", "String:'it''s' String:E'a\\'b' String:$$x 'y' $$ Bytes:X'0aff'"},
		{"\"a \"\"b\" `c``d`", "Quoted:\"a \"\"b\" Quoted:`c``d`"},
		{"a->b ->> c => := :: || <= >= <> != == !~* ~* !~ //", "Ident:a Op:-> Ident:b Op:->> Ident:c Op:=> Op::= Op::: Op:|| Op:<= Op:>= Op:<> Op:!= Op:== Op:!~* Op:~* Op:!~ Op://"},
		{"a.5 t.a", "Ident:a Op:. Number:5 Ident:t Op:. Ident:a"},
		{"x -- note\n/* a /* b */ c */ y", "Ident:x Ident:y"},
		{"window w LIMIT", "Clause:window Ident:w Clause:LIMIT"},
		{"partition partition by", "Ident:partition Clause:partition Ident:by"},
		{"offset offset 5 primary primary key", "Ident:offset Clause:offset Number:5 Ident:primary Clause:primary Ident:key"},
		{"ARRAY<MAP<a,b>>", "Ident:ARRAY Op:< Ident:MAP Op:< Ident:a Op:, Ident:b Op:> Op:>"},
		{"\ufeffa\u00a0b", "Ident:a Ident:b"},
	} {
		s := scan(c.in, 0, len(c.in))
		if got := tokensOf(s); got != c.want || len(s.errs) > 0 {
			t.Errorf("%s\n got %s\nwant %s\nerrors %v", c.in, got, c.want, s.errs)
		}
	}
}

func TestLexerDefinition(t *testing.T) {
	lex, err := sqlLexer{}.Lex("x", strings.NewReader("a 1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"a", "1", "", ""} {
		if tok, err := lex.Next(); err != nil || tok.Value != want {
			t.Errorf("token %q, want %q (%v)", tok.Value, want, err)
		}
	}
	if _, err := (sqlLexer{}).LexString("x", "'a"); err == nil {
		t.Error("an unterminated string gives no error")
	}
}

func TestComments(t *testing.T) {
	s := scan("-- a  \nx /* b\nc */ -- d\r\n", 0, 24)
	var got []string
	for _, c := range s.comments {
		got = append(got, c.Text)
	}
	if want := []string{"-- a", "/* b\nc */", "-- d"}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("comments %q, want %q", got, want)
	}
}

func TestStrings(t *testing.T) {
	for in, want := range map[string]string{
		`'it''s'`: "it's", `E'a\n\'\\\x41\u00e9\U0001F600'`: "a\n'\\Aé😀", `E'it''s'`: "it's", `$$a 'b'$$`: "a 'b'", `''`: "",
	} {
		x, list := ParseExpr(source.NewFile("x", in))
		if list.HasErrors() {
			t.Errorf("%s: %s", in, list.All()[0].Msg)
			continue
		}
		if got := dumpExpr(x); !strings.Contains(got, fmt.Sprintf("Value:%q", want)) && want != "" {
			t.Errorf("%s is %s, want %q", in, got, want)
		}
	}
}
