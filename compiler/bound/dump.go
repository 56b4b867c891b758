package bound

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/decimal"
)

// Dump renders a program as text, for `veloc dump --stage=bound` and for tests.
// Columns are written name#id, a ? behind a type says that NULL is possible, and
// implicit casts are written x::TYPE.
func Dump(p *Program) string {
	d := &dumper{}
	d.line("program %s", p.Name)
	for _, s := range p.Settings {
		d.line("set %s = %q", s.Key, s.Value)
	}
	for _, r := range p.Relations {
		d.relation(r)
	}
	for _, i := range p.Info {
		d.line("%s", strings.TrimSpace(strings.ToLower(i.Kind)+" "+i.Name))
		if i.Kind == "EXPLAIN" && i.Rel != nil {
			d.in(func() { d.relation(i.Rel) })
		}
	}
	return d.b.String()
}

type dumper struct {
	b     strings.Builder
	depth int
}

func (d *dumper) line(format string, args ...any) {
	d.b.WriteString(strings.Repeat("  ", d.depth))
	fmt.Fprintf(&d.b, format, args...)
	d.b.WriteByte('\n')
}

func (d *dumper) in(f func()) {
	d.depth++
	f()
	d.depth--
}

func (d *dumper) relation(r *Relation) {
	d.line("%s %s (%s)%s", r.Kind, r.Name, columns(r.Cols), keyOf(r))
	d.in(func() {
		for _, a := range r.Meta {
			d.line("@%s: %s", a.Key, a.Value)
		}
		if len(r.Options) > 0 {
			d.line("with%s", options(r.Options))
		}
		if s := r.Source; s != nil {
			d.line("source%s", end(s.Connector.Name, s.Format != nil, func() string { return s.Format.Name }, s.Options))
			if t := s.Time; t != nil {
				d.line("%s", timeText(t, s.Idle))
			}
		}
		if r.Query != nil {
			d.query(r.Query)
		}
		for _, s := range r.Sinks {
			d.line("sink %s%s", s.Name, end(s.Connector.Name, s.Format != nil, func() string { return s.Format.Name }, s.Options))
		}
		for _, i := range r.Inserts {
			d.line("also from %s", i.Name)
		}
	})
}

func keyOf(r *Relation) string {
	if len(r.Key) == 0 {
		return ""
	}
	names := make([]string, len(r.Key))
	for i, k := range r.Key {
		names[i] = r.Cols[k].Name
	}
	return " key (" + strings.Join(names, ", ") + ")"
}

func end(connector string, hasFormat bool, format func() string, opts []Option) string {
	out := " " + connector
	if hasFormat {
		out += " " + format()
	}
	return out + options(opts)
}

func options(opts []Option) string {
	var b strings.Builder
	for _, o := range opts {
		fmt.Fprintf(&b, " %s=%q", o.Key, o.Value)
	}
	return b.String()
}

func timeText(t *EventTime, idle int64) string {
	out := "event time " + column(t.Col)
	if t.Format != "" {
		out += fmt.Sprintf(" format %q", t.Format)
	}
	return out + fmt.Sprintf(" %s lag %s idle %s", t.Strategy, micros(t.OutOfOrderness), micros(idle))
}

func micros(n int64) string { return (time.Duration(n) * time.Microsecond).String() }

func (d *dumper) query(q Query) {
	switch q := q.(type) {
	case *Select:
		d.selectBlock(q)
	case *Union:
		d.line("%s (%s)", strings.ToLower(q.What), columns(q.Cols))
		d.in(func() {
			for _, in := range q.Inputs {
				d.query(in)
			}
		})
	case *Values:
		d.line("values (%s)", columns(q.Cols))
		d.in(func() {
			for _, row := range q.Rows {
				parts := make([]string, len(row))
				for i, e := range row {
					parts[i] = Text(e)
				}
				d.line("%s", strings.Join(parts, ", "))
			}
		})
	default:
		panic(fmt.Sprintf("bound: unknown query %T", q))
	}
}

func (d *dumper) selectBlock(s *Select) {
	d.line("select")
	d.in(func() {
		d.input(s.From)
		if s.Where != nil {
			d.line("where %s", Text(s.Where))
		}
		if s.Explode != nil {
			d.unnest(s.Explode)
		}
		if s.Grouped {
			d.line("group by%s", computed(s.Keys, " ()"))
			if s.Sets != nil {
				d.line("grouping sets %v as %s", s.Sets, column(s.Set))
			}
		}
		if w := s.Window; w != nil {
			d.line("window %s", windowText(w))
		}
		for _, a := range s.Aggs {
			d.line("aggregate %s %s = %s", column(a.Col), typeOf(a.Col.Type, a.Col.Nullable), aggText(a))
		}
		if s.Having != nil {
			d.line("having %s", Text(s.Having))
		}
		for _, it := range s.Items {
			d.line("item %s %s = %s", column(it.Col), typeOf(it.Col.Type, it.Col.Nullable), Text(it.Expr))
		}
		if s.EventTime != nil {
			d.line("event time %s", Text(s.EventTime))
		}
		if s.Distinct {
			d.line("distinct")
		}
		if len(s.Hidden) > 0 {
			d.line("hidden%s", computed(s.Hidden, ""))
		}
		if len(s.OrderBy) > 0 {
			d.line("order by %s", orderText(s.OrderBy))
		}
		if s.Limit >= 0 {
			d.line("limit %d", s.Limit)
		}
		if s.Emit != EmitDefault {
			d.line("emit %s", emitText(s))
		}
	})
}

func (d *dumper) input(in Input) {
	switch in := in.(type) {
	case *Read:
		alias := ""
		if in.Alias != in.Rel.Name {
			alias = " as " + in.Alias
		}
		names := make([]string, 0, len(in.Cols)+len(in.System))
		for _, c := range in.Cols {
			names = append(names, column(c))
		}
		for _, s := range in.System {
			names = append(names, "system "+column(s.Col))
		}
		d.line("read %s%s (%s)", in.Rel.Name, alias, strings.Join(names, ", "))
	case *Derived:
		d.line("%s", strings.TrimSpace("from "+in.Alias))
		d.in(func() { d.query(in.Query) })
	case *NoInput:
		d.line("one row")
	case *Unnest:
		d.unnest(in)
	case *Windowed:
		d.line("window of each row %s", windowText(in.Window))
		d.in(func() { d.input(in.In) })
	default:
		panic(fmt.Sprintf("bound: unknown input %T", in))
	}
}

func (d *dumper) unnest(u *Unnest) {
	what := "unnest"
	if u.Outer {
		what += " outer"
	}
	what += " " + texts(u.Arrays) + " (" + columns(u.Cols)
	if u.Ordinality != nil {
		what += ", ordinality " + column(u.Ordinality)
	}
	d.line("%s)", what)
	if u.In != nil {
		d.in(func() { d.input(u.In) })
	}
}

func columns(cols []*Col) string {
	list := make([]string, len(cols))
	for i, c := range cols {
		list[i] = column(c) + " " + typeOf(c.Type, c.Nullable)
	}
	return strings.Join(list, ", ")
}

func column(c *Col) string { return c.Name + "#" + strconv.Itoa(c.ID) }

func typeOf(t types.Type, null bool) string {
	if null {
		return t.String() + "?"
	}
	return t.String()
}

func computed(list []Computed, none string) string {
	if len(list) == 0 {
		return none
	}
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = fmt.Sprintf(" %s %s = %s", column(c.Col), typeOf(c.Col.Type, c.Col.Nullable), Text(c.Expr))
	}
	return strings.Join(parts, ",")
}

func windowText(w *Window) string {
	out := fmt.Sprintf("%s size %s", w.Kind, micros(w.Size))
	for _, p := range []struct {
		name string
		n    int64
	}{{"advance", w.Advance}, {"offset", w.Offset}, {"grace", w.Grace}} {
		if p.n != 0 {
			out += " " + p.name + " " + micros(p.n)
		}
	}
	if w.Time != nil {
		out += " time " + column(w.Time)
	}
	return out + fmt.Sprintf(" (%s, %s)", column(w.Start), column(w.End))
}

func aggText(a *Agg) string {
	args := "*"
	if !a.Star {
		args = texts(a.Args)
	}
	if a.Distinct {
		args = "DISTINCT " + args
	}
	out := a.Func.Name + "(" + args + ")"
	if a.Filter != nil {
		out += " filter " + Text(a.Filter)
	}
	return out
}

func orderText(list []Order) string {
	parts := make([]string, len(list))
	for i, o := range list {
		parts[i] = column(o.Col)
		if o.Desc {
			parts[i] += " desc"
		}
		if o.NullsFirst {
			parts[i] += " nulls first"
		}
	}
	return strings.Join(parts, ", ")
}

func emitText(s *Select) string {
	switch s.Emit {
	case EmitChanges:
		return "changes"
	case EmitFinal:
		return "final"
	}
	return "every " + micros(s.Every)
}

// decimalText is the value of a DECIMAL constant.
func decimalText(c *Const) string { return string(decimal.Append(nil, c.Dec, c.T.Scale)) }
