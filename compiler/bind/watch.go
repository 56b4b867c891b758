package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/diag"
	filesource "github.com/velocsql/veloc/runtime/source/file/spec"
)

// checkWatch checks that a source that is to be watched can be.
func (b *binder) checkWatch(e *ends) bool {
	if e.conn.Name != filesource.Connector.Name {
		return true
	}
	var watch, every, how *bound.Option
	for i := range e.opts {
		switch o := &e.opts[i]; o.Key {
		case filesource.Watch.Key:
			watch = o
		case filesource.PollingInterval.Key:
			every = o
		case filesource.Compression.Key:
			how = o
		}
	}
	on := watch != nil && watch.Value == "true"
	switch {
	case every != nil && !on:
		b.diags.Err(diag.WatchSource, every.Loc, "'polling_interval' is for files that are watched", "add 'watch' = 'true', or leave it out")
	case on && e.path() == "-":
		b.diags.Err(diag.WatchSource, watch.Loc, "standard input cannot be watched: it is read until it ends", "leave 'watch' out")
	case on && how != nil && !strings.EqualFold(how.Value, "none") && !strings.EqualFold(how.Value, "auto"):
		b.diags.Err(diag.WatchSource, watch.Loc, "packed files cannot be watched", "leave 'compression' out, or 'watch'")
	default:
		return true
	}
	return false
}

// appendFiles lets files grow row by row that are written by a program whose
// input does not end; otherwise they would appear when it does.
func (b *binder) appendFiles() {
	watched := false
	for _, r := range b.rels {
		watched = watched || r.rel != nil && r.rel.Source != nil && !r.rel.Source.Bounded()
	}
	if !watched {
		return
	}
	for _, s := range b.prog.Sinks {
		if s.Connector.Name != "file" {
			continue
		}
		if _, given := bound.Get(s.Options, "append"); !given {
			s.Options = append(s.Options, bound.Option{Key: "append", Value: "true", Loc: s.Loc})
		}
	}
}
