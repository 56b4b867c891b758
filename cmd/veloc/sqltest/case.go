package sqltest

import (
	"strings"

	"github.com/velocsql/veloc/cmd/veloc/sqltest/value"
)

// Case is one test.
type Case struct {
	Name string
	Tags []string
	File *File // where it stands; nil for one made by a program
	Line int

	// SQL is the program. SQLName is what its messages call it, Dir the folder
	// where its relative paths start.
	SQL     string
	SQLName string
	Dir     string
	// Dialect is what SET 'dialect' would choose; "" leaves it to the program.
	Dialect string

	Inputs  []Input
	Outputs []Output
	// Given: the case says what comes out, be it nothing at all. Without it the
	// program only has to compile and run.
	Given bool
	// Refused: the compiler has to refuse the program, with a code or a text that
	// Error is; "" takes every refusal.
	Refused bool
	Error   string
	// AnyError: Error is not looked at, and a record that is rejected is as good
	// as a program that is refused. It is so in the ksqldb dialect, whose messages
	// are not ours.
	AnyError bool

	Topics     []Topic
	Properties []Property
	// Unordered and Final are the relations whose rows are compared as a multiset,
	// or by their last state.
	Unordered, Final Choice
	// Clock is the time at the start, in microseconds since the epoch.
	Clock int64
	// Rejected is how many records have to be rejected, by one statement or more, -1 if that is left open.
	Rejected int
	// Env are the variables that ${VAR} in options means.
	Env map[string]string
	// Skip is why the case is not run, "" if it is.
	Skip string
}

// recently is a time at which another engine could run its tests, in microseconds:
// there the clock is that of the machine.
const recently = 1_700_000_000_000_000

// clock is the time at the start, which is a recent one where a case of the ksqldb
// dialect does not say it.
func (c *Case) clock() int64 {
	if c.Clock == 0 && strings.EqualFold(c.Dialect, "ksqldb") {
		return recently
	}
	return c.Clock
}

// Choice is all relations of a case, or some.
type Choice struct {
	All   bool
	Names []string
}

// Kind is what an input does.
type Kind uint8

// The kinds of input.
const (
	Record    Kind = iota // a record comes
	Advance               // time passes
	Watermark             // the watermark of a relation moves
	End                   // a relation ends, or all do
)

// Input is one step of a case.
type Input struct {
	Kind Kind
	Line int
	// Stream is the relation, Topic the topic; one of them is "". In End both may
	// be: all relations.
	Stream, Topic string
	Key           *value.Value
	Value         *value.Value
	// Raw is the encoded value in place of Value.
	Raw *string
	// Time is the timestamp of a record or watermark, in microseconds since the
	// epoch, or how long Advance takes.
	Time    int64
	HasTime bool
	// Headers of the record, a list of objects with KEY and VALUE.
	Headers *value.Value
	// Partition is that of the record, -1 if that is left open.
	Partition int
	Window    *Window
}

// Window is the window in the key of a record, in microseconds since the epoch.
type Window struct {
	Start, End int64
	HasEnd     bool // an end is given
	Session    bool
}

// Output is a row that has to come out.
type Output struct {
	Line          int
	Stream, Topic string
	Key           *value.Value // nil: not compared
	Value         *value.Value
	// Contains: what Value does not name does not matter.
	Contains bool
	// None: nothing comes out of the relation.
	None      bool
	Time      int64
	HasTime   bool
	Headers   *value.Value
	Partition *int
	Window    *Window
}

// Topic is a topic that is there before the program, with a schema perhaps.
type Topic struct {
	Name       string
	Partitions int
	// Spec is all that the case says of the topic.
	Spec *value.Value
}

// Property is a setting of another engine.
type Property struct {
	Name  string
	Value *value.Value
}

// target names the relation or topic of a row, for messages.
func target(stream, topic string) string {
	if stream != "" {
		return stream
	}
	return topic
}

// SetDialect chooses the dialect of the case's program.
func (c *Case) SetDialect(name string) {
	c.Dialect = name
	c.AnyError = strings.EqualFold(name, "ksqldb")
}
