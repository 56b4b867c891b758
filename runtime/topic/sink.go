package topic

import (
	"context"
	"errors"

	rt "github.com/velocsql/veloc/runtime"
)

// sink appends framed records to a topic.
type sink struct{ topic *Topic }

func (s *sink) Open(context.Context, *rt.Env, []byte) error { return nil }
func (s *sink) Flush() error                                { return nil }
func (s *sink) Prepare(int64) ([]byte, error)               { return nil, nil }
func (s *sink) Commit([]byte) error                         { return nil }
func (s *sink) Recover([]byte) error                        { return nil }
func (s *sink) Close(bool) error                            { return nil }

// Write takes whole records as an rt.Frame makes them.
func (s *sink) Write(p []byte) error {
	s.topic.mu.Lock()
	defer s.topic.mu.Unlock()
	for len(p) > 0 {
		var r rt.Record
		r, p = rt.NextRecord(p)
		r.Partition = -1
		s.topic.produce(r)
	}
	return nil
}

// errNoTopics is the failure of a program with topics that runs without a broker.
var errNoTopics = errors.New("there is no broker: topics are in memory, and the environment of the program has none")

// NewSource returns the source of a program; the environment says where the
// topics are.
func NewSource(name string, c rt.Config) rt.Source { return &reader{name: name, config: c} }

// reader is a source that finds its topic when it is opened.
type reader struct {
	rt.Source
	name   string
	config rt.Config
}

func (r *reader) Open(ctx context.Context, env *rt.Env, f rt.Framing) error {
	r.Source = &source{}
	if env.Topics == nil {
		return errNoTopics
	}
	r.Source = env.Topics.TopicSource(r.name, r.config)
	return r.Source.Open(ctx, env, f)
}

// Close ends the reading of a source that may never have been opened.
func (r *reader) Close() error {
	if r.Source == nil {
		return nil
	}
	return r.Source.Close()
}

// NewSink returns the sink of a program; the environment says where the topics
// are.
func NewSink(name string, c rt.Config) rt.Sink { return &writer{name: name, config: c} }

// writer is a sink that finds its topic when it is opened.
type writer struct {
	rt.Sink
	name   string
	config rt.Config
}

func (w *writer) Open(ctx context.Context, env *rt.Env, head []byte) error {
	w.Sink = &sink{}
	if env.Topics == nil {
		return errNoTopics
	}
	w.Sink = env.Topics.TopicSink(w.name, w.config)
	return w.Sink.Open(ctx, env, head)
}

// Close ends the writing of a sink that may never have been opened.
func (w *writer) Close(commit bool) error {
	if w.Sink == nil {
		return nil
	}
	return w.Sink.Close(commit)
}
