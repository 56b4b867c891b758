package topic_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/topic"
)

// read returns the values that a source hands over, one batch per text, until it
// has no more.
func read(t *testing.T, s rt.Source, want error) []string {
	t.Helper()
	var out []string
	b := &rt.Batch{}
	for {
		err := s.Read(context.Background(), b)
		if errors.Is(err, want) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		var values []string
		for i := b.Start; i < b.End; i++ {
			r := &b.Records[i]
			if got := string(b.Data[b.ValueAt(i) : b.ValueAt(i)+len(r.Value)+1]); got != string(r.Value)+"\n" {
				t.Errorf("the value %q stands as %q in the batch", r.Value, got)
			}
			if got := string(b.Data[b.KeyAt(i) : b.KeyAt(i)+len(r.Key)+1]); got != string(r.Key)+"\n" {
				t.Errorf("the key %q stands as %q in the batch", r.Key, got)
			}
			values = append(values, string(r.Value))
		}
		if len(b.Data)-rt.Pad < 0 {
			t.Error("there is no padding")
		}
		out = append(out, strings.Join(values, " "))
	}
}

func open(t *testing.T, b *topic.Broker, c rt.Config) rt.Source {
	t.Helper()
	s := topic.NewSource("orders", c)
	if err := s.Open(context.Background(), &rt.Env{Topics: b}, rt.Framing{}); err != nil {
		t.Fatal(err)
	}
	return s
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func record(partition int, key, value string) rt.Record {
	return rt.Record{Partition: partition, Key: []byte(key), Value: []byte(value)}
}

func TestEnds(t *testing.T) {
	b := topic.NewBroker(topic.Ends)
	o := b.Create("orders", 2)
	o.Produce(record(1, "k", "a"), record(0, "k", "b"), record(1, "k", "c"))
	equal(t, read(t, open(t, b, rt.Config{"auto.offset.reset": "earliest"}), io.EOF), "b", "a c")
}

func TestStep(t *testing.T) {
	b := topic.NewBroker(topic.Step)
	o := b.Create("in", 2)
	o.Produce(record(1, "k", "old"))
	o.Settle()
	s := open(t, b, rt.Config{"topic": "in"})
	equal(t, read(t, s, rt.ErrCaughtUp))
	o.Produce(record(1, "k", "a"), record(1, "k", "b"), record(0, "k", "c"))
	equal(t, read(t, s, rt.ErrCaughtUp), "a b", "c")
	o.Produce(record(1, "k", "d"))
	equal(t, read(t, s, rt.ErrCaughtUp), "d")
	if got := o.Records()[4].Offset; got != 3 {
		t.Errorf("the last record of partition 1 has offset %d, want 3", got)
	}
}

func TestSink(t *testing.T) {
	b := topic.NewBroker(topic.Step)
	s := topic.NewSink("totals", rt.Config{"partitions": "3"})
	if err := s.Open(context.Background(), &rt.Env{Topics: b}, nil); err != nil {
		t.Fatal(err)
	}
	var buf []byte
	f, buf := rt.NewFrame(buf, 1_500)
	buf = append(buf, "A"...)
	f.EndKey(buf)
	buf = append(buf, "1"...)
	f.EndValue(buf)
	f, buf = rt.NewFrame(buf, -1)
	f.Window(buf, 0, 60_000_000)
	buf = append(buf, "A"...)
	f.EndKey(buf)
	f, buf = rt.NewFrame(buf, 0)
	f.EndValue(buf)
	if err := s.Write(buf); err != nil {
		t.Fatal(err)
	}
	got := b.Topic("totals").Take()
	if len(got) != 3 || b.Topic("totals").Partitions() != 3 {
		t.Fatalf("got %d records in %d partitions", len(got), b.Topic("totals").Partitions())
	}
	if r := got[0]; string(r.Key) != "A" || string(r.Value) != "1" || r.Timestamp != 1 || r.Windowed {
		t.Errorf("the first record is %+v", r)
	}
	if r := got[1]; r.Value != nil || r.Timestamp != -1 || !r.Windowed || r.WindowEnd != 60_000 || r.Partition != got[0].Partition {
		t.Errorf("the tombstone is %+v", r)
	}
	if r := got[2]; r.Key != nil || r.Value == nil || len(r.Value) != 0 {
		t.Errorf("the record without a key is %+v", r)
	}
	if again := b.Topic("totals").Take(); len(again) != 0 {
		t.Errorf("taken twice: %+v", again)
	}
}

func TestNoBroker(t *testing.T) {
	for name, err := range map[string]error{
		"source": topic.NewSource("s", nil).Open(context.Background(), &rt.Env{}, rt.Framing{}),
		"sink":   topic.NewSink("s", nil).Open(context.Background(), &rt.Env{}, nil),
	} {
		if err == nil || !strings.Contains(err.Error(), "there is no broker") {
			t.Errorf("a %s without a broker gives %v", name, err)
		}
	}
}

// The line breaks of a JSON value are white space; those in its strings are kept,
// so that the decoder reports them.
func TestLineBreaks(t *testing.T) {
	b := topic.NewBroker(topic.Ends)
	b.Topic("orders").Produce(record(0, "", "{\n\"a\\\"\": \"x\ny\"\n}"))
	s := topic.NewSource("orders", rt.Config{"auto.offset.reset": "earliest"})
	if err := s.Open(context.Background(), &rt.Env{Topics: b}, rt.Framing{Kind: rt.JSONAuto}); err != nil {
		t.Fatal(err)
	}
	batch := &rt.Batch{}
	if err := s.Read(context.Background(), batch); err != nil {
		t.Fatal(err)
	}
	if got, want := string(batch.Data[batch.ValueAt(0):len(batch.Data)-rt.Pad]), "{ \"a\\\"\": \"x\ny\" }\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
