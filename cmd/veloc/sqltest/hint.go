package sqltest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/velocsql/veloc/cmd/veloc/sqltest/value"
	"github.com/velocsql/veloc/compiler/pipeline"
)

// path is where the case stands, as messages call it.
func (c *Case) path() string {
	if c.File == nil {
		return c.SQLName
	}
	return c.File.Path
}

// waiting tells why rows of a sink are missing where that is what a newcomer falls
// for: they wait for the end of a window or of the input, and the case has not
// ended any.
func (j *job) waiting(s *pipeline.Sink, missing int) string {
	if missing <= 0 || slices.ContainsFunc(j.c.Inputs, func(in Input) bool { return in.Kind == End }) {
		return ""
	}
	what := ""
	for _, q := range j.pipe.Queries {
		if !slices.Contains(q.Sinks, s) {
			continue
		}
		for _, t := range q.Tables {
			switch {
			case t.Final && t.Window != nil:
				what = "windows"
			case t.Final && what == "":
				what = "groups"
			}
		}
		if len(q.Sorts) > 0 && what == "" {
			what = "sorted rows"
		}
	}
	switch what {
	case "":
		return ""
	case "windows":
		return "    windows may be open: {end: all} ends the inputs, {watermark: .., timestamp: ..} or a later record moves time on"
	}
	return "    " + what + " wait for the end of the input: {end: all}"
}

// unsaid notes what comes out of a case that has no outputs.
func (j *job) unsaid() {
	var parts []string
	for _, s := range j.pipe.Sinks {
		if n := len(j.rowsOf(s)); n > 0 && !observing(s) {
			parts = append(parts, fmt.Sprintf("%s of %s", count(n, "row"), s.Name))
		}
	}
	if len(parts) > 0 {
		j.result.Unsaid = true
		j.result.Message = "the case has no outputs, so it does not look at what comes out: " + strings.Join(parts, ", ") + "; --update writes it down"
	}
}

// schemaTopic is a topic of the case that is there with a schema, "" if none is.
func (c *Case) schemaTopic() string {
	for _, t := range c.Topics {
		if t.Spec.Kind == value.Object && (t.Spec.Get("keySchema") != nil || t.Spec.Get("valueSchema") != nil) {
			return t.Name
		}
	}
	return ""
}
