package pipeline

import (
	"strings"
	"testing"
)

func TestVerify(t *testing.T) {
	fails := &Call{Path: "x", Name: "F", Args: []Expr{&Var{"f"}}}
	out := &Struct{Name: "Out"}
	field := &Field{Name: "X", Null: -1}
	emit := func(x Expr) *Emit { return &Emit{Out: out, Sets: []Set{{Field: field, X: x}}} }
	for _, c := range []struct {
		name  string
		steps []Step
		want  string // part of the error, "" for none
	}{
		{"plain", []Step{emit(&Select{&Var{"in"}, "a"})}, ""},
		{"undefined", []Step{emit(&Var{"a"})}, "a is read before it is defined"},
		{"defined later", []Step{emit(&Var{"a"}), &Let{Name: "a", X: &Lit{Text: "1"}}}, "a is read before"},
		{"defined in a branch", []Step{&If{Cond: &Lit{Text: "true"}, Then: []Step{&Let{Name: "a", X: &Lit{Text: "1"}}}}, emit(&Var{"a"})}, "a is read before"},
		{"checked", []Step{&Let{Name: "a", X: fails}, &CheckFault{}, emit(&Var{"a"})}, ""},
		{"row before the check", []Step{emit(fails), &CheckFault{}}, "a row before failures are checked"},
		{"group before the check", []Step{&Let{Name: "a", X: fails}, &FindGroup{Key: []Expr{&Var{"a"}}}, &CheckFault{}}, "a group before failures"},
		{"never checked", []Step{&Let{Name: "a", X: fails}}, "a failure is not checked"},
		{"group", []Step{&FindGroup{}, &Assign{LHS: &Select{&Var{"g"}, "n"}, Op: "++"}}, ""},
		{"no group", []Step{&Assign{LHS: &Select{&Var{"g"}, "n"}, Op: "++"}}, "g is read before"},
	} {
		p := &Program{Queries: []*Query{{Name: "s", Funcs: []*Func{{Kind: Process, Name: "process", Steps: c.steps}}}}}
		err := Verify(p)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
