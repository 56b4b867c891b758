package sqltest

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/runtime/step"
)

// Status is how a case ended.
type Status string

// The statuses.
const (
	Pass  Status = "pass"
	Fail  Status = "fail"  // something else came out
	Error Status = "error" // the case itself is wrong, or veloc is
	Skip  Status = "skip"
)

// Result is how a case ended and what it brought about.
type Result struct {
	Case    *Case
	Status  Status
	Message string
	// Outputs are all rows, by the name of the relation or sink, and by the topic
	// where there is one.
	Outputs map[string][]Row
	// Rejected are the records that failed.
	Rejected []step.Reject
	Late     int64
	// Refused is what the compiler said of a program that it refused.
	Refused     string
	Diagnostics []diag.Diagnostic
	// Unsaid: the case passes, but it does not say what comes out, and something does.
	Unsaid bool
	// Took is how long the case ran, without compiling.
	Took time.Duration

	job *job // what was run; nil if nothing was
}

// Suite runs cases.
type Suite struct {
	// Runtime is a checkout of veloc to build with, Embedded the runtime that is
	// used without one: see gobuild.Target.
	Runtime  string
	Embedded fs.FS
	Env      []string  // of the go command; nil is that of the process
	Log      io.Writer // a note when the build takes long; may be nil
	Trace    io.Writer // the commands of the build; may be nil
	// Cover makes results know which branches of the SQL ran: see Coverage.
	Cover bool
	// Limit is how long one case may run; 0 is ten seconds.
	Limit time.Duration
}

// Run runs cases and returns their results in the same order. An error means that
// nothing could be run at all.
func (s *Suite) Run(ctx context.Context, cases []*Case) ([]*Result, error) {
	results := make([]*Result, len(cases))
	var live []*Case
	for i, c := range cases {
		results[i] = &Result{Case: c}
		if why := c.skipped(); why != "" {
			results[i].Status, results[i].Message = Skip, why
			continue
		}
		live = append(live, c)
	}
	programs := compileAll(ctx, live, s.Cover)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var jobs []*job
	for i, c := range cases {
		p := programs[c]
		if p == nil {
			continue
		}
		r := results[i]
		r.Diagnostics, r.Refused = p.diags, p.refused
		switch {
		case p.defect != "":
			r.Status, r.Message = Error, p.defect
		case p.refused != "":
			r.refused()
		default:
			j, err := p.job(c)
			if err != nil {
				r.Status, r.Message = Error, err.Error()
				continue
			}
			j.result, r.job = r, j
			jobs = append(jobs, j)
		}
	}
	if err := s.execute(ctx, jobs); err != nil {
		return nil, err
	}
	for _, j := range jobs {
		if j.result.Status == "" {
			j.judge()
		}
	}
	return results, nil
}

// refused judges a case whose program the compiler refused.
func (r *Result) refused() {
	c := r.Case
	switch {
	case !c.Refused:
		r.Status, r.Message = Fail, r.Refused
	case c.AnyError || c.Error == "" || says(r.Diagnostics, c.Error) || containsFold(r.Refused, c.Error):
		r.Status = Pass
	default:
		r.Status = Fail
		r.Message = fmt.Sprintf("the error is another one: want %q, got\n%s", c.Error, r.Refused)
	}
}

// says reports an error with a code.
func says(list []diag.Diagnostic, code string) bool {
	return slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
		return d.Severity == diag.Error && strings.EqualFold(string(d.Code), code)
	})
}

func containsFold(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

// judge compares what came out.
func (j *job) judge() {
	r := j.result
	if j.crashed != "" {
		r.Status, r.Message = Error, j.crashed
		return
	}
	if name := j.c.schemaTopic(); name != "" {
		r.Status, r.Message = Skip, fmt.Sprintf("the topic %s has a schema, and schemas of topics are not read yet", name)
		return
	}
	a := j.answer
	r.Rejected, r.Late = a.Rejected, a.Late
	for i := range r.Rejected {
		r.Rejected[i].Step = j.inputOf(r.Rejected[i].Step)
	}
	if err := j.decode(); err != nil {
		r.Status, r.Message = Error, err.Error()
		return
	}
	switch {
	case a.Panic:
		r.Status, r.Message = Error, "the program crashed: "+a.Failed
	case j.c.Refused:
		if j.c.AnyError && (len(a.Rejected) > 0 || a.Failed != "") {
			r.Status = Pass
			return
		}
		r.Status, r.Message = Fail, "the compiler accepts the program; it was to refuse it"
		if j.c.Error != "" {
			r.Message += " with " + j.c.Error
		}
	case a.Failed != "":
		r.Status, r.Message = Fail, "the program ended with an error: "+a.Failed
	default:
		j.compare()
	}
}

// compare compares the rows of each relation that the case names.
func (j *job) compare() {
	c, r := j.c, j.result
	r.Status = Pass
	var messages []string
	wrong := func(status Status, format string, args ...any) {
		if r.Status != Error {
			r.Status = status
		}
		messages = append(messages, strings.TrimRight(fmt.Sprintf(format, args...), "\n"))
	}
	type group struct {
		name string
		want []Output
	}
	var order []*pipeline.Sink
	groups := map[*pipeline.Sink]*group{}
	for i := range c.Outputs {
		o := c.Outputs[i]
		name := target(o.Stream, o.Topic)
		s := j.sink(o.Stream, o.Topic)
		if s == nil {
			wrong(Error, "%s:%d: there are no rows of %q to be seen%s", c.path(), o.Line, name, didYouMean(name, j.names(false)))
			continue
		}
		g := groups[s]
		if g == nil {
			g = &group{name: name}
			groups[s] = g
			order = append(order, s)
		}
		if !o.None {
			g.want = append(g.want, o)
		}
	}
	if c.Given && len(c.Outputs) == 0 {
		for _, s := range j.pipe.Sinks {
			if observing(s) {
				continue
			}
			order = append(order, s)
			groups[s] = &group{name: s.Name}
		}
	}
	for _, s := range order {
		g := groups[s]
		m := &matcher{name: g.name, view: j.views[s], fold: strings.EqualFold(c.Dialect, "ksqldb")}
		got := j.rowsOf(s)
		final := c.Final.has(g.name)
		if final {
			var err error
			if got, err = m.last(got); err != nil {
				wrong(Error, "%v", err)
				continue
			}
		}
		if text := m.match(g.want, got, final || c.Unordered.has(g.name)); text != "" {
			wrong(Fail, "%s", text)
			if hint := j.waiting(s, len(g.want)-len(got)); hint != "" {
				messages = append(messages, hint)
			}
		}
	}
	if !c.Given && c.Rejected < 0 && len(c.Inputs) > 0 && len(messages) == 0 {
		j.unsaid()
	}
	if n := rejectedRecords(r.Rejected); c.Rejected >= 0 && c.Rejected != n {
		wrong(Fail, "want %s, got %d", count(c.Rejected, "rejected record"), n)
	}
	if len(messages) > 0 && len(r.Rejected) > 0 {
		messages = append(messages, rejections(r.Rejected))
	}
	if len(messages) > 0 && r.Late > 0 {
		messages = append(messages, count(int(r.Late), "late row")+" dropped")
	}
	if len(messages) > 0 {
		r.Message = strings.Join(messages, "\n")
	}
}

// distinct leaves out what other statements say of the same record.
func distinct(list []step.Reject, same func(a, b *step.Reject) bool) []step.Reject {
	var out []step.Reject
	for i := range list {
		if !slices.ContainsFunc(out, func(x step.Reject) bool { return same(&x, &list[i]) }) {
			out = append(out, list[i])
		}
	}
	return out
}

// rejectedRecords counts records, however many statements reject them.
func rejectedRecords(list []step.Reject) int {
	return len(distinct(list, func(a, b *step.Reject) bool { return a.Step == b.Step && a.Source == b.Source }))
}

// rejections lists records that failed.
func rejections(list []step.Reject) string {
	list = distinct(list, func(a, b *step.Reject) bool {
		return a.Step == b.Step && a.Source == b.Source && a.Reason == b.Reason
	})
	var b strings.Builder
	b.WriteString("rejected:")
	for i, x := range list {
		if i == 5 {
			fmt.Fprintf(&b, "\n    and %d more", len(list)-i)
			break
		}
		fmt.Fprintf(&b, "\n    %s (%s)", x.Reason, x.SQL)
		if len(x.Record) > 0 {
			fmt.Fprintf(&b, ": %s", x.Record)
		}
	}
	return b.String()
}

// has reports whether a relation is chosen.
func (c Choice) has(name string) bool {
	return c.All || slices.ContainsFunc(c.Names, func(n string) bool { return strings.EqualFold(n, name) })
}

// skipped is why a case is not run, "" if it is.
func (c *Case) skipped() string {
	if c.Skip != "" {
		return c.Skip
	}
	for _, p := range c.Properties {
		if !knownProperty(p.Name) {
			return fmt.Sprintf("the property %s is a setting of another engine", p.Name)
		}
	}
	return ""
}

// settings are the properties of a case that the program knows as SET.
func (c *Case) settings() map[string]string {
	out := map[string]string{}
	for _, p := range c.Properties {
		if name := strings.ToLower(p.Name); strings.HasPrefix(name, "ksql.persistence.default.format.") {
			out[name] = p.Value.Plain()
		}
	}
	return out
}

// knownProperty reports settings that the program knows, and those of other engines
// that make no difference here.
func knownProperty(name string) bool {
	return slices.Contains([]string{
		"ksql.persistence.default.format.key", "ksql.persistence.default.format.value",
		"use.exact.numeric.comparison",                        // numbers are compared by value
		"ksql.streams.default.timestamp.extractor",            // a record whose time cannot be used is left out, or rejected
		"ksql.timestamp.throw.on.invalid",                     // and shows among the rejected
		"ksql.sink.partitions",                                // topics in memory are made as needed
		"auto.offset.reset", "ksql.streams.auto.offset.reset", // a test reads topics from their beginning
		"ksql.new.query.planner.enabled", // how the other engine plans
		"ksql.sink.replicas",             // topics in memory have one
		"ksql.streams.__emit.interval.ms.kstreams.windowed.aggregation__", // results come when windows close
	}, strings.ToLower(name))
}
