package sqltest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/cmd/veloc/sqltest/value"
	"github.com/velocsql/veloc/runtime/config"
	"github.com/velocsql/veloc/runtime/spec"
)

// File is a test file.
type File struct {
	Path  string
	Cases []*Case

	text  []byte
	root  *value.Value
	tests *value.Value // the list of cases
}

// Endings are what the names of test files end with.
var Endings = []string{"_test.yaml", "_test.yml", "_test.json"}

// IsFile reports the name of a test file.
func IsFile(name string) bool {
	return slices.ContainsFunc(Endings, func(e string) bool { return strings.HasSuffix(name, e) })
}

// IsReadable reports a name that a test file may have if somebody names it: the
// form is known by how it ends.
func IsReadable(name string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(name))
}

// Read reads a test file and the programs that it names. An error is a mistake in
// the file; it names file and line.
func Read(path string) (*File, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, text)
}

// Parse reads the text of a test file; path is its name, by which the programs
// that it names are found.
func Parse(path string, text []byte) (*File, error) {
	f := &File{Path: path, text: text}
	var err error
	if strings.HasSuffix(path, ".json") {
		f.root, err = value.ParseJSON(text)
	} else {
		f.root, err = value.ParseYAML(text)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	r := &reader{file: f}
	r.read()
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	return f, nil
}

// reader turns a tree into cases.
type reader struct {
	file  *File
	errs  []error
	texts map[string]string // programs by their paths
}

func (r *reader) fail(line int, format string, args ...any) {
	where := r.file.Path
	if line > 0 {
		where += ":" + strconv.Itoa(line)
	}
	r.errs = append(r.errs, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

// The keys that there are.
var (
	fileKeys   = []string{"program", "sql", "dialect", "clock", "env", "unordered", "final", "topics", "properties", "tests"}
	caseKeys   = []string{"name", "description", "tags", "program", "sql", "dialect", "clock", "env", "unordered", "final", "topics", "properties", "inputs", "outputs", "error", "rejected", "skip"}
	inputKeys  = []string{"stream", "table", "topic", "key", "value", "raw", "timestamp", "headers", "partition", "window", "advance", "watermark", "end"}
	outputKeys = []string{"stream", "table", "topic", "key", "value", "contains", "timestamp", "headers", "partition", "window", "none"}
)

// topicKeys are those of a topic. Schemas and their identities are for registries,
// which there are none of: see Case.skipped.
var topicKeys = []string{"name", "partitions", "replicas", "format", "keyFormat", "valueFormat", "keySchema", "valueSchema", "keySchemaId", "valueSchemaId", "keySchemaReferences", "valueSchemaReferences"}

// known reports fields that are not among keys.
func (r *reader) known(v *value.Value, what string, keys []string) {
	for _, f := range v.Fields {
		if slices.Contains(keys, f.Name) {
			continue
		}
		msg := ""
		if near, ok := config.Nearest(f.Name, keys); ok {
			msg = fmt.Sprintf(", did you mean %q?", near)
		}
		r.fail(f.Line, "%s has no key %q%s", what, f.Name, msg)
	}
}

// nearFile suggests a program beside one that is not there.
func nearFile(path string) string {
	others, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.sql"))
	if err != nil {
		return ""
	}
	for i, o := range others {
		others[i] = filepath.Base(o)
	}
	return didYouMean(filepath.Base(path), others)
}

func (r *reader) read() {
	root := r.file.root
	if root.Kind != value.Object {
		r.fail(root.Line, "a test file is an object with the key tests, not %s", root.Kind)
		return
	}
	r.known(root, "a test file", fileKeys)
	var general Case
	general.Rejected = -1
	r.program(root, &general)
	r.settings(root, &general)
	r.file.tests = root.Get("tests")
	if r.file.tests == nil || r.file.tests.Kind != value.List || len(r.file.tests.Items) == 0 {
		r.fail(root.Line, "there are no tests in the file: it needs a list tests")
		return
	}
	names := map[string]int{}
	for _, v := range r.file.tests.Items {
		if v.Kind != value.Object {
			r.fail(v.Line, "a test is an object, not %s", v.Kind)
			continue
		}
		c := general
		r.testCase(v, &c)
		if c.Name != "" {
			// cases may share a name: the second is name#2
			names[c.Name]++
			if n := names[c.Name]; n > 1 {
				c.Name += "#" + strconv.Itoa(n)
			}
		}
		r.file.Cases = append(r.file.Cases, &c)
	}
}

// program reads where the SQL is.
func (r *reader) program(v *value.Value, c *Case) {
	sql, program := v.Get("sql"), v.Get("program")
	switch {
	case sql != nil && program != nil:
		r.fail(program.Line, "both sql and program say where the SQL is: leave one out")
	case sql != nil:
		c.SQL = r.text(sql, "sql")
		base := strings.TrimSuffix(filepath.Base(r.file.Path), filepath.Ext(r.file.Path))
		c.SQLName, c.Dir = base+".sql", filepath.Dir(r.file.Path)
	case program != nil:
		path := filepath.Join(filepath.Dir(r.file.Path), filepath.FromSlash(r.text(program, "program")))
		text, ok := r.texts[path]
		if !ok {
			b, err := os.ReadFile(path)
			if err != nil {
				r.fail(program.Line, "the program cannot be read: %v%s", err, nearFile(path))
				return
			}
			if r.texts == nil {
				r.texts = map[string]string{}
			}
			text = string(b)
			r.texts[path] = text
		}
		c.SQL, c.SQLName, c.Dir = text, path, filepath.Dir(path)
	}
}

// settings reads what may stand at the file and at each case.
func (r *reader) settings(v *value.Value, c *Case) {
	if d := v.Get("dialect"); d != nil {
		c.SetDialect(r.text(d, "dialect"))
	}
	if t := v.Get("clock"); t != nil {
		c.Clock = r.time(t, "clock")
	}
	if e := v.Get("env"); e != nil {
		env := map[string]string{}
		for k, x := range c.Env {
			env[k] = x
		}
		for _, f := range e.Fields {
			env[f.Name] = f.Value.Plain()
		}
		c.Env = env
	}
	r.choice(v.Get("unordered"), "unordered", &c.Unordered)
	r.choice(v.Get("final"), "final", &c.Final)
	if t := v.Get("topics"); t != nil {
		c.Topics = nil
		for _, x := range t.Items {
			c.Topics = append(c.Topics, r.topic(x))
		}
	}
	if p := v.Get("properties"); p != nil {
		c.Properties = nil
		for _, f := range p.Fields {
			c.Properties = append(c.Properties, Property{f.Name, f.Value})
		}
	}
}

// choice reads true, or the relations that are meant.
func (r *reader) choice(v *value.Value, key string, out *Choice) {
	switch {
	case v == nil:
	case v.Kind == value.Bool:
		*out = Choice{All: v.Text == "true"}
	case v.Kind == value.String:
		*out = Choice{Names: []string{v.Text}}
	case v.Kind == value.List:
		*out = Choice{}
		for _, x := range v.Items {
			out.Names = append(out.Names, r.text(x, key))
		}
	default:
		r.fail(v.Line, "%s is true or a list of relations", key)
	}
}

func (r *reader) topic(v *value.Value) Topic {
	t := Topic{Spec: v, Partitions: 1}
	if v.Kind == value.String {
		t.Name = v.Text
		return t
	}
	r.known(v, "a topic", topicKeys)
	t.Name = r.text(v.Get("name"), "the name of a topic")
	if p := v.Get("partitions"); p != nil {
		t.Partitions = r.integer(p, "partitions")
	}
	return t
}

func (r *reader) testCase(v *value.Value, c *Case) {
	r.known(v, "a test", caseKeys)
	c.File, c.Line = r.file, v.Line
	if n := v.Get("name"); n != nil {
		c.Name = r.text(n, "name")
	}
	if c.Name == "" {
		r.fail(v.Line, "a test needs a name")
	}
	r.program(v, c)
	if c.SQL == "" && len(r.errs) == 0 {
		r.fail(v.Line, "the test has no SQL: give it, or the file, sql or program")
	}
	r.settings(v, c)
	if t := v.Get("tags"); t != nil {
		c.Tags = nil
		for _, x := range t.Items {
			c.Tags = append(c.Tags, r.text(x, "tags"))
		}
	}
	if s := v.Get("skip"); s != nil {
		if c.Skip = r.text(s, "skip"); s.Kind == value.Bool {
			c.Skip = ""
			if s.Text == "true" {
				c.Skip = "the test says so"
			}
		}
	}
	if n := v.Get("rejected"); n != nil {
		c.Rejected = r.integer(n, "rejected")
	}
	if in := v.Get("inputs"); in != nil {
		for _, x := range in.Items {
			c.Inputs = append(c.Inputs, r.input(x))
		}
	}
	if e := v.Get("error"); e != nil {
		c.Refused = true
		if e.Kind == value.String {
			c.Error = e.Text
		} else if e.Kind != value.Bool || e.Text != "true" {
			r.fail(e.Line, "error is a code, a text of the message, or true")
		}
		if o := v.Get("outputs"); o != nil {
			r.fail(o.Line, "a test has outputs or an error, not both")
		}
		return
	}
	if out := v.Get("outputs"); out != nil {
		c.Given = true
		if out.Kind != value.List && !out.IsNull() {
			r.fail(out.Line, "outputs is a list")
		}
		for _, x := range out.Items {
			c.Outputs = append(c.Outputs, r.output(x))
		}
	}
}

// ends reads the relation or the topic that a row is of.
func (r *reader) ends(v *value.Value) (stream, topic string) {
	for _, key := range []string{"stream", "table", "topic"} {
		x := v.Get(key)
		if x == nil {
			continue
		}
		if stream != "" || topic != "" {
			r.fail(x.Line, "a record belongs to one stream, table or topic")
		}
		if key == "topic" {
			topic = r.text(x, key)
		} else {
			stream = r.text(x, key)
		}
	}
	if stream == "" && topic == "" {
		r.fail(v.Line, "a record needs a stream or a topic")
	}
	return stream, topic
}

func (r *reader) input(v *value.Value) Input {
	in := Input{Line: v.Line}
	if v.Kind != value.Object {
		r.fail(v.Line, "an input is an object, not %s", v.Kind)
		return in
	}
	r.known(v, "an input", inputKeys)
	switch {
	case v.Get("advance") != nil:
		in.Kind = Advance
		in.Time = r.duration(v.Get("advance"))
		return in
	case v.Get("watermark") != nil:
		in.Kind, in.Stream = Watermark, r.text(v.Get("watermark"), "watermark")
		t := v.Get("timestamp")
		if t == nil {
			r.fail(v.Line, "a watermark needs a timestamp")
			return in
		}
		in.Time, in.HasTime = r.time(t, "timestamp"), true
		return in
	case v.Get("end") != nil:
		in.Kind = End
		if in.Stream = r.text(v.Get("end"), "end"); strings.EqualFold(in.Stream, "all") {
			in.Stream = ""
		}
		return in
	}
	in.Stream, in.Topic = r.ends(v)
	in.Partition = -1
	in.Key, in.Value, in.Headers = v.Get("key"), v.Get("value"), v.Get("headers")
	if raw := v.Get("raw"); raw != nil {
		text := r.text(raw, "raw")
		in.Raw = &text
	} else if v.Get("value") == nil {
		r.fail(v.Line, "a record needs a value; null is one")
	}
	if t := v.Get("timestamp"); !t.IsNull() {
		in.Time, in.HasTime = r.time(t, "timestamp"), true
	}
	if p := v.Get("partition"); p != nil {
		in.Partition = r.integer(p, "partition")
	}
	in.Window = r.window(v.Get("window"))
	return in
}

func (r *reader) output(v *value.Value) Output {
	out := Output{Line: v.Line}
	if v.Kind != value.Object {
		r.fail(v.Line, "an output is an object, not %s", v.Kind)
		return out
	}
	r.known(v, "an output", outputKeys)
	out.Stream, out.Topic = r.ends(v)
	if n := v.Get("none"); n != nil {
		out.None = n.Text == "true"
		return out
	}
	out.Key, out.Value, out.Headers = v.Get("key"), v.Get("value"), v.Get("headers")
	if c := v.Get("contains"); c != nil {
		if out.Value != nil {
			r.fail(c.Line, "an output has a value or contains, not both")
		}
		out.Value, out.Contains = c, true
	} else if x := out.Value; x != nil && x.Kind == value.Object && len(x.Fields) == 1 && x.Fields[0].Name == "contains" && x.Fields[0].Value.Kind == value.Object {
		out.Value, out.Contains = x.Fields[0].Value, true
	}
	if out.Value == nil {
		r.fail(v.Line, "an output needs a value, or contains; null is a value")
	}
	if t := v.Get("timestamp"); !t.IsNull() {
		out.Time, out.HasTime = r.time(t, "timestamp"), true
	}
	if p := v.Get("partition"); p != nil {
		n := r.integer(p, "partition")
		out.Partition = &n
	}
	out.Window = r.window(v.Get("window"))
	return out
}

func (r *reader) window(v *value.Value) *Window {
	if v.IsNull() {
		return nil
	}
	w := &Window{}
	if s := v.Get("start"); s != nil {
		w.Start = r.time(s, "start")
	}
	if e := v.Get("end"); e != nil {
		w.End, w.HasEnd = r.time(e, "end"), true
	}
	if t := v.Get("type"); t != nil {
		w.Session = strings.EqualFold(t.Text, "session")
	}
	return w
}

// text reads a scalar as a text.
func (r *reader) text(v *value.Value, key string) string {
	if v == nil || v.Kind == value.List || v.Kind == value.Object || v.Kind == value.Null {
		line := 0
		if v != nil {
			line = v.Line
		}
		r.fail(line, "%s is a text", key)
		return ""
	}
	return v.Text
}

func (r *reader) integer(v *value.Value, key string) int {
	n, err := strconv.Atoi(v.Plain())
	if err != nil || n < 0 {
		r.fail(v.Line, "%s is a number that is not negative", key)
	}
	return n
}

func (r *reader) time(v *value.Value, key string) int64 {
	t, ok := value.Time(v)
	if !ok {
		r.fail(v.Line, "%s is a time: milliseconds since the epoch, or a text like 2026-01-31T12:00:00Z", key)
	}
	return t
}

func (r *reader) duration(v *value.Value) int64 {
	d, err := config.Duration(&spec.Option{Key: "advance", Type: spec.Duration}, v.Plain())
	if err != nil {
		r.fail(v.Line, "advance is a duration like 1m or 500ms")
	}
	return d.Microseconds()
}
