package bind

import (
	"path"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
	"github.com/velocsql/veloc/runtime/config"
	"github.com/velocsql/veloc/runtime/spec"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// ends is a source or a sink as its options describe it.
type ends struct {
	conn   *spec.Connector
	format *spec.Format
	opts   []bound.Option
	loc    source.Span // where it is described
}

func (e *ends) path() string {
	v, _ := bound.Get(e.opts, "path")
	return v
}

func (e *ends) pathLoc() source.Span {
	for _, o := range e.opts {
		if o.Key == "path" {
			return o.Loc
		}
	}
	return e.loc
}

// sampling says how the data behind a source is looked at.
func (e *ends) sampling() *catalog.Sampling {
	get := func(key string) string {
		v, _ := bound.Get(e.opts, key)
		return v
	}
	s := &catalog.Sampling{Path: e.path(), Null: get("csv.null")}
	if e.format != nil {
		s.Format = e.format.Name
	}
	find := func(key string) *spec.Option {
		o, _ := spec.Find(e.format.Options, key)
		return o
	}
	if v := get("timestamp.format"); v != "" && v != "iso8601" && !strings.HasPrefix(v, "epoch_") {
		s.Times, _ = sqltime.CompileAny(v)
	}
	if v := get("delimiter"); v != "" {
		s.Delimiter, _ = config.Char(find("delimiter"), v)
	}
	if v := get("quote"); v != "" {
		s.Quote, _ = config.Char(find("quote"), v)
	} else {
		s.Quote = '"'
	}
	if v := get("header"); v != "" {
		header, _ := config.Bool(find("header"), v)
		s.NoHeader = !header
	}
	if v := get("skip_lines"); v != "" {
		s.SkipLines, _ = config.Int(find("skip_lines"), v)
	}
	return s
}

// ends reads connector, format and their options. name is for messages. It
// takes every option that belongs to the end.
func (b *binder) ends(opts []*option, role spec.Role, at source.Span, name string) (*ends, bool) {
	e := &ends{loc: at}
	ok := b.connector(e, opts, role, at, name)
	if e.conn == nil {
		for _, o := range opts {
			o.used = true
		}
		return nil, false
	}
	ok = b.format(e, opts) && ok
	ok = b.keyFormat(e, opts) && ok
	return e, b.endOptions(e, opts, role, at) && ok
}

// connector chooses the connector by 'connector' or 'type'.
func (b *binder) connector(e *ends, opts []*option, role spec.Role, at source.Span, name string) bool {
	o := find(opts, "connector", "type")
	if o == nil {
		if k := kafkaKey(opts); k != nil {
			return b.topics(e, k.KeyLoc, role)
		}
		if role == spec.Source && find(opts, "path", "format", "topic") == nil {
			e.conn = catalog.Push // rows come from the embedding program
			return true
		}
		b.errNoConnector(at, name, role)
		return false
	}
	o.used = true
	if second := find(opts, "connector", "type"); second != nil {
		second.used = true
		b.errOptionTwice(second, o.Loc)
		return false
	}
	value := strings.ToLower(strings.TrimSpace(o.Value))
	if config.HasVars(value) {
		b.errVariable(o, &catalog.EndOptions[0])
		return false
	}
	value = connectorName(value)
	conn, standing := catalog.Connector(value, role)
	switch standing {
	case catalog.Found:
		if conn.Messages {
			return b.topics(e, o.ValueLoc, role)
		}
		e.conn = conn
		return true
	case catalog.Planned:
		b.errConnectorPlanned(o.ValueLoc, value, role)
	case catalog.WrongEnd:
		b.errConnectorEnd(o, value, role)
	default:
		b.errUnknownConnector(o, role)
	}
	return false
}

// connectorName cuts the end off a type: file_source, file_sink, file_source_mmap.
func connectorName(value string) string {
	for _, end := range []string{"_source_mmap", "_source", "_sink"} {
		value = strings.TrimSuffix(value, end)
	}
	return value
}

// kafkaKey returns an option that only Kafka has, in ksqlDB's spelling or ours.
func kafkaKey(opts []*option) *option {
	return find(opts, "kafka_topic", "topic", "bootstrap.servers", "brokers", "topic.name")
}

// format chooses the format: the named one, the one that the file's name shows,
// or the connector's first.
func (b *binder) format(e *ends, opts []*option) bool {
	if _, own := spec.Find(e.conn.Options, "format"); own {
		return true // the connector writes formats of its own
	}
	name := ""
	o := find(opts, "format", "value.format", "value_format", "file.format")
	switch {
	case o != nil:
		o.used = true
		if config.HasVars(o.Value) {
			b.errVariable(o, &catalog.EndOptions[2])
			return false
		}
		name = strings.TrimSpace(o.Value)
	case len(e.conn.Formats) == 0:
		return true
	case b.rules.OwnTopics && e.conn.Messages && b.setting("ksql.persistence.default.format.value") == "":
		b.errNoValueFormat(e.loc)
		return false
	default:
		name = e.conn.Formats[0]
		if given := b.setting("ksql.persistence.default.format.value"); given != "" && e.conn.Messages {
			name = given
		}
		if p := find(opts, "path", "file.path", "file", "filename", "source.path"); p != nil {
			if f := catalog.FormatOfPath(p.Value); f != "" {
				name = f
			}
		}
	}
	if o != nil && o.Bare && strings.EqualFold(o.Key, "format") && e.conn.Messages {
		e.opts = append(e.opts, bound.Option{Key: "key.format", Value: strings.ToLower(name), Loc: o.ValueLoc})
	}
	f, standing := catalog.FormatFor(e.conn, name)
	if standing == catalog.Found && carries(e.conn, f.Name) {
		e.format = f
		return true
	}
	b.errFormat(o, name, standing, e.conn)
	return false
}

// keyFormat reports a format of keys that is not there yet.
func (b *binder) keyFormat(e *ends, opts []*option) bool {
	o := find(opts, "key.format", "key_format")
	if o == nil || !e.conn.Messages {
		return true
	}
	if _, standing := catalog.FormatFor(e.conn, strings.TrimSpace(o.Value)); standing == catalog.Planned {
		o.used = true
		b.errFormat(o, o.Value, standing, e.conn)
		return false
	}
	return true
}

func carries(c *spec.Connector, format string) bool {
	for _, f := range c.Formats {
		if f == format {
			return true
		}
	}
	return false
}

// endOptions takes the options of the connector and the format, and checks that
// the required ones are there.
func (b *binder) endOptions(e *ends, opts []*option, role spec.Role, at source.Span) bool {
	tables := [][]spec.Option{e.conn.Options}
	if e.format != nil {
		tables = append(tables, e.format.Options)
	}
	b.stmt.tables = append(b.stmt.tables, tables...)
	before := b.diags.Len()
	for _, table := range tables {
		for _, o := range opts {
			if o.used {
				continue
			}
			decl, ok := spec.Find(table, o.key)
			if !ok {
				continue
			}
			o.used = true
			if decl.Role&role == 0 {
				b.errOptionEnd(o, decl, role)
				continue
			}
			e.opts = b.takeOne(o, decl, e.opts)
		}
	}
	if b.rules.EpochTimes && e.conn.Messages && role == spec.Sink {
		if _, given := bound.Get(e.opts, "timestamp.format"); !given {
			e.opts = append(e.opts, bound.Option{Key: "timestamp.format", Value: "epoch_millis", Loc: at})
		}
	}
	for _, decl := range e.conn.Options {
		if _, ok := bound.Get(e.opts, decl.Key); decl.Required && !ok && b.diags.Len() == before {
			b.errMissingOption(at, decl.Key, e.conn.Name)
		}
	}
	return b.diags.Len() == before
}

// fileEnds describes the source that a path in quotes stands for.
func (b *binder) fileEnds(opts []*option, p *ast.StringLit) (*ends, bool) {
	set := append([]*option{}, opts...)
	add := func(key, value string) {
		set = append(set, &option{Option: ast.Option{Loc: p.Loc, Key: key, KeyLoc: p.Loc, Value: value, ValueLoc: p.Loc}, key: key})
	}
	if i := strings.Index(p.Value, "://"); i > 0 && p.Value[:i] != "file" {
		b.errConnectorPlanned(p.Loc, p.Value[:i], spec.Source)
		for _, o := range opts {
			o.used = true
		}
		return nil, false
	}
	if find(set, "connector", "type") == nil {
		add("connector", "file")
	}
	add("path", strings.TrimPrefix(p.Value, "file://"))
	if find(set, "format", "value.format", "value_format", "file.format") == nil && catalog.FormatOfPath(p.Value) == "" {
		b.errFormatOfPath(p)
		for _, o := range opts {
			o.used = true
		}
		return nil, false
	}
	return b.ends(set, spec.Source, p.Loc, pathName(p.Value))
}

// pathName makes the name of a relation of the name of a file.
func pathName(p string) string {
	base := path.Base(strings.ReplaceAll(p, `\`, "/"))
	if i := strings.IndexByte(base, '.'); i > 0 {
		base = base[:i]
	}
	var out strings.Builder
	for _, r := range base {
		switch {
		case r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9':
			out.WriteRune(r)
		default:
			out.WriteByte('_')
		}
	}
	name := strings.Trim(out.String(), "_")
	if dir := path.Dir(p); name == "" && dir != "." && dir != "/" {
		return pathName(dir) // data/*.csv
	}
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		name = "file_" + name
	}
	return strings.TrimSuffix(name, "_")
}
