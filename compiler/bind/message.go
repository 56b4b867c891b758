package bind

import (
	"slices"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
	"github.com/velocsql/veloc/runtime/spec"
)

// topics chooses the connector of topics, where the program can have one.
func (b *binder) topics(e *ends, at source.Span, role spec.Role) bool {
	if !b.opts.Topics {
		b.errConnectorPlanned(at, catalog.Topic.Name, role)
		return false
	}
	e.conn = catalog.Topic
	return true
}

// message settles how the records of a topic hold columns, of which those of key
// are in the key of the record.
func (b *binder) message(e *ends, cols []*bound.Col, key []int, meta map[int]string) (*bound.Message, bool) {
	m := &bound.Message{Value: e.format.Name, Key: "none", Meta: meta}
	wrap, _ := bound.Get(e.opts, "wrap.single.value")
	m.Bare = wrap == "false"
	m.KeyOnly = b.rules.KeysInRecordKey || m.Bare || m.Value == "kafka" || m.Value == "none"
	m.Lenient = b.rules.LenientJSON
	given, _ := bound.Get(e.opts, "key.format")
	if len(key) > 0 {
		m.Key = defaultKeyFormat(cols, key, b.rules.KeysInRecordKey)
		if usual := b.setting("ksql.persistence.default.format.key"); usual != "" {
			m.Key = strings.ToLower(usual)
		}
		if given != "" {
			m.Key = given
		}
	}
	var keys, values []*bound.Col
	for i, c := range cols {
		_, outside := meta[i]
		switch isKey := slices.Contains(key, i); {
		case outside:
		case isKey:
			keys = append(keys, c)
		default:
			values = append(values, c)
		}
	}
	ok := b.holds(e, "key", m.Key, keys)
	ok = b.holds(e, "value", m.Value, values) && ok
	inValue := len(values)
	if !m.KeyOnly {
		inValue += len(keys)
	}
	if wrap != "" && inValue != 1 {
		b.errBareValue(e, inValue)
		ok = false
	}
	return m, ok
}

// keyWindows checks what is said of the windows that the keys of a source have.
func (b *binder) keyWindows(e *ends, table bool) bool {
	var kind, size *bound.Option
	for i := range e.opts {
		switch o := &e.opts[i]; o.Key {
		case "window.type":
			kind = o
		case "window.size":
			size = o
		}
	}
	switch {
	case kind == nil && size == nil:
	case kind == nil:
		b.errKeyWindow(size.Loc, "'window.size' without 'window.type'", "add 'window.type' = 'tumbling'")
		return false
	case kind.Value == "session" && size != nil:
		b.errKeyWindow(size.Loc, "sessions have no 'window.size'", "leave it out")
		return false
	case kind.Value != "session" && size == nil:
		b.errKeyWindow(kind.Loc, "'window.type' = '"+kind.Value+"' without 'window.size'", "add 'window.size' = '1 MINUTE'")
		return false
	case table:
		b.refuse(diag.WindowedTable, kind.Loc, "a table whose keys have windows", "read the topic as a stream: CREATE STREAM")
		return false
	}
	return true
}

// sinkMessages settles how the sinks of a relation that are topics hold its
// columns.
func (b *binder) sinkMessages(rel *bound.Relation) {
	for _, s := range rel.Sinks {
		if s.Connector.Messages && rel.Query != nil && timeless(rel.Query) {
			b.refuse(diag.TimelessRecords, rel.Query.Span(), "a record in a topic that no row of a source brings about", "select from a stream, or write to a file")
			return
		}
		if !s.Connector.Messages || s.Message != nil || rel.Query == nil {
			continue
		}
		e := &ends{conn: s.Connector, format: s.Format, opts: s.Options, loc: s.Loc}
		cols := rel.Query.Out()
		key := rel.Key
		if key == nil {
			key = naturalKey(rel.Query)
		}
		m, ok := b.message(e, cols, key, nil)
		if !ok {
			continue
		}
		if m.Windowed = windowed(rel.Query); m.Windowed {
			m.WindowBeside = b.rules.KeysInRecordKey
			if given, _ := bound.Get(e.opts, "key.format"); !m.WindowBeside && given != "" && given != "json" {
				b.errPartFormat(e, "key", given, "it holds no window, and the rows are results of windows")
				continue
			}
			if !m.WindowBeside {
				m.Key = "json"
			}
		}
		m.NullKey = !m.KeyOnly || !rel.Partitioned
		m.ValueKey = rel.Partitioned && rel.NullValues && len(key) == 1 && ofValue(rel.Query, key)
		s.Message, s.Key = m, key
	}
}

// ofValue reports a key that is computed from columns which are not in the key of
// what a query reads.
func ofValue(q bound.Query, key []int) bool {
	sel, ok := q.(*bound.Select)
	if !ok {
		return false
	}
	was := map[*bound.Col]bool{}
	for _, k := range inputKey(sel) {
		was[k.col] = true
	}
	found := false
	for _, i := range key {
		rewrite(sel.Items[i].Expr, func(e bound.Expr) (bound.Expr, bool) {
			r, ok := e.(*bound.Ref)
			found = found || ok && !was[r.Col]
			return nil, false
		})
	}
	return found
}

// timeless reports a query that reads no relation, so that its rows have no time.
func timeless(q bound.Query) bool {
	switch q := q.(type) {
	case *bound.Select:
		return timelessInput(q.From)
	case *bound.Values:
		return true
	case *bound.Union:
		return slices.ContainsFunc(q.Inputs, timeless)
	}
	return false
}

func timelessInput(in bound.Input) bool {
	switch of := origins(in).(type) {
	case nil:
		return true
	case *bound.Derived:
		return timeless(of.Query)
	}
	return false
}

// carries reports a query of records without groups, whose results keep their
// headers and windows in a dialect that says so.
func (b *binder) carries(q bound.Query) bool {
	sel, ok := q.(*bound.Select)
	if !ok || !b.rules.CarryRecords || sel.Grouped || sel.Distinct || len(sel.OrderBy) > 0 {
		return false
	}
	in, ok := origins(sel.From).(*bound.Read)
	if !ok {
		return false
	}
	if in.Rel.Source != nil {
		return in.Rel.Source.Message != nil
	}
	return in.Rel.Carries
}

// keepsNullValues reports a projection of a stream whose records without a value
// pass, in a dialect that says so.
func (b *binder) keepsNullValues(q bound.Query) bool {
	sel, ok := q.(*bound.Select)
	if !ok || !b.rules.KeepNullValues || sel.Grouped || sel.Where != nil || sel.Distinct || len(sel.OrderBy) > 0 || sel.Limit >= 0 {
		return false
	}
	in, ok := sel.From.(*bound.Read)
	if !ok || in.Rel.Kind != bound.Stream {
		return false
	}
	if in.Rel.Source != nil {
		return in.Rel.Source.Message != nil
	}
	return in.Rel.NullValues
}

// naturalKey are the columns of a result that hold its groups, or the key of what
// it reads; none if a part of the key is not selected.
func naturalKey(q bound.Query) []int {
	sel, ok := q.(*bound.Select)
	if !ok {
		return nil
	}
	var key []int
	for _, k := range inputKey(sel) {
		at := slices.IndexFunc(sel.Items, func(it bound.Computed) bool {
			r, ok := it.Expr.(*bound.Ref)
			return ok && r.Col == k.col
		})
		if at < 0 {
			return nil
		}
		key = append(key, at)
	}
	return key
}

// windowed reports a query whose rows are results of windows.
func windowed(q bound.Query) bool {
	sel, ok := q.(*bound.Select)
	return ok && sel.Window != nil && len(sel.OrderBy) == 0
}

// defaultKeyFormat is the format of keys where none is given: the bytes that
// clients of Kafka write for one column, an object for several.
func defaultKeyFormat(cols []*bound.Col, key []int, binary bool) string {
	if binary || len(key) == 1 && binaryType(cols[key[0]].Type) {
		return "kafka"
	}
	return "json"
}

// binaryType reports a type that the format kafka has bytes for.
func binaryType(t types.Type) bool {
	switch t.Kind {
	case types.Int, types.BigInt, types.Double, types.String, types.Bytes:
		return true
	}
	return false
}

// holds checks that a format can hold the columns of a part of the records.
func (b *binder) holds(e *ends, part, format string, cols []*bound.Col) bool {
	if part == "key" && b.rules.PlainNested {
		for _, c := range cols {
			if holdsMap(c.Type) {
				b.errMapInKey(e, c)
				return false
			}
		}
	}
	switch format {
	case "none":
		if len(cols) > 0 {
			b.errPartFormat(e, part, format, "it has no columns, and the "+part+" has "+cols[0].Name)
			return false
		}
	case "kafka":
		if len(cols) > 1 {
			b.errPartFormat(e, part, format, "it holds one column, and the "+part+" has "+strconv.Itoa(len(cols)))
			return false
		}
		for _, c := range cols {
			if !binaryType(c.Type) {
				b.errPartFormat(e, part, format, "it holds INT, BIGINT, DOUBLE, STRING or BYTES, and "+c.Name+" is "+c.Type.String())
				return false
			}
		}
	case "json":
		for _, c := range cols {
			if b.rules.PlainNested && oddKeys(c.Type) {
				b.errPartFormat(e, part, format, "names in JSON are texts, and "+c.Name+" is "+c.Type.String())
				return false
			}
		}
	case "delimited":
		for _, c := range cols {
			switch c.Type.Kind {
			case types.Array, types.Map, types.Struct:
				b.errPartFormat(e, part, format, "it holds no nested values, and "+c.Name+" is "+c.Type.String())
				return false
			}
		}
	}
	return true
}

// oddKeys reports a type with a MAP in it whose keys are no texts.
func oddKeys(t types.Type) bool {
	switch t.Kind {
	case types.Map:
		return t.Key.Kind != types.String || oddKeys(*t.Elem)
	case types.Array:
		return oddKeys(*t.Elem)
	case types.Struct:
		return slices.ContainsFunc(t.Fields, func(f types.Field) bool { return oddKeys(f.Type) })
	}
	return false
}

// holdsMap reports a type with a MAP in it.
func holdsMap(t types.Type) bool {
	switch t.Kind {
	case types.Map:
		return true
	case types.Array:
		return holdsMap(*t.Elem)
	case types.Struct:
		for _, f := range t.Fields {
			if holdsMap(f.Type) {
				return true
			}
		}
	}
	return false
}

// formatLoc is where the format of a part was chosen, else where its end is
// described.
func (e *ends) formatLoc(part string) source.Span {
	if part == "key" {
		for _, o := range e.opts {
			if o.Key == "key.format" {
				return o.Loc
			}
		}
	}
	return e.loc
}

// metaColumn binds a column that holds what a record brings beside its key and
// value. It returns the system column that holds the same.
func (b *binder) metaColumn(d *ast.ColumnDef, t types.Type, e *ends) (string, bool) {
	switch {
	case e == nil || !e.conn.Messages:
		b.refuse(diag.MetadataColumn, d.Loc, "a metadata column", "files carry no metadata; leave the column out")
		return "", false
	case d.Header != nil && t.Kind != types.Bytes:
		b.errHeaderType(d)
		return "", false
	case d.Header != nil:
		return "_header:" + d.Header.Value, true
	case d.Metadata == nil && !isHeaders(t):
		b.errHeadersType(d, t)
		return "", false
	case d.Metadata == nil:
		return "_headers", true
	}
	name, want, ok := metadata(d.Metadata.Value)
	switch {
	case !ok:
		b.errMetadata(d.Metadata)
		return "", false
	case !t.Equal(want):
		b.errMetadataType(d, want)
		return "", false
	}
	return name, true
}

// isHeaders reports the type of a column of all headers, whose fields may be
// written in any case.
func isHeaders(t types.Type) bool {
	if t.Kind != types.Array || t.Elem.Kind != types.Struct || len(t.Elem.Fields) != 2 {
		return false
	}
	for i, want := range bound.HeadersType.Elem.Fields {
		if f := t.Elem.Fields[i]; !strings.EqualFold(f.Name, want.Name) || !f.Type.Equal(want.Type) {
			return false
		}
	}
	return true
}

// metadata is the system column whose value METADATA FROM 'name' gives.
func metadata(name string) (string, types.Type, bool) {
	switch strings.ToLower(name) {
	case "timestamp":
		return "_timestamp", types.Of(types.Timestamp), true
	case "offset":
		return "_offset", types.Of(types.BigInt), true
	case "partition":
		return "_partition", types.Of(types.Int), true
	case "topic":
		return "_topic", types.Of(types.String), true
	case "key":
		return "_key", types.Of(types.Bytes), true
	}
	return "", types.Type{}, false
}
