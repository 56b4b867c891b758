package bind

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/runtime/config"
	"github.com/velocsql/veloc/runtime/spec"
)

// columnLag is the out-of-orderness of a column that is not the event time of its
// source. Windows that name the column have a watermark of their own.
type columnLag struct {
	col    *bound.Col
	micros int64
	option *option
	used   bool
}

// columnLags binds the options watermark.<column>.max_out_of_orderness of a source
// and returns its other options.
func (b *binder) columnLags(r *relation) (rest []*option) {
	for _, o := range r.time {
		name, ok := catalog.ColumnLag(o.key)
		if !ok {
			rest = append(rest, o)
			continue
		}
		if r.rel == nil || r.rel.Source == nil {
			continue
		}
		i := columnIndex(r.rel.Cols, ast.Ident{Name: name})
		if i < 0 {
			b.errLagColumn(o, name, r.rel)
			continue
		}
		lag := spec.Option{Key: o.key, Type: spec.Duration, Shape: true}
		v, ok := b.value(o, &lag)
		if !ok {
			continue
		}
		c := r.rel.Cols[i]
		if k := c.Type.Kind; k != types.Timestamp && k != types.BigInt && k != types.Int {
			b.errLagType(o, c)
			continue
		}
		d, _ := config.Duration(&lag, v)
		b.addLag(r, &columnLag{col: c, micros: d.Microseconds(), option: o})
	}
	return rest
}

func (b *binder) addLag(r *relation, lag *columnLag) {
	for _, old := range r.lags {
		if old.col != lag.col {
			continue
		}
		if old.micros != lag.micros {
			b.errOptionTwice(lag.option, old.option.Loc)
		}
		return
	}
	r.lags = append(r.lags, lag)
}

// ownClock gives a window that names a column of a source the watermark of that
// column. It reports false if there is none.
func (b *binder) ownClock(w *bound.Window, src *bound.Relation, col *bound.Col) bool {
	for _, r := range b.rels {
		if r.rel != src {
			continue
		}
		for _, lag := range r.lags {
			if lag.col == col {
				lag.used = true
				w.Own = &bound.OwnTime{Rel: src, EventTime: bound.EventTime{
					Col: col, Strategy: "bounded_out_of_orderness", OutOfOrderness: lag.micros, LagGiven: true, Loc: lag.option.Loc,
				}}
				return true
			}
		}
	}
	return false
}

// unusedLags reports what no window asks for.
func (b *binder) unusedLags(r *relation) {
	if r.rel == nil || r.rel.Source == nil || b.diags.HasErrors() {
		return
	}
	for _, lag := range r.lags {
		name := lag.col.Name
		switch {
		case r.rel.Source.Time != nil && r.rel.Source.Time.Col == lag.col:
			b.diags.Err(diag.OptionPlace, lag.option.KeyLoc, fmt.Sprintf("column %q is the event time of %q itself", name, r.rel.Name), "its option is 'watermark.max_out_of_orderness'")
		case !lag.used:
			b.diags.Warn(diag.UnusedClock, lag.option.Loc, fmt.Sprintf("no window is over column %q of %q, so this has no effect", name, r.rel.Name), "name the column in a window, TUMBLING(1 MINUTE, "+name+"), or leave the option out")
		}
	}
}

func (b *binder) errLagColumn(o *option, name string, rel *bound.Relation) {
	known := columnNames(rel.Cols)
	b.diags.Add(diag.Diagnostic{
		Code: diag.EventTimeField, Span: o.KeyLoc, Msg: fmt.Sprintf("%s %q has no column %q for a watermark", rel.Kind, rel.Name, name),
		Inline: meant(name, known), Hint: "columns: " + list(known),
	})
}

// inline reports whether an input is read within its statement, through
// subqueries and views alone.
func inline(in bound.Input) bool {
	switch in := in.(type) {
	case *bound.Unnest:
		return inline(in.In)
	case *bound.Windowed:
		return inline(in.In)
	case *bound.Derived:
		s, ok := in.Query.(*bound.Select)
		return ok && inline(s.From)
	case *bound.Read:
		if in.Rel.Kind != bound.View {
			return in.Rel.Source != nil
		}
		s, ok := in.Rel.Query.(*bound.Select)
		return ok && inline(s.From)
	}
	return false
}

func (b *binder) errLagType(o *option, c *bound.Col) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.EventTimeFormat, Span: o.KeyLoc, Msg: fmt.Sprintf("column %q is %s and cannot be the time of a window", c.Name, c.Type),
		Labels: []diag.Label{{Span: c.Loc, Msg: "declared here"}}, Hint: "a window needs a TIMESTAMP, or a BIGINT of epoch milliseconds",
	})
}
