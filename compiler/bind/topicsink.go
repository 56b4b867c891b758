package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/runtime/spec"
)

// ownTopic reports whether the sink of a derived relation is a topic unless its
// options say something else.
func (b *binder) ownTopic() bool {
	return b.rules.OwnTopics && b.opts.Topics && find(b.stmt.opts.own, "connector", "type") == nil
}

// topicSink gives a derived relation the topic that it has in a dialect where every
// one has its own: named like the relation, in the formats of what it reads.
func (b *binder) topicSink(name ast.Ident, q bound.Query) (*bound.Sink, bool) {
	from := b.topicOf(q)
	own := b.stmt.opts.own
	if from == nil && kafkaKey(own) == nil {
		return nil, true
	}
	set := append([]*option{}, own...)
	add := func(key, value string) {
		set = append(set, &option{Option: ast.Option{Loc: name.Loc, Key: key, KeyLoc: name.Loc, Value: value, ValueLoc: name.Loc}, key: key})
	}
	add("connector", catalog.Topic.Name)
	if find(own, "kafka_topic", "topic", "topic.name") == nil {
		add("topic", name.Name)
	}
	if from != nil {
		both := find(own, "format") // FORMAT or VALUE_FORMAT, which have one key
		bare := both != nil && both.Bare && strings.EqualFold(both.Key, "format")
		if both == nil && find(own, "value.format") == nil {
			add("format", from.Format.Name)
			if d, ok := bound.Get(from.Options, "delimiter"); ok && find(own, "delimiter") == nil {
				add("delimiter", d)
			}
		}
		if k, ok := bound.Get(from.Options, "key.format"); ok && k != "none" && !bare && find(own, "key.format", "key_format") == nil {
			add("key.format", k)
			if d, ok := bound.Get(from.Options, "key.delimiter"); ok && find(own, "key.delimiter", "key_delimiter") == nil {
				add("key.delimiter", d)
			}
		}
	}
	e, ok := b.ends(set, spec.Sink, name.Loc, name.Name)
	if !ok {
		return nil, false
	}
	return b.newSink(name.Name, e, name.Loc), true
}

// writesTopic reports a declared stream whose topic can be written to, in a dialect
// where a stream is its topic. Headers and the windows of keys cannot be written.
func (b *binder) writesTopic(r *relation) bool {
	src := r.rel.Source
	if !b.rules.OwnTopics || src == nil || src.Message == nil || r.fixed || r.rel.Kind != bound.Stream || len(src.Message.Meta) > 0 {
		return false
	}
	_, windows := bound.Get(src.Options, "window.type")
	return !windows
}

// topicTarget is the topic of a declared stream as a sink, which all INSERTs into
// the stream share.
func (b *binder) topicTarget(r *relation) *sink {
	if r.topic == nil {
		src := r.rel.Source
		out := &bound.Sink{Name: r.name.Name, Connector: src.Connector, Format: src.Format, Loc: r.name.Loc, Key: r.rel.Key}
		for _, o := range src.Options {
			for _, table := range [][]spec.Option{src.Connector.Options, src.Format.Options} {
				if d, ok := spec.Find(table, o.Key); ok && d.Role&spec.Sink != 0 {
					out.Options = append(out.Options, o)
				}
			}
		}
		if _, ok := bound.Get(out.Options, "topic"); !ok {
			out.Options = append(out.Options, bound.Option{Key: "topic", Value: r.name.Name, Loc: r.name.Loc})
		}
		m := *src.Message
		m.NullKey = true
		out.Message = &m
		b.prog.Sinks = append(b.prog.Sinks, out)
		r.topic = &sink{name: r.name, sink: out, cols: r.rel.Cols}
	}
	r.topic.writers++
	return r.topic
}

// topicOf is the topic that a query reads first, as a sink would be described; nil
// if it reads none.
func (b *binder) topicOf(q bound.Query) *bound.Sink {
	switch q := q.(type) {
	case *bound.Select:
		return b.topicOfInput(q.From)
	case *bound.Union:
		for _, in := range q.Inputs {
			if s := b.topicOf(in); s != nil {
				return s
			}
		}
	}
	return nil
}

func (b *binder) topicOfInput(in bound.Input) *bound.Sink {
	switch in := in.(type) {
	case *bound.Derived:
		return b.topicOf(in.Query)
	case *bound.Read:
		rel := in.Rel
		if src := rel.Source; src != nil {
			if !src.Connector.Messages {
				return nil
			}
			return &bound.Sink{Connector: src.Connector, Format: src.Format, Options: src.Options}
		}
		for _, s := range rel.Sinks {
			if s.Connector.Messages {
				return s
			}
		}
		if rel.Query != nil {
			return b.topicOf(rel.Query)
		}
	}
	return nil
}

// sinkTime makes a column of the result the time of its records, as the option
// TIMESTAMP of a sink says.
func (b *binder) sinkTime(q bound.Query, opts []*option) bool {
	if len(opts) == 0 {
		return true
	}
	var field, format *option
	for _, o := range opts {
		switch o.key {
		case "event.time.field":
			field = o
		case "event.time.format":
			format = o
		}
	}
	sel, ok := q.(*bound.Select)
	if field == nil || !ok {
		b.errNoTimeField(opts[0])
		return false
	}
	id := ast.Ident{Name: field.Value, Loc: field.ValueLoc}
	if b.rules.UpperNames {
		id.Name = strings.ToUpper(id.Name)
	}
	cols := sel.Out()
	i := columnIndex(cols, id)
	if i < 0 {
		b.errTimeField(field, &bound.Relation{Name: "the result", Cols: cols})
		return false
	}
	if format != nil && !formatFits(format.Value, cols[i].Type, "") {
		b.errTimeType(field, format, cols[i])
		return false
	}
	e := sel.Items[i].Expr
	if a, ok := e.(*bound.Attempt); ok {
		e = a.X
	}
	if format != nil && cols[i].Type.Kind == types.String {
		return b.sinkTimeText(sel, e, format)
	}
	t := b.convert(e, types.Of(types.Timestamp), true)
	if t == nil {
		b.errTimeType(field, format, cols[i])
		return false
	}
	sel.EventTime = sinceEpoch(t)
	return true
}

// sinceEpoch is a time, or NULL before 1970: a record cannot have such a time.
func sinceEpoch(t bound.Expr) bound.Expr {
	epoch := &bound.Const{Node: node(t.Type(), false, t.Span())}
	null := &bound.Const{Node: node(t.Type(), true, t.Span()), IsNull: true}
	later := operate(bound.Ge, boolean, t.Nullable(), t.Span(), t, epoch)
	return &bound.Case{Node: node(t.Type(), true, t.Span()), Whens: []bound.When{{Cond: later, Then: t}}, Else: null}
}

// sinkTimeText reads the time of a record from text in a format.
func (b *binder) sinkTimeText(sel *bound.Select, e bound.Expr, format *option) bool {
	f, ok := findFunc("parse_timestamp")
	if !ok {
		b.errPlannedOption(format, "'timestamp_format' of a sink")
		return false
	}
	x := &env{block: &block{b: b, sel: sel, in: &scope{}, ok: true}, clause: "TIMESTAMP_FORMAT"}
	pattern := &bound.Const{Node: node(types.Of(types.String), false, format.ValueLoc), Text: format.Value}
	t := x.resolve(f, []bound.Expr{e, pattern}, format.ValueLoc, format.ValueLoc)
	if t == nil {
		return false
	}
	sel.EventTime = sinceEpoch(t)
	return true
}
