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
	"io"

	rt "github.com/velocsql/veloc/runtime"
)

// Job is one test: a program and what is done to it.
type Job struct {
	ID      int    `json:"id"`
	Program string `json:"program"`
	// Clock is the time at the start, in microseconds since the epoch.
	Clock int64 `json:"clock,omitempty"`
	// Partitions is how many each source has; what is left out has one.
	Partitions []int `json:"partitions,omitempty"`
	// SourceTopics and SinkTopics are the topics of sources and sinks, "" for
	// other ones; Topics are those that are there beforehand.
	SourceTopics []string          `json:"sourceTopics,omitempty"`
	SinkTopics   []string          `json:"sinkTopics,omitempty"`
	Topics       []Topic           `json:"topics,omitempty"`
	Env          map[string]string `json:"env,omitempty"`
	Actions      []Action          `json:"actions"`
}

// Topic is a topic that is there before the program.
type Topic struct {
	Name       string `json:"name"`
	Partitions int    `json:"partitions"`
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
	// Topic and Record are those of Produce. The record's timestamp is Time, in
	// microseconds, or that of the clock.
	Topic  string  `json:"topic,omitempty"`
	Record *Record `json:"record,omitempty"`
}

// Record is a record of a topic. A key or a value that is null in JSON is null.
type Record struct {
	Key         []byte      `json:"key"`
	Value       []byte      `json:"value"`
	Timestamp   int64       `json:"timestamp"` // milliseconds since the epoch
	Partition   int         `json:"partition"` // below 0: where the key belongs
	Headers     []rt.Header `json:"headers,omitempty"`
	Windowed    bool        `json:"windowed,omitempty"`
	WindowStart int64       `json:"windowStart,omitempty"`
	WindowEnd   int64       `json:"windowEnd,omitempty"`
}

// Op is what an action does.
type Op string

// The operations.
const (
	Feed    Op = "feed"    // a record of lines comes
	Produce Op = "produce" // a record comes to a topic
	Advance Op = "advance" // time passes
	// the watermark of a source moves to Time
	Watermark Op = "watermark"
	End       Op = "end" // a source ends
)

// Result is what a job brought about.
type Result struct {
	ID       int       `json:"id"`
	Written  []Written `json:"written,omitempty"`
	Rejected []Reject  `json:"rejected,omitempty"`
	Late     int64     `json:"late,omitempty"`
	Covered  []int     `json:"covered,omitempty"` // branches that ran, each once
	// Failed is why the program ended with an error; Step says in which action.
	Failed string `json:"failed,omitempty"`
	Step   int    `json:"step,omitempty"`
	// Panic: the program crashed; Failed has the trace.
	Panic bool `json:"panic,omitempty"`
}

// Written is what a sink or a topic got in one step.
type Written struct {
	Step int    `json:"step"`
	Sink int    `json:"sink,omitempty"`
	Data []byte `json:"data,omitempty"`
	// Topic, if it is not "", got Records.
	Topic   string   `json:"topic,omitempty"`
	Records []Record `json:"records,omitempty"`
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
