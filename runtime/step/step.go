// Package step is the main of the binary that holds the programs of many tests.
// It reads jobs from standard input, one JSON object per line, runs each with an
// rt.Stepper and answers with one line per job, in their order.
//
//	job ─▶ Stepper: records, time, ends ─▶ what the sinks got
//
// Only tests link it.
package step

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"

	rt "github.com/velocsql/veloc/runtime"
)

// Job is one test: a program and what is done to it.
type Job struct {
	ID      int    `json:"id"`
	Program string `json:"program"`
	// Clock is the time at the start, in microseconds since the epoch.
	Clock int64 `json:"clock,omitempty"`
	// Partitions is how many each source has; what is left out has one.
	Partitions []int             `json:"partitions,omitempty"`
	Env        map[string]string `json:"env,omitempty"`
	Actions    []Action          `json:"actions"`
}

// Action is one step of a test.
type Action struct {
	Op        Op  `json:"op"`
	Source    int `json:"source,omitempty"`
	Partition int `json:"partition,omitempty"`
	// Data is the encoded record of Feed, Header the header line of its file.
	Data   []byte `json:"data,omitempty"`
	Header []byte `json:"header,omitempty"`
	// Time is when the record of Feed comes, or how much Advance moves the clock
	// by, in microseconds.
	Time int64 `json:"time,omitempty"`
	// Now: the record comes when the clock says.
	Now bool `json:"now,omitempty"`
}

// Op is what an action does.
type Op string

// The operations.
const (
	Feed    Op = "feed"    // a record comes
	Advance Op = "advance" // time passes
	End     Op = "end"     // a source ends
)

// Result is what a job brought about.
type Result struct {
	ID       int       `json:"id"`
	Written  []Written `json:"written,omitempty"`
	Rejected []Reject  `json:"rejected,omitempty"`
	Late     int64     `json:"late,omitempty"`
	// Failed is why the program ended with an error; Step says in which action.
	Failed string `json:"failed,omitempty"`
	Step   int    `json:"step,omitempty"`
	// Panic: the program crashed; Failed has the trace.
	Panic bool `json:"panic,omitempty"`
}

// Written is what a sink got in one step.
type Written struct {
	Step int    `json:"step"`
	Sink int    `json:"sink"`
	Data []byte `json:"data"`
}

// Reject is a record that failed.
type Reject struct {
	Step      int    `json:"step"`
	Statement string `json:"statement"`
	SQL       string `json:"sql"`
	Source    string `json:"source,omitempty"`
	Reason    string `json:"reason"`
	Record    []byte `json:"record,omitempty"`
}

// Main answers the jobs of in.
func Main(programs map[string]func() *rt.Program, in io.Reader, out io.Writer) error {
	r := bufio.NewReaderSize(in, 1<<20)
	w := bufio.NewWriter(out)
	dec, enc := json.NewDecoder(r), json.NewEncoder(w)
	for {
		var j Job
		if err := dec.Decode(&j); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		res := run(programs[j.Program], &j)
		if err := enc.Encode(res); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
}

// run runs one job. A panic of the program is its result.
func run(program func() *rt.Program, j *Job) (res *Result) {
	res = &Result{ID: j.ID}
	if program == nil {
		res.Failed = fmt.Sprintf("there is no program %q", j.Program)
		return res
	}
	defer func() {
		if p := recover(); p != nil {
			res.Panic = true
			res.Failed = fmt.Sprintf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	now := j.Clock
	env := &rt.Env{
		Now:    func() int64 { return now },
		Getenv: func(k string) (string, bool) { v, ok := j.Env[k]; return v, ok },
		Stdout: io.Discard, Stderr: io.Discard,
	}
	s, err := rt.NewStepper(program(), rt.StepOptions{
		Env: env, Partitions: j.Partitions,
		Written: func(sink int, p []byte) {
			if n := len(res.Written); n > 0 && res.Written[n-1].Sink == sink && res.Written[n-1].Step == res.Step {
				res.Written[n-1].Data = append(res.Written[n-1].Data, p...)
				return
			}
			res.Written = append(res.Written, Written{Step: res.Step, Sink: sink, Data: append([]byte(nil), p...)})
		},
		Rejected: func(r *rt.Rejection) {
			res.Rejected = append(res.Rejected, Reject{
				Step: res.Step, Statement: r.Statement, SQL: r.SQL, Source: r.Source, Reason: r.Reason, Record: append([]byte(nil), r.Record...),
			})
		},
	})
	headers := map[string][]byte{}
	for i := 0; err == nil && i < len(j.Actions); i++ {
		res.Step = i
		switch a := &j.Actions[i]; a.Op {
		case Feed:
			rec := &rt.StepRecord{Partition: a.Partition, Data: a.Data, Arrival: a.Time}
			if len(a.Header) > 0 {
				h, ok := headers[string(a.Header)]
				if !ok {
					h = a.Header
					headers[string(h)] = h
				}
				rec.Header = h
			}
			if a.Now {
				rec.Arrival = now
			}
			err = s.Feed(a.Source, rec)
		case Advance:
			now += a.Time
		case End:
			err = s.End(a.Source)
		default:
			err = fmt.Errorf("unknown step %q", a.Op)
		}
	}
	if s != nil {
		res.Late = s.Late()
		if e := s.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		res.Failed = err.Error()
	}
	return res
}
