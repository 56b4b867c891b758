package lower

import p "github.com/velocsql/veloc/compiler/pipeline"

// dropUnused takes out variables that no step reads, which Go would refuse.
// What may fail is computed all the same.
func dropUnused(f *p.Func) {
	for {
		u := &unused{reads: map[string]bool{}}
		p.EachExpr(f.Steps, func(e p.Expr) {
			if v, ok := e.(*p.Var); ok {
				u.reads[v.Name] = true
			}
		})
		f.Steps = u.steps(f.Steps)
		if !u.changed {
			return
		}
	}
}

type unused struct {
	reads   map[string]bool
	changed bool
}

func (u *unused) steps(list []p.Step) []p.Step {
	var out []p.Step
	for _, s := range list {
		switch s := s.(type) {
		case *p.Declare:
			if !u.reads[s.Name] {
				u.changed = true
				continue
			}
		case *p.Let:
			if step, ok := u.let(s); !ok {
				if step != nil {
					out = append(out, step)
				}
				continue
			}
		case *p.Assign:
			if v, local := s.LHS.(*p.Var); local && v.Name != "_" && !u.reads[v.Name] {
				u.changed = true
				if mayFail(s.RHS) {
					out = append(out, discard(s.RHS))
				}
				continue
			}
		case *p.Repeat:
			s.Steps = u.steps(s.Steps)
		case *p.If:
			s.Then, s.Else = u.steps(s.Then), u.steps(s.Else)
			if l, ok := s.Cond.(*p.Lit); ok && l.Text == "false" {
				u.changed = true
				out = append(out, s.Else...)
				continue
			}
			switch {
			case len(s.Then)+len(s.Else) == 0:
				u.changed = true
				if mayFail(s.Cond) {
					out = append(out, discard(s.Cond))
				}
				continue
			case len(s.Then) == 0:
				s.Cond, s.Then, s.Else = p.Not(s.Cond), s.Else, nil
			}
		case *p.FindGroup:
			s.Each = u.steps(s.Each)
		case *p.FindSeen:
			s.Then = u.steps(s.Then)
		case *p.For:
			if s.Body = u.steps(s.Body); len(s.Body) == 0 {
				u.changed = true
				continue
			}
			if !u.reads[s.Index] {
				s.Index = "_"
			}
			if !u.reads[s.Value] {
				s.Value = "_"
			}
		}
		out = append(out, s)
	}
	return out
}

// let returns what stays of a definition: all of it if ok, else a step or nil.
func (u *unused) let(s *p.Let) (step p.Step, ok bool) {
	name, second := u.reads[s.Name] || s.Name == "_", s.OK == "" || u.reads[s.OK] || s.OK == "_"
	switch {
	case name && second && (s.Name != "_" || s.OK != "_" && s.OK != ""):
		return s, true
	case s.OK != "" && (u.reads[s.Name] || u.reads[s.OK]):
		if !u.reads[s.Name] {
			s.Name = "_"
		}
		if !u.reads[s.OK] {
			s.OK = "_"
		}
		return s, true
	}
	if s.OK != "" && mayFail(s.X) { // both results are dropped for good
		if s.Name == "_" && s.OK == "_" {
			return s, true
		}
		s.Name, s.OK = "_", "_"
		return s, true
	}
	u.changed = true
	if mayFail(s.X) {
		return discard(s.X), false
	}
	return nil, false
}

func discard(x p.Expr) p.Step { return &p.Assign{LHS: v("_"), Op: "=", RHS: x} }

// mayFail reports an expression that may report a failure.
func mayFail(x p.Expr) bool {
	return x != nil && p.Reads([]p.Step{&p.Do{X: x}}, "f")
}
