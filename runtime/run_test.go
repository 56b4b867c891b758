package rt_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/rttest"
)

// upper is a stateless worker: it copies lines in capitals and rejects those
// that begin with a dot.
type upper struct {
	out   *rt.Output
	spin  func()
	count int
	tap   *rt.Tap[string]
}

func (u *upper) Process(_ int, b *rt.Batch) {
	u.spin()
	for at := b.Start; b.Pushed == 0 && at < b.End; {
		next := at + strings.IndexByte(string(b.Data[at:]), '\n') + 1
		line := string(b.Data[at:next])
		if line[0] == '.' {
			b.Reject(at, next, "starts with a dot", "up", "t.sql:1:1")
		} else {
			u.out.Buf = append(u.out.Buf, strings.ToUpper(line)...)
			u.out.Rows++
			u.count++
			if u.tap != nil {
				u.tap.Add(strings.TrimSpace(line))
			}
		}
		at = next
	}
	for _, row := range rt.PushedRows[string](b) {
		u.out.Buf = append(u.out.Buf, row...)
		u.count++
		if u.tap != nil {
			u.tap.Add(row)
		}
	}
}

func (u *upper) Merge(_ int, o rt.Worker) bool {
	u.count += o.(*upper).count
	return true
}

func (u *upper) Finish(int) {
	u.out.Buf = fmt.Appendf(u.out.Buf, "%d rows\n", u.count)
	u.out.Rows++
}
func (u *upper) Outputs() []*rt.Output { return []*rt.Output{u.out} }

func program(src rt.Source, sink rt.Sink) *rt.Program {
	return &rt.Program{
		Name:    "test",
		Queries: 1,
		Sources: []rt.SourceDef{{Name: "s", New: func(string, rt.Config) rt.Source { return src }}},
		Sinks:   []rt.SinkDef{{Name: "k", New: func(string, rt.Config) rt.Sink { return sink }, Head: []byte("head\n")}},
		NewWorker: func(c *rt.Connect) rt.Worker {
			spin := func() {
				for range c.ID * 3 {
					runtime.Gosched()
				}
			}
			return &upper{out: c.Output(0), spin: spin}
		},
	}
}

func lines(parts, batches int) ([][]string, string) {
	var in [][]string
	var want strings.Builder
	n := 0
	for p := range parts {
		in = append(in, nil)
		for range batches + p {
			text := fmt.Sprintf("line %d\nmore %d\n", n, n)
			n++
			in[p] = append(in[p], text)
			want.WriteString(strings.ToUpper(text))
		}
	}
	fmt.Fprintf(&want, "%d rows\n", 2*n)
	return in, want.String()
}

// TestOrder: the output of a stateless program is in the order of the batches,
// however many workers there are.
func TestOrder(t *testing.T) {
	for _, workers := range []int{1, 2, 3, 8} {
		in, want := lines(3, 40)
		sink := &rttest.Sink{}
		stats, err := rt.Run(context.Background(), program(&rttest.Source{Parts: in}, sink), rt.Options{Env: rttest.Env(), Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if sink.Text != want {
			t.Errorf("%d workers: output is out of order or incomplete", workers)
		}
		if !sink.Committed || sink.Head != "head\n" || stats.Sinks[0].Rows() != 2*(40+41+42)+1 {
			t.Errorf("%d workers: committed %t, head %q, %d rows", workers, sink.Committed, sink.Head, stats.Sinks[0].Rows())
		}
	}
}

// TestDeadLetters: a rejected record is written whole with its place, and the
// rest of the batch goes on.
func TestDeadLetters(t *testing.T) {
	dir := t.TempDir()
	env := rttest.Env()
	env.Dir = dir
	sink := &rttest.Sink{}
	src := &rttest.Source{Parts: [][]string{{"a\n.bad \"x\"\nb\n"}}}
	stats, err := rt.Run(context.Background(), program(src, sink), rt.Options{Env: env, Workers: 1})
	if err != nil || stats.Rejected() != 1 || sink.Text != "A\nB\n2 rows\n" {
		t.Fatalf("%v, %d rejected, output %q", err, stats.Rejected(), sink.Text)
	}
	got, err := os.ReadFile(filepath.Join(dir, "test.dead_letter.jsonl"))
	want := `{"statement":"up","sql":"t.sql:1:1","source":"s","file":"memory","offset":2,"reason":"starts with a dot","record":".bad \"x\""}` + "\n"
	if err != nil || string(got) != want {
		t.Errorf("%v\n got %s\nwant %s", err, got, want)
	}
}

// TestOnError: skip counts, fail ends the program and keeps the old output.
func TestOnError(t *testing.T) {
	for mode, wantErr := range map[string]bool{"skip": false, "fail": true} {
		env := rttest.Env()
		env.Dir = t.TempDir()
		sink := &rttest.Sink{}
		src := &rttest.Source{Parts: [][]string{{".bad\n"}}}
		stats, err := rt.Run(context.Background(), program(src, sink), rt.Options{Env: env, Workers: 1, OnError: mode})
		if (err != nil) != wantErr || stats.Rejected() != 1 || sink.Committed == wantErr {
			t.Errorf("%s: %v, %d rejected, committed %t", mode, err, stats.Rejected(), sink.Committed)
		}
		if files, _ := os.ReadDir(env.Dir); len(files) != 0 {
			t.Errorf("%s: wrote %v", mode, files)
		}
	}
}

// TestFailures: a source or sink that fails ends the program with its name, and
// nothing is committed.
func TestFailures(t *testing.T) {
	boom := errors.New("boom")
	for _, workers := range []int{1, 4} {
		in, _ := lines(1, 20)
		sink := &rttest.Sink{}
		_, err := rt.Run(context.Background(), program(&rttest.Source{Parts: in, Err: boom}, sink), rt.Options{Env: rttest.Env(), Workers: workers})
		if !errors.Is(err, boom) || !strings.HasPrefix(err.Error(), "source s: ") || sink.Committed || !sink.Closed {
			t.Errorf("source: %v, committed %t, closed %t", err, sink.Committed, sink.Closed)
		}
		sink = &rttest.Sink{Err: boom}
		_, err = rt.Run(context.Background(), program(&rttest.Source{Parts: in}, sink), rt.Options{Env: rttest.Env(), Workers: workers})
		if !errors.Is(err, boom) || !strings.HasPrefix(err.Error(), "sink k: ") || sink.Committed {
			t.Errorf("sink: %v, committed %t", err, sink.Committed)
		}
	}
}

// TestPush: pushed rows come out in order; Flush waits for them; Close ends the
// program; Push fails afterwards.
func TestPush(t *testing.T) {
	var in rt.Input[string]
	in.Init("s")
	var results rt.Results[string]
	var got []string
	results.On(func(s string) { got = append(got, s) })
	sink := &rttest.Sink{}
	p := program(in.Source(), sink)
	p.NewWorker = func(c *rt.Connect) rt.Worker {
		return &upper{out: c.Output(0), spin: func() {}, tap: rt.NewTap(c, &results)}
	}
	ctx := context.Background()
	all := results.All(ctx)
	done := make(chan error)
	go func() {
		_, err := rt.Run(ctx, p, rt.Options{Env: rttest.Env(), Workers: 4})
		results.End(err)
		done <- err
	}()
	var seen []string
	read := make(chan struct{})
	go func() {
		for s, err := range all {
			if err != nil {
				t.Error(err)
			}
			seen = append(seen, s)
		}
		close(read)
	}()
	for i := range 50 {
		if err := in.Push(ctx, fmt.Sprintf("r%d", i), "x"); err != nil {
			t.Fatal(err)
		}
	}
	if err := in.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if len(got) != 100 || got[98] != "r49" {
		t.Errorf("after Flush %d rows are visible", len(got))
	}
	in.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	<-read
	if len(seen) != 100 {
		t.Errorf("the iterator gave %d rows", len(seen))
	}
	if err := in.Push(ctx, "late"); !errors.Is(err, rt.ErrClosed) {
		t.Errorf("Push after the end: %v", err)
	}
}

// TestStop: a done context is an orderly stop: what was read is kept, but what
// waits for the end of input does not come.
func TestStop(t *testing.T) {
	var in rt.Input[string]
	in.Init("s")
	sink := &rttest.Sink{}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		_, err := rt.Run(ctx, program(in.Source(), sink), rt.Options{Env: rttest.Env(), Workers: 1})
		done <- err
	}()
	if err := in.Push(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	if err := in.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-done; err != nil || sink.Text != "a" || !sink.Committed {
		t.Errorf("%v, output %q, committed %t", err, sink.Text, sink.Committed)
	}
}
