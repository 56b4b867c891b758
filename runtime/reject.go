package rt

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// Rejects takes the records that fail: by default it writes them, whole, with
// their place and the reason to a dead-letter file of JSON lines, which is
// created at the first one.
type Rejects struct {
	mode  string // dead_letter, skip, fail
	path  string
	count atomic.Int64
	fail  func(error)

	mu   sync.Mutex
	file *os.File
	err  error
	buf  []byte
}

func newRejects(program string, o Options) *Rejects {
	r := &Rejects{mode: o.OnError, path: o.DeadLetter}
	if r.mode == "" {
		r.mode = "dead_letter"
	}
	if r.path == "" {
		r.path = program + ".dead_letter.jsonl"
	}
	if !filepath.IsAbs(r.path) && o.Env != nil {
		r.path = filepath.Join(o.Env.Dir, r.path)
	}
	return r
}

// Count returns how many records failed.
func (r *Rejects) Count() int64 { return r.count.Load() }

// Path returns the dead-letter file, "" if there is none.
func (r *Rejects) Path() string {
	if r.mode != "dead_letter" || r.Count() == 0 {
		return ""
	}
	return r.path
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
	switch r.mode {
	case "skip":
		return
	case "fail":
		r.fail(fmt.Errorf("%s", j))
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return
	}
	if r.file == nil {
		r.file, r.err = os.Create(r.path)
	}
	if r.err == nil {
		r.buf = j.appendJSON(r.buf[:0])
		_, r.err = r.file.Write(r.buf)
	}
	if r.err != nil {
		r.fail(fmt.Errorf("dead letters: %w", r.err))
	}
}

func (r *Rejects) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
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
	j := &Rejection{Statement: statement, SQL: sql, Source: b.source, Reason: reason}
	if b.Pushed == 0 {
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
	}
	b.rejects.Add(j)
}

// RejectGroup hands over a group whose result cannot be computed.
func (r *Rejects) RejectGroup(reason, statement, sql, key string) {
	r.Add(&Rejection{Statement: statement, SQL: sql, Reason: reason, Record: []byte(key)})
}

// RejectError is Reject for a record that could not be decoded. An empty line
// is no record and is passed over.
func (b *Batch) RejectError(at, next int, err error, statement, sql string) {
	if blank(b.Data[at:next]) {
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
