package config

import (
	"strings"
	"testing"
	"time"

	"github.com/velocsql/veloc/runtime/spec"
)

func TestExpand(t *testing.T) {
	env := map[string]string{"A": "1", "EMPTY": "", "REF": "${A}"}
	getenv := func(k string) (string, bool) { v, ok := env[k]; return v, ok }
	for _, c := range []struct{ in, want, err string }{
		{"plain", "plain", ""},
		{"${A}", "1", ""},
		{"x${A}y${A}z", "x1y1z", ""},
		{"${EMPTY}", "", ""},
		{"${EMPTY:-d}", "d", ""},
		{"${NONE:-d/${A}}", "d/1", ""},
		{"${NONE:-}", "", ""},
		{"${A:-d}", "1", ""},
		{"${REF}", "${A}", ""},
		{"$${A}", "${A}", ""},
		{"$A {B}", "$A {B}", ""},
		{"${NONE}", "", "environment variable NONE is not set (${NONE:-default} gives it a default)"},
		{"${NONE:?say where}", "", "environment variable NONE is not set: say where"},
		{"${EMPTY:?}", "", "environment variable EMPTY is not set: it is required"},
		{"a${A", "", `"${A": ${ without a closing } (write $${ for a literal ${)`},
		{"${A:x}", "", "${A:x}: after the name comes :-default or :?message"},
		{"${1A}", "", `${1A}: "1A" is not the name of an environment variable`},
		{"${}", "", `${}: "" is not the name of an environment variable`},
		{"${NONE:-${NONE}}", "", "environment variable NONE is not set (${NONE:-default} gives it a default)"},
	} {
		got, err := Expand(c.in, getenv)
		if text(err) != c.err || got != c.want {
			t.Errorf("%s: %q, %v, want %q, %s", c.in, got, err, c.want, c.err)
		}
		if got := HasVars(c.in); got != (strings.Contains(c.in, "${") && c.in[0] != '$' || strings.HasPrefix(c.in, "${")) {
			t.Errorf("%s: HasVars is %v", c.in, got)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestDuration(t *testing.T) {
	o := &spec.Option{Key: "d", Type: spec.Duration}
	for in, want := range map[string]time.Duration{
		"5s": 5 * time.Second, "100ms": 100 * time.Millisecond, "1m30s": 90 * time.Second, "5 minutes": 5 * time.Minute, "1 day 2 hours": 26 * time.Hour,
		"250": 250 * time.Millisecond, "0": 0, "1.5h": 90 * time.Minute, "10us": 10 * time.Microsecond, "7D": 7 * 24 * time.Hour, " 1 SECOND ": time.Second, "0.001ms": time.Microsecond,
	} {
		if got, err := Duration(o, in); err != nil || got != want {
			t.Errorf("%q is %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "s", "5x", "1m30", "-5s", "1..5s", "5 s s", "1e3s", "300 years", "99999999999d"} {
		if got, err := Duration(o, in); err == nil || !strings.HasPrefix(err.Error(), "'d' = '"+in+"': want a duration") {
			t.Errorf("%q is %v, %v", in, got, err)
		}
	}
}

func TestSize(t *testing.T) {
	o := &spec.Option{Key: "s", Type: spec.Size}
	for in, want := range map[string]int64{"0": 0, "4096": 4096, "64k": 65536, "1MiB": 1 << 20, "1.5g": 3 << 29, "10 KB": 10240, "1_000 bytes": 1000, "2T": 2 << 40} {
		if got, err := Size(o, in); err != nil || got != want {
			t.Errorf("%q is %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "k", "1q", "-1", "1e3", "9999999999g"} {
		if got, err := Size(o, in); err == nil || !strings.HasPrefix(err.Error(), "'s' = '"+in+"': want a size") {
			t.Errorf("%q is %v, %v", in, got, err)
		}
	}
}

func TestCheck(t *testing.T) {
	enum := spec.Option{Key: "e", Type: spec.Enum, Values: []string{"drop", "dead_letter"}, Default: "drop"}
	for _, c := range []struct {
		o     spec.Option
		value string
		want  string
	}{
		{enum, "DEAD-LETTER", ""},
		{enum, "dead_leter", `'e' = 'dead_leter': want one of drop, dead_letter (did you mean "dead_letter"?)`},
		{enum, "", "'e' = '': want one of drop, dead_letter"},
		{spec.Option{Key: "c", Type: spec.Char}, "TAB", ""},
		{spec.Option{Key: "c", Type: spec.Char}, "", ""},
		{spec.Option{Key: "c", Type: spec.Char}, "é", `'c' = 'é': want one ASCII character, \t or tab`},
		{spec.Option{Key: "c", Type: spec.Char}, "||", `'c' = '||': want one ASCII character, \t or tab`},
		{spec.Option{Key: "b", Type: spec.Bool}, "True", ""},
		{spec.Option{Key: "b", Type: spec.Bool}, "2", "'b' = '2': want true or false"},
		{spec.Option{Key: "i", Type: spec.Int}, "1_000", ""},
		{spec.Option{Key: "i", Type: spec.Int}, "1.5", "'i' = '1.5': want a whole number"},
		{spec.Option{Key: "d", Type: spec.Duration}, "5s", ""},
		{spec.Option{Key: "s", Type: spec.Size}, "64k", ""},
		{spec.Option{Key: "p", Type: spec.Path}, "", ""},
		{spec.Option{Key: "p", Type: spec.Path, Required: true}, "", "'p' = '': want a value"},
	} {
		if got := text(Check(&c.o, c.value)); got != c.want {
			t.Errorf("%s = %q: %s, want %s", c.o.Key, c.value, got, c.want)
		}
	}
	for in, want := range map[string]byte{",": ',', `\t`: '\t', "tab": '\t', "pipe": '|', "none": 0, `\`: '\\', " ": ' ', "\t": '\t'} {
		if got, err := Char(&spec.Option{Key: "c"}, in); err != nil || got != want {
			t.Errorf("%q is %q, %v", in, got, err)
		}
	}
	o := spec.Option{Key: "k", Default: "d"}
	if Value(&o, nil) != "d" || Value(&o, map[string]string{"k": ""}) != "" {
		t.Error("Value")
	}
}

func TestNearest(t *testing.T) {
	keys := []string{"path", "format", "delimiter", "event.time.field", "a"}
	for in, want := range map[string]string{
		"pth": "path", "phat": "path", "Format": "format", "fromat": "format", "delimeter": "delimiter", "event.time.feld": "event.time.field", "xyz": "", "zz": "", "b": "", "": "", "pahtt": "path", "unrelated": "",
	} {
		got, ok := Nearest(in, keys)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v, want %q", in, got, ok, want)
		}
	}
	if got, _ := Nearest("trades.csv", []string{"trade.csv", "trades.cvs"}); got != "trade.csv" {
		t.Errorf("of equals %q wins", got)
	}
}
