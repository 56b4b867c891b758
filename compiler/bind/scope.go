package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// scope is what a block reads.
type scope struct {
	inputs []*input
	// broken: a relation of FROM could not be bound, so that names that are not
	// found are no mistake of their own.
	broken bool
}

// input is one relation of FROM.
type input struct {
	alias ast.Ident // how it is called; zero for a query without an alias
	cols  []*bound.Col
	read  *bound.Read // nil for a query
	what  string      // for messages: `stream "trades"`
	// elements: the columns are elements of arrays of the inputs before it.
	elements bool
}

// ref reads a column.
func ref(c *bound.Col, loc source.Span) *bound.Ref {
	return &bound.Ref{Node: bound.Node{T: c.Type, Null: c.Nullable, Loc: loc}, Col: c}
}

// column finds the column that a name means; several when it is ambiguous.
func (s *scope) column(id ast.Ident) []*bound.Col {
	var found []*bound.Col
	for _, in := range s.inputs {
		if i := columnIndex(in.cols, id); i >= 0 {
			found = append(found, in.cols[i])
		}
	}
	return found
}

// input finds the relation that a qualifier means.
func (s *scope) input(id ast.Ident) *input {
	for _, in := range s.inputs {
		if in.alias.Name != "" && same(id, in.alias.Name) {
			return in
		}
	}
	return nil
}

// relations is the number of relations that are read.
func (s *scope) relations() int {
	n := 0
	for _, in := range s.inputs {
		if !in.elements {
			n++
		}
	}
	return n
}

// names lists the columns for suggestions.
func (s *scope) names() []string {
	var names []string
	for _, in := range s.inputs {
		for _, c := range in.cols {
			names = append(names, c.Name)
		}
	}
	return names
}

// systemColumn is a column that every row has beside its own.
type systemColumn struct {
	name   string // canonical
	typ    types.Type
	millis bool // the name gives BIGINT milliseconds instead
	// where says what the column is where only records of topics have it.
	where string
	null  bool
}

var (
	eventTime   = systemColumn{name: "_event_time", typ: types.Of(types.Timestamp)}
	windowStart = systemColumn{name: "window_start", typ: types.Of(types.Timestamp)}
	offset      = systemColumn{name: "_offset", typ: types.Of(types.BigInt), where: "the offset of a record"}
	windowEnd   = systemColumn{name: "window_end", typ: types.Of(types.Timestamp)}
)

// systemColumns are found after the columns of the relations.
var systemColumns = map[string]systemColumn{
	"_event_time": eventTime, "rowtime": {name: "_event_time", typ: types.Of(types.Timestamp), millis: true},
	"_partition": {name: "_partition", typ: types.Of(types.Int)}, "rowpartition": {name: "_partition", typ: types.Of(types.Int)},
	"_offset": offset, "rowoffset": offset,
	"_timestamp":   {name: "_timestamp", typ: types.Of(types.Timestamp), where: "the time of a message"},
	"_key":         {name: "_key", typ: types.Of(types.Bytes), where: "the key of a message", null: true},
	"_topic":       {name: "_topic", typ: types.Of(types.String), where: "the topic of a message"},
	"_headers":     {name: "_headers", where: "the headers of a message"},
	"window_start": windowStart, "_window_start": windowStart, "windowstart": {name: "window_start", typ: types.Of(types.Timestamp), millis: true},
	"window_end": windowEnd, "_window_end": windowEnd, "windowend": {name: "window_end", typ: types.Of(types.Timestamp), millis: true},
}

// isSystemName reports a name that a source cannot give to a column. The names
// without an underscore are only found when no column has them.
func isSystemName(name string) bool {
	_, ok := systemColumns[strings.ToLower(name)]
	return ok && strings.HasPrefix(name, "_")
}

// system resolves a system column. It reports false if the name is none.
func (x *env) system(id ast.Ident) (bound.Expr, bool) {
	sys, ok := systemColumns[strings.ToLower(id.Name)]
	if !ok || id.Quoted {
		return nil, false
	}
	var e bound.Expr
	switch sys.name {
	case "window_start", "window_end":
		e = x.windowColumn(id, sys.name)
	default:
		e = x.rowColumn(id, sys)
	}
	if e != nil && sys.millis {
		e = x.b.castTo(e, types.Of(types.BigInt), true)
	}
	return e, true
}

// windowColumn is the start or the end of the block's window.
func (x *env) windowColumn(id ast.Ident, name string) bound.Expr {
	w := x.sel.Window
	switch {
	case w == nil && x.rowWindow != nil && name == "window_start":
		return ref(x.rowWindow.Start, id.Loc)
	case w == nil && x.rowWindow != nil:
		return ref(x.rowWindow.End, id.Loc)
	case w == nil && x.readsWindows():
		return x.rowColumn(id, systemColumn{name: "_" + name, typ: types.Of(types.Timestamp)})
	case w == nil:
		if !x.in.broken && !x.badWindow {
			x.b.errNoWindow(id)
		}
		x.ok = false
		return nil
	case x.inAgg != nil || x.clause == "WHERE":
		x.b.errWindowColumnEarly(id, x.clause)
		x.ok = false
		return nil
	case name == "window_start":
		return ref(w.Start, id.Loc)
	}
	return ref(w.End, id.Loc)
}

// rowColumn is a system column of the rows that the block reads.
// readsWindows reports a block over one source whose keys have windows.
func (x *env) readsWindows() bool {
	if x.in.relations() != 1 || x.in.inputs[0].read == nil || x.in.inputs[0].read.Rel.Source == nil {
		return false
	}
	_, ok := bound.Get(x.in.inputs[0].read.Rel.Source.Options, "window.type")
	return ok
}

func (x *env) rowColumn(id ast.Ident, sys systemColumn) bound.Expr {
	if x.in.broken {
		x.ok = false
		return nil
	}
	if x.in.relations() != 1 || x.in.inputs[0].read == nil {
		x.b.errSystemColumn(id, "a query inside FROM has no system columns; select it there under a name of its own")
		x.ok = false
		return nil
	}
	r := x.in.inputs[0].read
	if sys.where != "" && (r.Rel.Source == nil || r.Rel.Source.Message == nil) {
		x.b.errSystemColumn(id, sys.where+" exists only where a message broker is read")
		x.ok = false
		return nil
	}
	if sys.typ.Kind == types.Invalid {
		sys.typ = x.b.intern(bound.HeadersType, "header")
	}
	if sys.name == "_partition" && r.Rel.Source == nil {
		x.b.errSystemColumn(id, "\""+r.Rel.Name+"\" is computed, and its rows come from no partition")
		x.ok = false
		return nil
	}
	for _, s := range r.System {
		if s.Name == sys.name {
			return ref(s.Col, id.Loc)
		}
	}
	c := x.b.col(sys.name, sys.typ, sys.null, id.Loc, sys.name)
	r.System = append(r.System, bound.SystemCol{Name: sys.name, Col: c})
	return ref(c, id.Loc)
}
