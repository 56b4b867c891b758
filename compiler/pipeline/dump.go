package pipeline

import (
	"fmt"
	"strings"
)

// Dump is the text form of a pipeline.
func Dump(p *Program) string {
	d := &dumper{}
	d.line("program %s package %s", p.Name, p.Package)
	for _, s := range p.Sources {
		d.line("source %s row %s clock %t", s.Name, s.Row.Name, s.Clock)
	}
	for _, q := range p.Queries {
		d.query(q)
	}
	for _, s := range p.Sinks {
		d.line("sink %s row %s", s.Name, s.Row.Name)
	}
	return d.b.String()
}

type dumper struct {
	b      strings.Builder
	indent int
}

func (d *dumper) line(format string, args ...any) {
	d.b.WriteString(strings.Repeat("  ", d.indent))
	fmt.Fprintf(&d.b, format+"\n", args...)
}

func (d *dumper) nested(fn func()) {
	d.indent++
	fn()
	d.indent--
}

func (d *dumper) query(q *Query) {
	d.line("query %s parallel %s updating %t deletes %t", q.Name, q.Parallel, q.Updating, q.Deletes)
	d.nested(func() {
		for _, s := range append([]*Struct{q.Out}, q.Structs...) {
			d.structType(s)
		}
		for _, t := range q.Tables {
			d.line("table %s key %s final %t", t.Name, t.KeyT, t.Final)
		}
		for _, f := range q.Funcs {
			d.line("func %s", f.Name)
			d.nested(func() { d.steps(f.Steps) })
		}
	})
}

func (d *dumper) structType(s *Struct) {
	d.line("struct %s", s.Name)
	d.nested(func() {
		for _, f := range s.Fields {
			null := ""
			if f.Null >= 0 {
				null = fmt.Sprintf(" null bit %d", f.Null)
			}
			d.line("%s %s = %s%s", f.Name, f.Type, f.Doc, null)
		}
	})
}

func (d *dumper) steps(steps []Step) {
	for _, s := range steps {
		d.step(s)
	}
}

func (d *dumper) step(s Step) {
	switch s := s.(type) {
	case *Clause:
		d.line("-- %s", s.Text)
	case *Let:
		d.line("let %s = %s", s.Name, Text(s.X))
	case *Declare:
		d.line("declare %s %s", s.Name, s.Type)
	case *Assign:
		if s.RHS == nil {
			d.line("set %s%s", Text(s.LHS), s.Op)
		} else {
			d.line("set %s %s %s", Text(s.LHS), s.Op, Text(s.RHS))
		}
	case *Do:
		d.line("do %s", Text(s.X))
	case *If:
		d.line("if %s", Text(s.Cond))
		d.nested(func() { d.steps(s.Then) })
		if len(s.Else) > 0 {
			d.line("else")
			d.nested(func() { d.steps(s.Else) })
		}
	case *Branch:
		d.line("branch %s", s.To.Name)
	case *Repeat:
		d.line("repeat %s", Text(s.Times))
		d.nested(func() { d.steps(s.Steps) })
	case *For:
		d.line("for %s, %s in %s", s.Index, s.Value, Text(s.X))
		d.nested(func() { d.steps(s.Body) })
	case *Skip:
		d.line("skip")
	case *CheckFault:
		d.line("reject if failed")
	case *FindGroup:
		d.line("group %s by %s", s.Table.Name, texts(s.Key))
		d.nested(func() { d.steps(s.Each) })
	case *Wait:
		d.line("wait for %s while %s is large", s.To.Name, s.Table.Name)
	case *FirstTime:
		d.line("first time in %s of %s", s.Table.Name, texts(s.Key))
	case *FindSeen:
		if s.Undo {
			d.line("if gone %s from %s", Text(s.Key), Text(s.Set))
		} else {
			d.line("if new %s in %s", Text(s.Key), Text(s.Set))
		}
		d.nested(func() { d.steps(s.Then) })
	case *MarkSeen:
		d.line("seen %s", s.Agg.Field.Name)
	case *Take:
		d.line("take %s %d", s.Limit.Name, s.Limit.N)
	case *Replace:
		if s.Update == nil {
			d.line("replace %s", s.Row.Name)
		} else {
			d.line("replace %s: %s, %s", s.Row.Name, s.Retract.Name, s.Update.Name)
		}
	case *EmitGroup:
		d.line("emit group of %s", s.Table.Name)
	case *Emit:
		d.line("emit %s", s.Out.Name)
		d.nested(func() {
			for _, set := range s.Sets {
				d.line("%s = %s", set.Field.Name, Text(set.X))
			}
		})
	default:
		panic(fmt.Sprintf("pipeline: unknown step %T", s))
	}
}

func texts(list []Expr) string {
	var out []string
	for _, e := range list {
		out = append(out, Text(e))
	}
	return strings.Join(out, ", ")
}

// Text is an expression in Go-like text, with all parentheses.
func Text(e Expr) string {
	switch e := e.(type) {
	case nil:
		return ""
	case *Var:
		return e.Name
	case *Lit:
		return e.Text
	case *Symbol:
		return e.Path[strings.LastIndexByte(e.Path, '/')+1:] + "." + e.Name
	case *Select:
		return Text(e.X) + "." + e.Name
	case *Unary:
		return e.Op + Text(e.X)
	case *Binary:
		return "(" + Text(e.X) + " " + e.Op + " " + Text(e.Y) + ")"
	case *Call:
		name := e.Name
		if e.Path != "" {
			name = e.Path[strings.LastIndexByte(e.Path, '/')+1:] + "." + name
		}
		return name + "(" + texts(e.Args) + ")"
	case *Method:
		return Text(e.X) + "." + e.Name + "(" + texts(e.Args) + ")"
	case *Conv:
		return e.T.String() + "(" + Text(e.X) + ")"
	case *Composite:
		return compositeText(e)
	case *Elem:
		return Text(e.X) + "[" + Text(e.I) + "]"
	case *TypeFunc:
		return e.Op.String() + TypeName(e.T)
	case *TypeCall:
		return e.Op.String() + TypeName(e.T) + "(" + texts(e.Args) + ")"
	case *NullTest:
		if e.Not {
			return e.Field.Name + " not null"
		}
		return e.Field.Name + " null"
	case *Nullable:
		return Text(e.X)
	}
	panic(fmt.Sprintf("pipeline: unknown expression %T", e))
}

// compositeText is a composite literal; what tells two of them apart is in it.
func compositeText(e *Composite) string {
	var parts []string
	for _, f := range e.Fields {
		if f.Name == "" {
			parts = append(parts, Text(f.X))
		} else {
			parts = append(parts, f.Name+": "+Text(f.X))
		}
	}
	return e.T.String() + "{" + strings.Join(parts, ", ") + "}"
}
