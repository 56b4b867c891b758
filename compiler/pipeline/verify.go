package pipeline

import (
	"fmt"
)

// Verify checks that every function reads only what earlier steps defined, and
// that everything that can fail is checked before the first change of state or
// the first row that goes out. An error is a defect of the lowering.
func Verify(p *Program) error {
	for _, q := range p.Queries {
		for _, f := range q.Funcs {
			v := &verifier{fn: f, defined: []map[string]bool{predefined(f), {}}}
			for _, pr := range q.Prepared {
				v.defined[0][pr.Name] = true
			}
			if err := v.steps(f.Steps); err != nil {
				return fmt.Errorf("query %s, function %s: %w", q.Name, f.Name, err)
			}
			if v.pending {
				return fmt.Errorf("query %s, function %s: a failure is not checked", q.Name, f.Name)
			}
		}
	}
	return nil
}

// predefined are the names that the frame of a function brings.
func predefined(f *Func) map[string]bool {
	names := map[string]bool{"q": true, "f": true, "nil": true}
	for _, n := range map[FuncKind][]string{
		Process:   {"b", "in", "at", "next"},
		Row:       {"in"},
		Block:     {"in"},
		PerSorted: {"in"},
		Each:      {"in"},
		PerGroup:  {"e", "g", "start", "end"},
	}[f.Kind] {
		names[n] = true
	}
	if f.Kind == PerGroup && f.Table != nil && f.Table.Retracts() {
		names["op"] = true
	}
	if f.Group != nil {
		names["e"], names["g"] = true, true
	}
	if f.Quiet {
		names["quiet"] = true
	}
	if f.HasOp {
		names["op"] = true
	}
	if f.HasTime || f.Time != nil {
		names["t"] = true
	}
	return names
}

type verifier struct {
	fn      *Func
	defined []map[string]bool // scopes, the innermost last
	// pending: an expression since the last check may have failed.
	pending bool
}

func (v *verifier) steps(list []Step) error {
	for _, s := range list {
		if err := v.step(s); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) nested(list []Step) error {
	v.defined = append(v.defined, map[string]bool{})
	err := v.steps(list)
	v.defined = v.defined[:len(v.defined)-1]
	return err
}

func (v *verifier) define(name string) { v.defined[len(v.defined)-1][name] = true }

// settled is the error of a change of state that comes too early.
func (v *verifier) settled(what string) error {
	if v.pending {
		return fmt.Errorf("%s before failures are checked", what)
	}
	return nil
}

func (v *verifier) step(s Step) error {
	switch s := s.(type) {
	case *Clause, *Skip, *MarkSeen:
		return nil
	case *Wait:
		return v.settled("a wait")
	case *CheckFault:
		v.pending = false
		return nil
	case *Let:
		err := v.expr(s.X)
		if clearsFault(s.X) {
			v.pending = false
		}
		v.define(s.Name)
		if s.OK != "" {
			v.define(s.OK)
		}
		return err
	case *Declare:
		v.define(s.Name)
		return nil
	case *Assign:
		if l, ok := s.LHS.(*Var); ok && l.Name == "_" {
			err := v.expr(s.RHS)
			if clearsFault(s.RHS) {
				v.pending = false
			}
			return err
		}
		if err := v.exprs(s.LHS, s.RHS); err != nil {
			return err
		}
		return nil
	case *Do:
		err := v.expr(s.X)
		if clearsFault(s.X) {
			v.pending = false
		}
		return err
	case *If:
		if err := v.expr(s.Cond); err != nil {
			return err
		}
		if err := v.nested(s.Then); err != nil {
			return err
		}
		return v.nested(s.Else)
	case *Branch:
		if err := v.expr(s.Op); err != nil {
			return err
		}
		if s.To.HasTime {
			if err := v.expr(s.Time); err != nil {
				return err
			}
		}
		return v.settled("a row")
	case *Repeat:
		if err := v.expr(s.Times); err != nil {
			return err
		}
		return v.nested(s.Steps)
	case *For:
		if err := v.expr(s.X); err != nil {
			return err
		}
		v.defined = append(v.defined, map[string]bool{s.Index: true, s.Value: true})
		err := v.nested(s.Body)
		v.defined = v.defined[:len(v.defined)-1]
		return err
	case *Take:
		return v.settled("LIMIT")
	case *FirstTime:
		if err := v.exprs(s.Key...); err != nil {
			return err
		}
		return v.settled("DISTINCT")
	case *FindGroup:
		if err := v.exprs(append(s.Key[:len(s.Key):len(s.Key)], s.Time)...); err != nil {
			return err
		}
		v.define("e")
		v.define("g")
		if err := v.settled("a group"); err != nil {
			return err
		}
		return v.nested(s.Each)
	case *FindSeen:
		if err := v.exprs(s.Set, s.Key, s.At); err != nil {
			return err
		}
		if s.Undo {
			v.defined = append(v.defined, map[string]bool{"at": true})
			defer func() { v.defined = v.defined[:len(v.defined)-1] }()
		}
		return v.nested(s.Then)
	case *EmitGroup:
		return v.settled("a group's row")
	case *Replace:
		return v.settled("a row")
	case *Emit:
		for _, set := range s.Sets {
			if set.AlwaysNull() {
				continue
			}
			if err := v.exprs(set.X, set.Null); err != nil {
				return err
			}
		}
		if s.Op != "" && !v.has(s.Op) {
			return fmt.Errorf("the operation %s is not defined", s.Op)
		}
		if err := v.expr(s.Time); err != nil {
			return err
		}
		return v.settled("a row")
	}
	return fmt.Errorf("unknown step %T", s)
}

// clearsFault reports f.Clear(), which turns a failure into a value.
func clearsFault(e Expr) bool {
	m, ok := e.(*Method)
	if !ok || m.Name != "Clear" {
		return false
	}
	f, ok := m.X.(*Var)
	return ok && f.Name == "f"
}

func (v *verifier) has(name string) bool {
	for _, d := range v.defined {
		if d[name] {
			return true
		}
	}
	return false
}

func (v *verifier) exprs(list ...Expr) error {
	for _, e := range list {
		if err := v.expr(e); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) expr(e Expr) error {
	switch e := e.(type) {
	case nil:
		return nil
	case *Var:
		if !v.has(e.Name) {
			return fmt.Errorf("%s is read before it is defined", e.Name)
		}
		if e.Name == "f" {
			v.pending = true
		}
		return nil
	case *Lit, *Symbol, *TypeFunc:
		return nil
	case *Elem:
		return v.exprs(e.X, e.I)
	case *TypeCall:
		return v.exprs(e.Args...)
	case *Select:
		return v.expr(e.X)
	case *Unary:
		return v.expr(e.X)
	case *Binary:
		return v.exprs(e.X, e.Y)
	case *Call:
		return v.exprs(e.Args...)
	case *Method:
		return v.exprs(append(e.Args[:len(e.Args):len(e.Args)], e.X)...)
	case *Conv:
		return v.expr(e.X)
	case *Composite:
		for _, f := range e.Fields {
			if err := v.expr(f.X); err != nil {
				return err
			}
		}
		return nil
	case *NullTest:
		return v.expr(e.Row)
	case *Nullable:
		if e.AlwaysNull() {
			return nil
		}
		return v.exprs(e.X, e.Null)
	}
	return fmt.Errorf("unknown expression %T", e)
}
