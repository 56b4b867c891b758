package sqltest

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bind"
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/runtime/step"
)

// job is a case on its way through the binary.
type job struct {
	*program
	c       *Case
	wire    step.Job
	now     int64 // what the clock says at the input at hand
	inputs  []int // index of the input of each action
	answer  *step.Result
	result  *Result
	views   map[*pipeline.Sink]*view
	lines   map[*pipeline.Sink][]Row
	topics  map[string][]Row
	crashed string // why there is no answer
}

// job makes the job of a case.
func (p *program) job(c *Case) (*job, error) {
	j := &job{program: p, c: c, now: c.Clock}
	j.wire = step.Job{Program: p.pkg, Clock: c.clock(), Env: c.Env, Partitions: make([]int, len(p.pipe.Sources)), Actions: []step.Action{}}
	for _, s := range p.pipe.Sources {
		j.wire.SourceTopics = append(j.wire.SourceTopics, sourceTopic(s.Rel))
	}
	for _, s := range p.pipe.Sinks {
		j.wire.SinkTopics = append(j.wire.SinkTopics, topicOf(s))
	}
	for _, t := range c.Topics {
		j.wire.Topics = append(j.wire.Topics, step.Topic{Name: t.Name, Partitions: t.Partitions})
	}
	for i := range c.Inputs {
		in := &c.Inputs[i]
		actions, err := j.actions(in)
		if err != nil {
			if in.Line > 0 && c.File != nil {
				return nil, fmt.Errorf("%s:%d: %w", c.File.Path, in.Line, err)
			}
			return nil, fmt.Errorf("input %d: %w", i+1, err)
		}
		for range actions {
			j.inputs = append(j.inputs, i)
		}
		j.wire.Actions = append(j.wire.Actions, actions...)
	}
	return j, nil
}

// actions translates an input.
func (j *job) actions(in *Input) ([]step.Action, error) {
	var list []step.Action
	switch in.Kind {
	case Advance:
		j.now += in.Time
		return []step.Action{{Op: step.Advance, Time: in.Time}}, nil
	case Watermark, End:
		rels := j.relations
		if in.Stream != "" {
			if rels = j.declared(in.Stream, ""); rels == nil {
				return nil, fmt.Errorf("there is no source %q%s", in.Stream, didYouMean(in.Stream, j.names(true)))
			}
		}
		for _, r := range rels {
			for _, s := range j.sources(r) {
				a := step.Action{Op: step.End, Source: s.Index}
				if in.Kind == Watermark {
					a.Op, a.Time = step.Watermark, in.Time
				}
				list = append(list, a)
			}
		}
		return list, nil
	}
	return j.record(in)
}

// record translates a record: one action for the topic, or for each source that it
// reaches.
func (j *job) record(in *Input) ([]step.Action, error) {
	name := target(in.Stream, in.Topic)
	rels := j.declared(in.Stream, in.Topic)
	if len(rels) == 0 {
		return nil, fmt.Errorf("there is no source %q%s", name, didYouMean(name, j.names(true)))
	}
	if topic := sourceTopic(rels[0]); topic != "" {
		return j.onTopic(rels, topic, in)
	}
	var list []step.Action
	for _, r := range rels {
		if in.Key != nil || in.Headers != nil || in.Window != nil {
			return nil, fmt.Errorf("records of %s have no key, headers or window: its source is no topic", r.Name)
		}
		data, header, err := encode(r, in)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name, err)
		}
		part := max(in.Partition, 0)
		for _, s := range j.sources(r) {
			j.wire.Partitions[s.Index] = max(j.wire.Partitions[s.Index], part+1)
			list = append(list, step.Action{
				Op: step.Feed, Source: s.Index, Partition: part, Data: data, Header: header, Time: in.Time, Now: !in.HasTime,
			})
		}
	}
	return list, nil
}

// onTopic translates a record of a topic that relations read.
func (j *job) onTopic(rels []*bound.Relation, topic string, in *Input) ([]step.Action, error) {
	a, err := j.produce(rels[0], topic, in)
	if err != nil {
		return nil, err
	}
	if in.Partition > 0 {
		at := -1
		for i := range j.wire.Topics {
			if j.wire.Topics[i].Name == topic {
				at = i
			}
		}
		if at < 0 {
			at = len(j.wire.Topics)
			j.wire.Topics = append(j.wire.Topics, step.Topic{Name: topic})
		}
		j.wire.Topics[at].Partitions = max(j.wire.Topics[at].Partitions, in.Partition+1)
	}
	return []step.Action{a}, nil
}

// inputOf is the index of the input that an action is for.
func (j *job) inputOf(action int) int {
	if action < len(j.inputs) {
		return j.inputs[action]
	}
	return max(len(j.c.Inputs)-1, 0)
}

// decode reads the rows of all sinks.
func (j *job) decode() error {
	j.views = map[*pipeline.Sink]*view{}
	j.lines, j.topics = map[*pipeline.Sink][]Row{}, map[string][]Row{}
	byTopic := map[string]*view{}
	for _, s := range j.pipe.Sinks {
		v := j.newView(s)
		j.views[s] = v
		if t := topicOf(s); t != "" && byTopic[t] == nil {
			byTopic[t] = v
		}
	}
	for _, w := range j.answer.Written {
		at := j.inputOf(w.Step)
		if w.Topic != "" {
			for i := range w.Records {
				row, err := byTopic[w.Topic].decodeRecord(at, &w.Records[i])
				if err != nil {
					return err
				}
				j.topics[w.Topic] = append(j.topics[w.Topic], row)
			}
			continue
		}
		s := j.pipe.Sinks[w.Sink]
		rows, err := j.views[s].decode(at, w.Data)
		if err != nil {
			return err
		}
		j.lines[s] = append(j.lines[s], rows...)
	}
	out := map[string][]Row{}
	for _, s := range j.pipe.Sinks {
		if observing(s) {
			continue
		}
		rows := j.rowsOf(s)
		out[s.Name] = rows
		if t := topicOf(s); t != "" {
			out[t] = rows
		}
	}
	j.result.Outputs = out
	return nil
}

// rowsOf are the rows of a sink: those of its topic, or its lines together with
// what the records of the same rows tell.
func (j *job) rowsOf(s *pipeline.Sink) []Row {
	if t := topicOf(s); t != "" {
		return j.topics[t]
	}
	rows := j.lines[s]
	q := j.writer(s)
	if q == nil {
		return rows
	}
	for _, r := range q.Sinks {
		if !observing(r) {
			continue
		}
		records := j.topics[bind.ObservedTopic(q.Rel.Name)]
		if len(records) != len(rows) {
			break // the sink has other writers too
		}
		out := make([]Row, len(rows))
		for i := range rows {
			out[i] = rows[i]
			out[i].Key, out[i].Time, out[i].HasTime, out[i].Window = records[i].Key, records[i].Time, true, records[i].Window
		}
		j.views[s].keyPart = j.views[r].keyPart
		return out
	}
	return rows
}
