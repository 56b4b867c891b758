package rt

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/config"
)

// ErrorPolicy says what happens to records that fail.
type ErrorPolicy struct {
	Statement  string // the relation it is for; "" is all that have none of their own
	OnError    string // dead_letter, skip or fail; "" is dead_letter
	DeadLetter string // the file; "" is <program>.dead_letter.jsonl
}

// Rejects takes the records that fail: by default it writes them, whole, with
// their place and the reason to a dead-letter file of JSON lines, which is
// created at the first one.
type Rejects struct {
	count       atomic.Int64
	fail        func(error)
	log         Logger
	base        *letters
	byStatement map[string]*letters
	all         []*letters // each file once
	// taken, if set, takes failed records in place of dead-letter files.
	taken func(*Rejection)
}

// letters is what one policy does.
type letters struct {
	mode  string // dead_letter, skip, fail
	path  string
	count atomic.Int64
	late  atomic.Int64 // records that came too late

	mu   sync.Mutex
	file *os.File
	err  error
	buf  []byte
}

// newRejects prepares the policies of a program; the options of the run win over
// the program's general one.
func newRejects(p *Program, o Options) *Rejects {
	r := &Rejects{byStatement: map[string]*letters{}}
	general := ErrorPolicy{}
	for _, e := range p.Errors {
		if e.Statement == "" {
			general = e
		}
	}
	if o.OnError != "" {
		general.OnError = o.OnError
	}
	if o.DeadLetter != "" {
		general.DeadLetter = o.DeadLetter
	}
	if general.OnError == "" {
		general.OnError = "dead_letter"
	}
	if general.DeadLetter == "" {
		general.DeadLetter = p.Name + ".dead_letter.jsonl"
	}
	r.base = r.letters(general, o.Env)
	for _, e := range p.Errors {
		if e.Statement == "" {
			continue
		}
		if e.OnError == "" {
			e.OnError = general.OnError
		}
		if e.DeadLetter == "" {
			e.DeadLetter = general.DeadLetter
		}
		r.byStatement[e.Statement] = r.letters(e, o.Env)
	}
	return r
}

// letters returns the one for a policy; policies with one file share it.
func (r *Rejects) letters(e ErrorPolicy, env *Env) *letters {
	path := e.DeadLetter
	if env != nil {
		if x, err := config.Expand(path, env.Getenv); err == nil {
			path = x
		}
		if !filepath.IsAbs(path) {
			path = filepath.Join(env.Dir, path)
		}
	}
	for _, l := range r.all {
		if l.mode == e.OnError && l.path == path {
			return l
		}
	}
	l := &letters{mode: e.OnError, path: path}
	r.all = append(r.all, l)
	return l
}

// Count returns how many records failed.
func (r *Rejects) Count() int64 { return r.count.Load() }

// Path returns the dead-letter files with failed records, separated by commas.
func (r *Rejects) Path() string {
	return r.paths(func(l *letters) bool { return l.mode == "dead_letter" && l.count.Load() > 0 })
}

// latePath returns the dead-letter files with records that came too late.
func (r *Rejects) latePath() string {
	return r.paths(func(l *letters) bool { return l.late.Load() > 0 })
}

// lateCount is how many records that came too late were written.
func (r *Rejects) lateCount() int64 {
	var n int64
	for _, l := range r.all {
		n += l.late.Load()
	}
	return n
}

func (r *Rejects) paths(of func(*letters) bool) string {
	var paths []string
	for _, l := range r.all {
		if of(l) {
			paths = append(paths, l.path)
		}
	}
	return strings.Join(paths, ", ")
}

// A Rejection is one failed record.
type Rejection struct {
	Statement string // the relation that was computed
	SQL       string // the place in the SQL, "trades.sql:3:7"
	Source    string // the relation that was read
	File      string // the partition: a file
	Offset    int64  // byte offset of the record
	Line      int64  // 1-based line, 0 if unknown
	Reason    string
	Record    []byte
	Late      *Lateness // of a row that came too late; nil for a failure
}

// String is one line for a person.
func (j *Rejection) String() string {
	where := j.File
	if j.Line > 0 {
		where += ":" + strconv.FormatInt(j.Line, 10)
	}
	if where != "" {
		where += ": "
	}
	return fmt.Sprintf("%s%s (%s)", where, j.Reason, j.SQL)
}

// Add takes one failed record.
func (r *Rejects) Add(j *Rejection) {
	r.count.Add(1)
	l := r.byStatement[j.Statement]
	if l == nil {
		l = r.base
	}
	if l.count.Add(1) == 1 {
		j.logFirst(r.log, l)
	}
	if r.taken != nil {
		r.taken(j)
		if l.mode != "fail" {
			return
		}
	}
	switch l.mode {
	case "skip":
	case "fail":
		r.fail(errors.New(j.String()))
	default:
		if err := l.write(j); err != nil {
			r.fail(fmt.Errorf("dead letters: %w", err))
		}
	}
}

// addLate takes a record that came too late: it is written, whatever the policy
// for failures is.
func (r *Rejects) addLate(j *Rejection) {
	l := r.byStatement[j.Statement]
	if l == nil {
		l = r.base
	}
	if l.late.Add(1) == 1 {
		j.logFirst(r.log, l)
	}
	if r.taken != nil {
		r.taken(j)
		return
	}
	if err := l.write(j); err != nil {
		r.fail(fmt.Errorf("dead letters: %w", err))
	}
}

// write appends a record to the file, which is made at the first one.
func (l *letters) write(j *Rejection) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return nil // reported already
	}
	if l.file == nil {
		l.file, l.err = os.Create(l.path)
	}
	if l.err == nil {
		l.buf = j.appendJSON(l.buf[:0])
		_, l.err = l.file.Write(l.buf)
	}
	return l.err
}

func (r *Rejects) close() error {
	var first error
	for _, l := range r.all {
		l.mu.Lock()
		if l.file != nil {
			if err := l.file.Close(); err != nil && first == nil {
				first = err
			}
			l.file = nil
		}
		l.mu.Unlock()
	}
	return first
}

func (j *Rejection) appendJSON(b []byte) []byte {
	b = append(b, `{"statement":`...)
	b = appendQuoted(b, j.Statement)
	b = append(b, `,"sql":`...)
	b = appendQuoted(b, j.SQL)
	if j.Source != "" {
		b = append(b, `,"source":`...)
		b = appendQuoted(b, j.Source)
		b = append(b, `,"file":`...)
		b = appendQuoted(b, j.File)
		b = append(b, `,"offset":`...)
		b = strconv.AppendInt(b, j.Offset, 10)
		if j.Line > 0 {
			b = append(b, `,"line":`...)
			b = strconv.AppendInt(b, j.Line, 10)
		}
	}
	b = append(b, `,"reason":`...)
	b = appendQuoted(b, j.Reason)
	if j.Late != nil {
		b = j.Late.appendJSON(b)
	}
	b = append(b, `,"record":`...)
	b = appendQuoted(b, string(j.Record))
	return append(b, "}\n"...)
}

// appendQuoted appends a JSON string. Bytes that are not UTF-8 become U+FFFD.
func appendQuoted(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
			i++
		case c == '\n':
			b = append(b, `\n`...)
			i++
		case c < 0x20:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			i++
		case c < utf8.RuneSelf:
			b = append(b, c)
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			b = utf8.AppendRune(b, r)
			i += n
		}
	}
	return append(b, '"')
}

// Reject hands the record at Data[at:next] over as failed. It changes nothing
// else.
func (b *Batch) Reject(at, next int, reason, statement, sql string) {
	j := &Rejection{Statement: statement, SQL: sql, Reason: reason}
	b.describeRecord(j, at, next)
	b.rejects.Add(j)
}

// describeRecord notes the record at Data[at:next] and its place.
func (b *Batch) describeRecord(j *Rejection, at, next int) {
	j.Source = b.source
	switch {
	case len(b.Records) > 0:
		r := &b.Records[at]
		j.Offset, j.Record = r.Offset, r.Value
		if j.Record == nil {
			j.Record = r.Key
		}
		if b.files != nil {
			j.File = b.files.Name(b.Partition)
		}
	case b.Pushed == 0:
		j.Offset = b.Position + int64(at-b.Start)
		j.Record = bytes.TrimRight(b.Data[at:min(next, b.End)], "\r\n")
		if b.Line > 0 {
			j.Line = b.Line + int64(bytes.Count(b.Data[b.Start:at], []byte{'\n'}))
		}
		if b.files != nil {
			j.File = b.files.Name(b.Partition)
			if j.Line == 0 {
				j.Line = b.files.LineOf(b.Partition, j.Offset)
			}
		}
	default:
		// the offset of a pushed row is its number; it is shown as Go prints it
		j.Offset = b.Position + int64(at)
		if b.describe != nil {
			j.Record = []byte(b.describe(at))
		}
	}
}

// RejectError is Reject for a record that could not be decoded. An empty line
// is no record and is passed over.
func (b *Batch) RejectError(at, next int, err error, statement, sql string) {
	if len(b.Records) == 0 && blank(b.Data[at:next]) {
		return
	}
	b.Reject(at, next, err.Error(), statement, sql)
}

func blank(line []byte) bool {
	for _, c := range line {
		if c != '\n' && c != '\r' && c != ' ' && c != '\t' {
			return false
		}
	}
	return true
}

// BindHeader calls bind once for the header of each file. bound is the header
// that was bound last. A header that does not fit ends the program: false.
func (b *Batch) BindHeader(bound **byte, bind func([]byte) error) bool {
	if len(b.Header) == 0 || *bound == &b.Header[0] {
		return true
	}
	if err := bind(b.Header); err != nil {
		b.rejects.fail(fmt.Errorf("%s: %w", b.files.Name(b.Partition), err))
		return false
	}
	*bound = &b.Header[0]
	return true
}
