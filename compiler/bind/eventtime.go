package bind

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/runtime/config"
	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/spec"
)

func isTimeKey(key string) bool {
	if _, ok := catalog.ColumnLag(key); ok {
		return true
	}
	_, ok := spec.Find(catalog.TimeOptions, key)
	return ok
}

// eventTime binds the event time of a source, when every statement has given
// its options.
func (b *binder) eventTime(r *relation) {
	set := map[string]*option{}
	values := map[string]string{}
	ok := true
	own := b.columnLags(r)
	for _, o := range own {
		decl, _ := spec.Find(catalog.TimeOptions, o.key)
		v, good := b.value(o, decl)
		if !good {
			ok = false
			continue
		}
		if old := set[decl.Key]; old != nil {
			if values[decl.Key] != v {
				b.errOptionTwice(o, old.Loc)
				ok = false
			}
			continue
		}
		set[decl.Key], values[decl.Key] = o, v
	}
	if !ok || r.rel == nil || r.rel.Source == nil {
		return
	}
	b.idleTimeout(r.rel.Source, set["watermark.idle.timeout"], values)
	if len(own) == 0 {
		return
	}
	field := set["event.time.field"]
	if field == nil {
		b.errNoTimeField(own[0])
		return
	}
	i := columnIndex(r.rel.Cols, ast.Ident{Name: field.Value})
	if i < 0 {
		b.errTimeField(field, r.rel)
		return
	}
	t := &bound.EventTime{Col: r.rel.Cols[i], Loc: field.Loc, Strategy: config.Value(timeDecl("watermark.strategy"), values)}
	if f := set["event.time.format"]; f != nil {
		t.Format = f.Value
		if _, err := event.ParseFormat(f.Value); err != nil {
			b.errTimeFormat(f, err)
			return
		}
	}
	written, _ := bound.Get(r.rel.Source.Options, "timestamp.format")
	if !formatFits(t.Format, t.Col.Type, written) || b.rules.JavaCasts && r.rel.Source.Message != nil && !ksqlTime(t.Format, t.Col.Type) {
		b.errTimeType(field, set["event.time.format"], t.Col)
		return
	}
	if t.Col.Type.Kind == types.Timestamp {
		t.Format = "" // it has been read already
	}
	lag := timeDecl("watermark.max_out_of_orderness")
	d, _ := config.Duration(lag, config.Value(lag, values))
	t.OutOfOrderness, t.LagGiven = d.Microseconds(), set[lag.Key] != nil
	if o := set[lag.Key]; o != nil && t.Strategy != "bounded_out_of_orderness" && t.OutOfOrderness != 0 {
		b.errAscending(o, t.Strategy)
		return
	}
	if !b.punctuation(r.rel, t, set["watermark.strategy"], set["watermark.field"]) {
		return
	}
	r.rel.Source.Time = t
}

// idleTimeout settles after how much silence a partition of a source is idle.
func (b *binder) idleTimeout(src *bound.Source, o *option, values map[string]string) {
	if b.rules.NeverIdle && o == nil {
		return
	}
	decl := timeDecl("watermark.idle.timeout")
	d, _ := config.Duration(decl, config.Value(decl, values))
	src.Idle, src.IdleGiven = d.Microseconds(), o != nil
}

// punctuation binds the column whose values are the watermark.
func (b *binder) punctuation(rel *bound.Relation, t *bound.EventTime, strategy, field *option) bool {
	punctuated := t.Strategy == "punctuated"
	switch {
	case field == nil && !punctuated:
		return true
	case field == nil:
		b.errPunctuatedField(strategy)
		return false
	case !punctuated:
		b.errNotPunctuated(field)
		return false
	}
	i := columnIndex(rel.Cols, ast.Ident{Name: field.Value})
	if i < 0 {
		b.errTimeField(field, rel)
		return false
	}
	t.Mark = rel.Cols[i]
	switch t.Mark.Type.Kind {
	case types.Boolean, types.Timestamp, types.BigInt:
		return true
	}
	b.errPunctuatedType(field, t.Mark)
	return false
}

// ksqlTime reports a type that ksqlDB takes event times from: BIGINT and TIMESTAMP
// as they are, STRING by a format.
func ksqlTime(format string, t types.Type) bool {
	if format != "" {
		return t.Kind == types.String
	}
	return t.Kind == types.BigInt || t.Kind == types.Timestamp
}

func timeDecl(key string) *spec.Option {
	o, ok := spec.Find(catalog.TimeOptions, key)
	if !ok {
		panic("bind: no option " + key)
	}
	return o
}

// formatFits reports whether event times in a format can stand in a column. A
// TIMESTAMP column has been read by the rules of its type already, or as the
// source's timestamp.format says.
func formatFits(format string, t types.Type, written string) bool {
	f, err := event.ParseFormat(format)
	if err != nil {
		return false
	}
	switch t.Kind {
	case types.Timestamp:
		name := f.String()
		if written != "" && written != "iso8601" {
			return format == "" || name == written
		}
		return format == "" || name == "iso8601" || name == "epoch_millis"
	case types.Date:
		return format == "" || f.String() == "iso8601"
	case types.String:
		return f.TakesText()
	}
	return t.IsNumeric() && f.TakesNumbers()
}
