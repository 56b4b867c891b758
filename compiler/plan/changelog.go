package plan

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/diag"
)

// changelog settles how the sinks of a relation write changes, and checks that they
// can.
func (b *builder) changelog(r *Relation) string {
	const key = "changelog.format"
	form, loc := "", r.Bound.Loc
	for _, o := range b.prog.Bound.Settings {
		if o.Key == key {
			form = o.Value
		}
	}
	for _, o := range r.Bound.Options {
		if o.Key == key {
			form, loc = o.Value, o.Loc
		}
	}
	if form == "" || form == "upsert" || len(r.Bound.Sinks) == 0 {
		return ""
	}
	for _, s := range r.Bound.Sinks {
		format, _ := bound.Get(s.Options, "format")
		if s.Format != nil {
			format = s.Format.Name
		}
		switch {
		case s.Message != nil:
			b.diags.Err(diag.Changelog, loc, fmt.Sprintf("%s is for files and the terminal: a record of a topic replaces the one with its key, and one without a value deletes", form),
				"leave the option out")
			return ""
		case form == "debezium" && format != "json":
			b.diags.Err(diag.Changelog, loc, "debezium writes JSON", "write 'format' = 'json', or use 'changelog.format' = 'retract'")
			return ""
		}
	}
	if p := r.Root.Props(); p.Updating && p.Key == nil && !p.Single {
		b.diags.Err(diag.Changelog, loc, form+" needs the key by which the rows replace each other", "select the columns of the key too")
		return ""
	}
	return form
}
