package bind

import (
	"slices"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	discard "github.com/velocsql/veloc/runtime/sink/discard/spec"
	terminal "github.com/velocsql/veloc/runtime/sink/terminal/spec"
)

// Observe is what can be seen of the relations of a program.
type Observe uint8

// What can be seen.
const (
	// Sinks: what the program writes.
	Sinks Observe = iota
	// Rows: the rows of every relation. One without a sink gets one of JSON lines,
	// and terminals print JSON lines.
	Rows
	// Records: beside the rows the record that each would be on a topic, with its
	// key, time and window. It goes to the topic ObservedTopic.
	Records
)

// ObservedTopic is the topic with the records of a relation that has none of its
// own.
func ObservedTopic(relation string) string { return "observed " + relation }

// observe gives relations the sinks by which they are seen.
func (b *binder) observe() {
	if b.opts.Observe == Sinks {
		return
	}
	inserts := map[*bound.Relation]bool{}
	for _, r := range b.prog.Relations {
		for _, i := range r.Inserts {
			inserts[i] = true
		}
	}
	for _, s := range b.prog.Sinks {
		if s.Connector.Name != terminal.Connector.Name {
			continue
		}
		s.Options = slices.DeleteFunc(slices.Clone(s.Options), func(o bound.Option) bool { return o.Key == terminal.Format.Key })
		s.Options = append(s.Options, bound.Option{Key: terminal.Format.Key, Value: "json"})
	}
	format, _ := catalog.Format("json")
	for _, r := range b.prog.Relations {
		if r.Query == nil || r.Kind == bound.View || r.Kind == bound.Inner || inserts[r] {
			continue
		}
		if len(r.Sinks) == 0 {
			b.observed(r, &bound.Sink{Name: r.Name, Connector: &discard.Connector, Format: format})
		}
		topic := slices.ContainsFunc(r.Sinks, func(s *bound.Sink) bool { return s.Connector.Messages })
		if b.opts.Observe == Records && !topic {
			b.observed(r, b.records(r))
		}
	}
}

func (b *binder) observed(r *bound.Relation, s *bound.Sink) {
	s.Loc = r.NameLoc
	r.Sinks = append(r.Sinks, s)
	b.prog.Sinks = append(b.prog.Sinks, s)
}

// records is the sink for the records of a relation, all in JSON.
func (b *binder) records(r *bound.Relation) *bound.Sink {
	key := r.Key
	if key == nil {
		key = naturalKey(r.Query)
	}
	m := &bound.Message{Key: "json", Value: "json", Windowed: windowed(r.Query), WindowBeside: true}
	if len(key) == 0 {
		m.Key = "none"
	}
	format, _ := catalog.FormatFor(catalog.Topic, "json")
	return &bound.Sink{
		Name: r.Name + "_records", Connector: catalog.Topic, Format: format, Message: m, Key: key,
		Options: []bound.Option{{Key: "topic", Value: ObservedTopic(r.Name)}},
	}
}
