package sqltest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/cmd/veloc/sqltest/value"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// Update rewrites the outputs of the cases of the file in which other rows came
// out, and returns how many there were. Everything else in the file stays as it
// is, byte for byte; comments inside of the outputs are lost.
func (f *File) Update(results []*Result) (int, error) {
	type change struct {
		at int // index of the case
		r  *Result
	}
	var changes []change
	for _, r := range results {
		if r.Case.File != f || r.Status != Fail && !r.Unsaid || r.job == nil || r.Case.Refused {
			continue
		}
		changes = append(changes, change{slices.Index(f.Cases, r.Case), r})
	}
	// from the end, so that places before stay where they are
	slices.SortFunc(changes, func(a, b change) int { return b.at - a.at })
	text := string(f.text)
	for _, c := range changes {
		v := f.tests.Items[c.at]
		rows := c.r.job.written()
		var err error
		if filepath.Ext(f.Path) == ".json" {
			text = replaceJSON(text, v, rows)
		} else {
			text, err = f.replaceYAML(text, c.at, rows)
		}
		if err != nil {
			return 0, err
		}
	}
	if len(changes) == 0 {
		return 0, nil
	}
	for _, c := range changes {
		c.r.Status, c.r.Message = Pass, "updated"
		c.r.Unsaid = false
	}
	f.text = []byte(text)
	return len(changes), os.WriteFile(f.Path, f.text, 0o644)
}

// written are the rows that came out as outputs of a case: those of the relations
// that it names, in the form in which it names them.
func (j *job) written() []writtenRow {
	c := j.c
	var list []writtenRow
	type group struct {
		stream, topic string
		shapes        []Output
	}
	var groups []*group
	for _, o := range c.Outputs {
		i := slices.IndexFunc(groups, func(g *group) bool { return g.stream == o.Stream && g.topic == o.Topic })
		if i < 0 {
			i = len(groups)
			groups = append(groups, &group{stream: o.Stream, topic: o.Topic})
		}
		groups[i].shapes = append(groups[i].shapes, o)
	}
	if len(groups) == 0 {
		for _, s := range j.pipe.Sinks {
			if !observing(s) {
				groups = append(groups, &group{stream: s.Name})
			}
		}
	}
	for _, g := range groups {
		s := j.sink(g.stream, g.topic)
		if s == nil {
			continue
		}
		rows := j.rowsOf(s)
		name := target(g.stream, g.topic)
		m := &matcher{name: name, view: j.views[s], fold: strings.EqualFold(c.Dialect, "ksqldb")}
		pair := m.align
		if c.Unordered.has(name) {
			pair = m.assign
		}
		if c.Final.has(name) {
			if last, err := m.last(rows); err == nil {
				rows = last
			}
			pair = m.assign
		}
		shapes := slices.DeleteFunc(slices.Clone(g.shapes), func(o Output) bool { return o.None })
		at := 0
		for _, p := range pair(shapes, rows) {
			if p.got == nil {
				continue
			}
			shape := Output{}
			if n := len(shapes); n > 0 {
				shape = shapes[min(at, n-1)]
			}
			at++
			row := writtenRow{value: p.got.output(g.stream, g.topic, &shape)}
			if p.want != nil {
				row = writtenRow{value: p.got.output(g.stream, g.topic, p.want), line: p.want.Line}
			}
			list = append(list, row)
		}
		if len(rows) == 0 && len(c.Outputs) > 0 {
			o := named(g.stream, g.topic)
			o.Fields = append(o.Fields, value.Field{Name: "none", Value: value.Truth(true)})
			list = append(list, writtenRow{value: o})
		}
	}
	return list
}

// writtenRow is a row as an output of a case. One that was wanted like that stands
// on a line of the file.
type writtenRow struct {
	value *value.Value
	line  int
}

// yaml is the row as an item of a list, as it stands in the file if that is one
// line.
func (r *writtenRow) yaml(lines []string) string {
	if r.line > 0 && r.line <= len(lines) {
		old := strings.TrimSpace(lines[r.line-1])
		if strings.HasPrefix(old, "- {") && strings.HasSuffix(old, "}") {
			return old
		}
	}
	return "- " + r.value.YAML()
}

// named is an output with the name of its relation or topic alone.
func named(stream, topic string) *value.Value {
	o := &value.Value{Kind: value.Object}
	if topic != "" {
		o.Fields = append(o.Fields, value.Field{Name: "topic", Value: value.Str(topic)})
	} else {
		o.Fields = append(o.Fields, value.Field{Name: "stream", Value: value.Str(stream)})
	}
	return o
}

// output writes the row with what the shape has.
func (r *Row) output(stream, topic string, shape *Output) *value.Value {
	o := named(stream, topic)
	add := func(name string, v *value.Value) { o.Fields = append(o.Fields, value.Field{Name: name, Value: v}) }
	if shape.Key != nil || shape.Value == nil && r.Key != nil {
		add("key", r.Key)
	}
	if shape.Contains {
		sub := &value.Value{Kind: value.Object}
		for _, f := range shape.Value.Fields {
			if x := r.Value.Find(f.Name); x != nil {
				sub.Fields = append(sub.Fields, value.Field{Name: f.Name, Value: x})
			}
		}
		add("contains", sub)
	} else {
		add("value", r.Value)
	}
	if shape.HasTime && r.HasTime {
		add("timestamp", timeValue(r.Time))
	}
	if shape.Window != nil && r.Window != nil {
		w := &value.Value{Kind: value.Object}
		w.Fields = append(w.Fields, value.Field{Name: "start", Value: timeValue(r.Window.Start)}, value.Field{Name: "end", Value: timeValue(r.Window.End)})
		add("window", w)
	}
	if shape.Headers != nil {
		add("headers", r.Headers)
	}
	return o
}

// timeValue is a time as files have it: milliseconds near the epoch, where tests
// count from 0, else a text.
func timeValue(us int64) *value.Value {
	const day = 86_400_000_000
	if us%1000 == 0 && us >= -day && us < 365*day {
		return value.Num(strconv.FormatInt(us/1000, 10))
	}
	return value.Str(string(sqltime.AppendTimestamp(nil, us)))
}

// replaceJSON puts rows in the place of the outputs of a case.
func replaceJSON(text string, c *value.Value, rows []writtenRow) string {
	indent := indentBefore(text, c.Start)
	var b strings.Builder
	b.WriteByte('[')
	for i := range rows {
		r := &rows[i]
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n" + indent + "    " + r.value.Flow())
	}
	if len(rows) > 0 {
		b.WriteString("\n" + indent + "  ")
	}
	b.WriteByte(']')
	if old := c.Get("outputs"); old != nil {
		return text[:old.Start] + b.String() + text[old.End:]
	}
	end := c.Fields[len(c.Fields)-1].Value.End
	return text[:end] + ",\n" + indent + "  \"outputs\": " + b.String() + text[end:]
}

// indentBefore is the white space that begins the line of a place.
func indentBefore(text string, at int) string {
	line := text[strings.LastIndexByte(text[:at], '\n')+1 : at]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// replaceYAML puts rows in the place of the outputs of case i.
func (f *File) replaceYAML(text string, i int, rows []writtenRow) (string, error) {
	c := f.tests.Items[i]
	lines := strings.SplitAfter(text, "\n")
	last := len(lines) + 1 // the line behind the case
	if i+1 < len(f.tests.Items) {
		last = f.tests.Items[i+1].Line
	} else {
		for _, fd := range f.root.Fields {
			if fd.Line > c.Line {
				last = min(last, fd.Line)
			}
		}
	}
	at, end := last, last
	for k, fd := range c.Fields {
		if fd.Name == "outputs" {
			at = fd.Line
			if k+1 < len(c.Fields) {
				end = c.Fields[k+1].Line
			}
		}
	}
	begin := c.Fields[0].Line
	indent := ""
	if at < last {
		line := lines[at-1]
		indent = line[:strings.Index(line, "outputs")]
		if strings.TrimLeft(indent, " ") == "- " || strings.Trim(indent, " -") != "" || at == end {
			return "", fmt.Errorf("%s:%d: the outputs of %q cannot be rewritten: they do not begin a line", f.Path, at, c.Get("name").Plain())
		}
	} else {
		line := lines[begin-1]
		name := strings.Index(line, c.Fields[0].Name)
		if strings.Contains(line[:name], "{") {
			return "", fmt.Errorf("%s:%d: the outputs of %q cannot be written: the test is on one line", f.Path, begin, c.Get("name").Plain())
		}
		indent = strings.Repeat(" ", name)
	}
	// blank lines and comments before what follows belong to it
	for end-1 > at && end-2 < len(lines) {
		l := strings.TrimSpace(lines[end-2])
		if l != "" && l[0] != '#' {
			break
		}
		end--
	}
	if at == last { // there were none
		at = end
	}
	var b strings.Builder
	if n := len(lines); at > n && n > 0 && !strings.HasSuffix(lines[n-1], "\n") && lines[n-1] != "" {
		b.WriteByte('\n')
	}
	b.WriteString(indent + "outputs:")
	if len(rows) == 0 {
		b.WriteString(" []")
	}
	b.WriteByte('\n')
	for i := range rows {
		r := &rows[i]
		b.WriteString(indent + "  " + r.yaml(lines) + "\n")
	}
	return strings.Join(lines[:min(at-1, len(lines))], "") + b.String() + strings.Join(lines[min(end-1, len(lines)):], ""), nil
}
