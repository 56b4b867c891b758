package plan

import "github.com/velocsql/veloc/compiler/bound"

// Rule is a named rewrite. Rules run in the order of Rules; a golden case may
// expect one by name.
type Rule struct {
	Name  string
	Doc   string
	Apply func(*Program) (fired int)
}

// Rules is the ordered list of rewrites.
var Rules = []Rule{
	{
		Name:  "SplitConjunctions",
		Doc:   "A AND B becomes two filters, so that each is tested as soon as its columns are decoded and has its own comment.",
		Apply: splitConjunctions,
	},
}

// Fired tells how often each rule changed the program, by name.
type Fired map[string]int

func applyRules(p *Program) Fired {
	f := Fired{}
	for _, r := range Rules {
		f[r.Name] = r.Apply(p)
	}
	return f
}

// rewrite replaces every node bottom-up.
func rewrite(n Node, fn func(Node) Node) Node {
	switch n := n.(type) {
	case *Filter:
		n.In = rewrite(n.In, fn)
	case *Project:
		n.In = rewrite(n.In, fn)
	case *Aggregate:
		n.In = rewrite(n.In, fn)
	case *Expand:
		n.In = rewrite(n.In, fn)
	case *Repeat:
		n.In = rewrite(n.In, fn)
	case *Unnest:
		n.In = rewrite(n.In, fn)
	case *Windows:
		n.In = rewrite(n.In, fn)
	case *Distinct:
		n.In = rewrite(n.In, fn)
	case *Content:
		n.In = rewrite(n.In, fn)
	case *Sort:
		n.In = rewrite(n.In, fn)
	case *Limit:
		n.In = rewrite(n.In, fn)
	case *Union:
		for i := range n.Ins {
			n.Ins[i] = rewrite(n.Ins[i], fn)
		}
	}
	return fn(n)
}

func splitConjunctions(p *Program) int {
	fired := 0
	for _, r := range p.Relations {
		r.Root = rewrite(r.Root, func(n Node) Node {
			f, ok := n.(*Filter)
			// HAVING under EMIT CHANGES must stay one condition: it decides
			// whether the group's row is withdrawn.
			if !ok || f.props.Deletes && f.Clause == "HAVING" {
				return n
			}
			and, ok := f.Cond.(*bound.Operate)
			if !ok || and.Op != bound.And {
				return n
			}
			fired++
			var out Node = f.In
			for _, c := range conjuncts(f.Cond, nil) {
				nf := filter(out, c, f.Clause, c.Span())
				nf.props = f.props
				out = nf
			}
			return out
		})
	}
	return fired
}

func conjuncts(e bound.Expr, to []bound.Expr) []bound.Expr {
	if o, ok := e.(*bound.Operate); ok && o.Op == bound.And {
		return conjuncts(o.Y, conjuncts(o.X, to))
	}
	return append(to, e)
}

// markTime finds the relations whose rows need an event time, because a
// window or _event_time of a reader looks at it.
func markTime(p *Program) {
	for i := len(p.Relations) - 1; i >= 0; i-- {
		r := p.Relations[i]
		for _, s := range r.Bound.Sinks {
			r.NeedsTime = r.NeedsTime || s.Message != nil // records have a timestamp
		}
		wants := r.NeedsTime
		walk(r.Root, func(n Node) {
			switch n := n.(type) {
			case *Aggregate:
				if n.Window != nil && n.Window.Time == nil {
					wants = true
				}
			case *Windows:
				wants = wants || n.Window.Time == nil
			case *Derived:
				for _, s := range n.Read.System {
					if s.Name == "_event_time" {
						wants = true
					}
				}
			}
		})
		if !wants {
			continue
		}
		walk(r.Root, func(n Node) {
			if d, ok := n.(*Derived); ok {
				d.Rel.NeedsTime = true
			}
		})
	}
}

func walk(n Node, fn func(Node)) {
	fn(n)
	for _, in := range n.Inputs() {
		walk(in, fn)
	}
}
