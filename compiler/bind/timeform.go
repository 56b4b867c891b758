package bind

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/runtime/event"
)

// timestampFormat checks timestamp.format, which takes what event.time.format
// does, and spells it as the later stages know it.
func (b *binder) timestampFormat(o *option) (string, bool) {
	f, err := event.ParseFormat(o.Value)
	if err == nil && o.Value != "" {
		return f.String(), true
	}
	reason := "it is empty"
	if e, ok := err.(*event.FormatError); ok {
		reason = e.Reason
	}
	b.diags.Err(diag.OptionValue, o.ValueLoc, fmt.Sprintf("'timestamp.format' = '%s': %s", o.Value, reason), "formats: iso8601, epoch_millis, epoch_seconds, epoch_micros, epoch_nanos, or a pattern such as '%Y-%m-%d %H:%M:%S'")
	return "", false
}

// timesWithinEnds checks the times of a source, or of the rows that go to sinks.
func (b *binder) timesWithinEnds(rel *bound.Relation) {
	if rel.Source != nil {
		b.timesWithin(rel.Source.Options, rel.Cols)
	}
	for _, s := range rel.Sinks {
		b.timesWithin(s.Options, rel.Query.Out())
	}
}

// timesWithin refuses a timestamp.format where there are times within other
// values: these are written in ISO 8601 everywhere.
func (b *binder) timesWithin(options []bound.Option, cols []*bound.Col) {
	format, ok := bound.Get(options, "timestamp.format")
	if !ok || format == "iso8601" || b.rules.EpochTimes {
		return
	}
	for _, o := range options {
		if o.Key != "timestamp.format" {
			continue
		}
		for _, c := range cols {
			if c.Type.IsNested() && holdsTime(c.Type) {
				b.diags.Add(diag.Diagnostic{
					Code: diag.TimesWithin, Span: o.Loc, Msg: fmt.Sprintf("'timestamp.format' = '%s' does not reach the times within column %q of type %s", format, c.Name, c.Type),
					Labels: []diag.Label{{Span: c.Loc, Msg: "the column"}}, Hint: "declare them as BIGINT or STRING there, or leave the option out: they are ISO 8601",
				})
			}
		}
	}
}

// holdsTime reports a type with a TIMESTAMP in it.
func holdsTime(t types.Type) bool {
	switch t.Kind {
	case types.Timestamp:
		return true
	case types.Array:
		return holdsTime(*t.Elem)
	case types.Map:
		return holdsTime(*t.Key) || holdsTime(*t.Elem)
	case types.Struct:
		for _, f := range t.Fields {
			if holdsTime(f.Type) {
				return true
			}
		}
	}
	return false
}
