package step

import (
	"fmt"
	"io"
	"runtime/debug"
	"slices"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/topic"
)

// runner is one job that runs.
type runner struct {
	job     *Job
	res     *Result
	now     int64
	broker  *topic.Broker
	stepper *rt.Stepper
	headers map[string][]byte // header lines, each once
	sinks   []*topic.Topic    // topics that the program writes, each once
}

// run runs one job. A panic of the program is its result.
func run(program func() *rt.Program, j *Job) (res *Result) {
	res = &Result{ID: j.ID}
	if program == nil {
		res.Failed = fmt.Sprintf("there is no program %q", j.Program)
		return res
	}
	r := &runner{job: j, res: res, now: j.Clock, broker: topic.NewBroker(topic.Step), headers: map[string][]byte{}}
	defer func() {
		if p := recover(); p != nil {
			res.Panic = true
			res.Failed = fmt.Sprintf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	err := r.open(program())
	for i := 0; err == nil && i < len(j.Actions); i++ {
		res.Step = i
		err = r.act(&j.Actions[i])
		r.take()
	}
	if r.stepper != nil {
		res.Late = r.stepper.Late()
		if e := r.stepper.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		res.Failed = err.Error()
	}
	return res
}

// open makes the topics and opens the program.
func (r *runner) open(p *rt.Program) error {
	j, res := r.job, r.res
	for _, t := range j.Topics {
		r.broker.Create(t.Name, t.Partitions)
	}
	seen := map[string]bool{}
	for _, name := range j.SinkTopics {
		if name != "" && !seen[name] {
			seen[name] = true
			r.sinks = append(r.sinks, r.broker.Topic(name))
		}
	}
	env := &rt.Env{
		Now:    func() int64 { return r.now },
		Getenv: func(k string) (string, bool) { v, ok := j.Env[k]; return v, ok },
		Stdout: io.Discard, Stderr: io.Discard,
		Topics: r.broker,
	}
	var err error
	r.stepper, err = rt.NewStepper(p, rt.StepOptions{
		Env: env, Partitions: j.Partitions, TopicSources: named(j.SourceTopics), TopicSinks: named(j.SinkTopics),
		Written: r.written,
		Covered: func(branch int) {
			if !slices.Contains(res.Covered, branch) {
				res.Covered = append(res.Covered, branch)
			}
		},
		Rejected: func(x *rt.Rejection) {
			res.Rejected = append(res.Rejected, Reject{
				Step: res.Step, Statement: x.Statement, SQL: x.SQL, Source: x.Source, Reason: x.Reason, Record: append([]byte(nil), x.Record...),
			})
		},
	})
	if err == nil {
		err = r.stepper.Drain()
	}
	r.take()
	return err
}

// named tells which of the names are there.
func named(names []string) []bool {
	list := make([]bool, len(names))
	for i, n := range names {
		list[i] = n != ""
	}
	return list
}

// written takes what a sink gets.
func (r *runner) written(sink int, p []byte) {
	res := r.res
	if n := len(res.Written); n > 0 && res.Written[n-1].Topic == "" && res.Written[n-1].Sink == sink && res.Written[n-1].Step == res.Step {
		res.Written[n-1].Data = append(res.Written[n-1].Data, p...)
		return
	}
	res.Written = append(res.Written, Written{Step: res.Step, Sink: sink, Data: append([]byte(nil), p...)})
}

// take takes what the topics have got.
func (r *runner) take() {
	for _, t := range r.sinks {
		list := t.Take()
		if len(list) == 0 {
			continue
		}
		w := Written{Step: r.res.Step, Topic: t.Name()}
		for _, x := range list {
			w.Records = append(w.Records, Record{
				Key: x.Key, Value: x.Value, Timestamp: x.Timestamp, Partition: x.Partition, Headers: x.Headers,
				Windowed: x.Windowed, WindowStart: x.WindowStart, WindowEnd: x.WindowEnd,
			})
		}
		r.res.Written = append(r.res.Written, w)
	}
}

// act does one action.
func (r *runner) act(a *Action) error {
	switch a.Op {
	case Feed:
		rec := &rt.StepRecord{Partition: a.Partition, Data: a.Data, Arrival: a.Time, Header: r.header(a.Header)}
		if a.Now {
			rec.Arrival = r.now
		}
		if err := r.stepper.Feed(a.Source, rec); err != nil {
			return err
		}
	case Produce:
		x := a.Record
		t := r.broker.Topic(a.Topic)
		t.Produce(rt.Record{
			Key: x.Key, Value: x.Value, Timestamp: x.Timestamp, Partition: x.Partition, Headers: x.Headers,
			Windowed: x.Windowed, WindowStart: x.WindowStart, WindowEnd: x.WindowEnd,
		})
		t.Take() // the test knows what it has produced
	case Advance:
		r.now += a.Time
		if err := r.stepper.Pass(); err != nil {
			return err
		}
	case Watermark:
		if err := r.stepper.Watermark(a.Source, a.Time); err != nil {
			return err
		}
	case End:
		if err := r.stepper.End(a.Source); err != nil {
			return err
		}
	default:
		return fmt.Errorf("unknown step %q", a.Op)
	}
	return r.stepper.Drain()
}

// header returns the same slice for the same header line.
func (r *runner) header(line []byte) []byte {
	if len(line) == 0 {
		return nil
	}
	h, ok := r.headers[string(line)]
	if !ok {
		h = line
		r.headers[string(line)] = h
	}
	return h
}
