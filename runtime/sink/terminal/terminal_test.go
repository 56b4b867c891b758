package terminal

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
)

// cells encodes rows written with | between cells and NULL for Null.
func cells(rows ...string) []byte {
	var out []byte
	for _, row := range rows {
		row = strings.ReplaceAll(row, "NULL", "\x00")
		out = append(out, strings.ReplaceAll(row, "|", "\x1f")...)
		out = append(out, Row, '\n')
	}
	return out
}

func open(t *testing.T, env *rt.Env, cfg rt.Config, head []byte) rt.Sink {
	t.Helper()
	s := NewSink("out", cfg)
	if err := s.Open(t.Context(), env, head); err != nil {
		t.Fatal(err)
	}
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var tables = []struct {
	name  string
	width int // of the terminal, 0 without one
	head  []byte
	rows  [][]byte // a Flush behind each
	want  string
}{
	{"numbers to the right", 0, cells("sku|n|price", "STRING|BIGINT NOT NULL|DECIMAL(12,4)"), [][]byte{cells("apple|3|1.50", "fig|12|NULL")}, `
sku     n  price
-----  --  -----
apple   3   1.50
fig    12   NULL
`},
	{"later rows widen", 0, cells("a|b", "STRING|STRING"), [][]byte{cells("1|2"), cells("long|2", "3|4")}, `
a  b
-  -
1  2
long  2
3     4
`},
	{"no rows", 0, cells("a|b", "STRING|INT"), nil, `
a  b
-  -
(no rows)
`},
	{"control characters", 0, cells("a", "STRING"), [][]byte{cells("x\n\t\x1b[31m\u0085\xff\u202e")}, `
a
-----------------------------
x\n\t\x1b[31m\u0085\xff\u202e
`},
	{"wide characters", 0, cells("a|b", "STRING|INT"), [][]byte{cells("日本|1", "e\u0301a|2", "😀|3")}, `
a     b
----  -
日本  1
éa    2
😀    3
`},
	{"fits on the terminal", 24, cells("name|n", "STRING|INT"), [][]byte{cells("the quick brown fox jumps|1", "日本日本日本日本日本日本日本|12345")}, `
name                   n
-----------------  -----
the quick brown …      1
日本日本日本日本…  12345
`},
}

func TestTable(t *testing.T) {
	for _, c := range tables {
		var out bytes.Buffer
		env := &rt.Env{Stdout: &out, Terminal: c.width > 0, Width: c.width, Getenv: func(string) (string, bool) { return "1", true }}
		s := open(t, env, rt.Config{}, c.head)
		for _, p := range c.rows {
			must(t, s.Write(p))
			must(t, s.Flush())
		}
		must(t, s.Close(true))
		want := strings.ReplaceAll(c.want[1:], "éa", "e\u0301a")
		if out.String() != want {
			t.Errorf("%s: printed\n%swant\n%s", c.name, out.String(), want)
		}
	}
}

func TestColours(t *testing.T) {
	var out bytes.Buffer
	env := &rt.Env{Stdout: &out, Terminal: true, Width: 80}
	s := open(t, env, rt.Config{}, cells("op|a", "STRING|INT"))
	must(t, s.Write(cells("+|1", "~|NULL", "-|2")))
	must(t, s.Close(true))
	want := "\x1b[1mop\x1b[0m     \x1b[1ma\x1b[0m\n\x1b[2m--\x1b[0m  \x1b[2m----\x1b[0m\n" +
		"\x1b[32m+\x1b[0m      1\n\x1b[33m~\x1b[0m   \x1b[2mNULL\x1b[0m\n\x1b[31m-\x1b[0m      2\n"
	if out.String() != want {
		t.Errorf("printed %q\nwant    %q", out.String(), want)
	}
}

func TestManyRowsPrintBeforeFlush(t *testing.T) {
	var out bytes.Buffer
	s := open(t, &rt.Env{Stdout: &out}, rt.Config{}, cells("a", "INT"))
	for range 20_000 {
		must(t, s.Write(cells("1234567")))
	}
	if out.Len() == 0 {
		t.Error("nothing is printed")
	}
	must(t, s.Close(true))
	if n := bytes.Count(out.Bytes(), []byte("\n")); n != 20_002 {
		t.Errorf("%d lines", n)
	}
}

func TestTitles(t *testing.T) {
	var out bytes.Buffer
	env := &rt.Env{Stdout: &out}
	a := open(t, env, rt.Config{"title": "a"}, cells("x", "INT"))
	b := open(t, env, rt.Config{"title": "b", "format": "json"}, nil)
	for _, s := range []rt.Sink{a, a, b, a} {
		if s == b {
			must(t, s.Write([]byte("{}\n")))
		} else {
			must(t, s.Write(cells("1")))
		}
		must(t, s.Flush())
	}
	must(t, a.Close(true))
	must(t, b.Close(true))
	if got, want := out.String(), "a\nx\n-\n1\n1\n\nb\n{}\n\na\n1\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
	if len(pages.byWriter) != 0 {
		t.Error("a page is left")
	}
}

func TestThrough(t *testing.T) {
	var out bytes.Buffer
	s := open(t, &rt.Env{Stdout: &out}, rt.Config{"format": "CSV"}, []byte("a,b\n"))
	must(t, s.Write([]byte("1,2\n")))
	must(t, s.Close(true))
	if got := out.String(); got != "a,b\n1,2\n" {
		t.Errorf("printed %q", got)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}
}

func TestBrokenPipe(t *testing.T) {
	s := open(t, &rt.Env{Stdout: brokenPipe{}}, rt.Config{}, cells("a", "INT"))
	must(t, s.Write(cells("1")))
	if err := s.Flush(); !errors.Is(err, ErrClosed) || !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("Flush returned %v", err)
	}
	if err := s.Write(cells("1")); !errors.Is(err, ErrClosed) {
		t.Errorf("Write returned %v", err)
	}
}

func TestAppendText(t *testing.T) {
	for in, want := range map[string]string{"": "", "plain": "plain", "a\x00b\x1ec\x1f": "a␀b␞c␟"} {
		if got := string(AppendText([]byte(">"), in)); got != ">"+want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestHeadErrors(t *testing.T) {
	for _, head := range [][]byte{nil, cells("a"), cells("a|b", "INT")} {
		if err := NewSink("out", rt.Config{}).Open(t.Context(), &rt.Env{Stdout: io.Discard}, head); err == nil {
			t.Errorf("head %q is accepted", head)
		}
	}
}

// TestPartial: groups that are not complete stand under a line that says so. What
// is read by programs does not get them.
func TestPartial(t *testing.T) {
	var out bytes.Buffer
	env := &rt.Env{Stdout: &out}
	s := open(t, env, rt.Config{}, cells("k|n", "STRING|BIGINT"))
	must(t, s.Write(cells("a|1")))
	if !s.(rt.PartialSink).Partial() {
		t.Error("a table takes partial groups")
	}
	must(t, s.Write(cells("b|2")))
	must(t, s.Close(true))
	const want = "k  n\n-  -\na  1\n" + partialNote + "b  2\n"
	if got := out.String(); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	s = open(t, env, rt.Config{"format": "csv"}, []byte("k,n\n"))
	if s.(rt.PartialSink).Partial() {
		t.Error("CSV takes no partial groups")
	}
	must(t, s.Close(true))
}
