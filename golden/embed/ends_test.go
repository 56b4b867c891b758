package embed_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/velocsql/veloc/golden/embed/shop"
	"github.com/velocsql/veloc/golden/embed/visits"
	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/rttest"
)

// failing is a sink that fails.
type failing struct {
	rttest.Sink
	open, write error
}

func (s *failing) Open(context.Context, *rt.Env, []byte) error { return s.open }
func (s *failing) Write([]byte) error                          { return s.write }

// everything is what a pipeline gave, as sorted lines.
func everything(t *testing.T, o shop.Options) []string {
	t.Helper()
	p := shop.New(o)
	var mu sync.Mutex
	var got []string
	add := func(row any) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, fmt.Sprintf("%T %+v", row, row))
	}
	p.OnEven(func(r shop.Even) { add(r) })
	p.OnLots(func(r shop.Lots) { add(r) })
	p.OnCustomers(func(r shop.Customers) { add(r) })
	p.OnGood(func(r rt.Change[shop.Good]) { add(r) })
	p.OnBiggest(func(r shop.Biggest) { add(r) })
	must(t, p.Run(t.Context()))
	slices.Sort(got)
	return got
}

// TestWorkers: a file gives the same rows whatever the number of workers.
func TestWorkers(t *testing.T) {
	var file strings.Builder
	for id := range 3000 {
		file.WriteString(record(id))
	}
	var want []string
	for _, workers := range []int{1, 4} {
		o := quiet(t, workers)
		must(t, os.WriteFile(filepath.Join(o.Env.Dir, "sales.jsonl"), []byte(file.String()), 0o600))
		got := everything(t, o)
		if want == nil {
			want = got
		}
		if len(got) < 1500 || !slices.Equal(got, want) {
			t.Errorf("%d workers: %d rows, one worker: %d", workers, len(got), len(want))
		}
	}
	o := quiet(t, 4)
	o.SalesSource = records(3000)
	if got := everything(t, o); !slices.Equal(got, want) {
		t.Errorf("a replaced source gave %d rows, the file %d", len(got), len(want))
	}
}

// TestRowsOwnMemory: rows that are kept, and dead letters, do not change when the
// memory of batches is used again.
func TestRowsOwnMemory(t *testing.T) {
	for _, workers := range []int{1, 4} {
		plain := quiet(t, workers)
		plain.SalesSource = records(500)
		want := everything(t, plain)

		o := quiet(t, workers)
		o.SalesSource = scribbler{records(500)}
		p := shop.New(o)
		var mu sync.Mutex
		var kept []any
		add := func(row any) {
			mu.Lock()
			defer mu.Unlock()
			kept = append(kept, row)
		}
		p.OnEven(func(r shop.Even) { add(r) })
		p.OnLots(func(r shop.Lots) { add(r) })
		p.OnCustomers(func(r shop.Customers) { add(r) })
		p.OnGood(func(r rt.Change[shop.Good]) { add(r) })
		p.OnBiggest(func(r shop.Biggest) { add(r) })
		must(t, p.Run(t.Context()))
		var got []string
		for _, row := range kept {
			got = append(got, fmt.Sprintf("%T %+v", row, row))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%d workers: rows that were kept changed", workers)
		}
		letters, err := os.ReadFile(filepath.Join(o.Env.Dir, "shop.dead_letter.jsonl"))
		must(t, err)
		n := bytes.Count(letters, []byte("\n"))
		for id := 0; id < 500; id += 5 {
			note := fmt.Sprintf(`\"note\":\"note %d\"`, id)
			if !bytes.Contains(letters, []byte(note)) {
				t.Errorf("%d workers: no dead letter of sale %d", workers, id)
			}
		}
		if n != 100 || bytes.Contains(letters, []byte("#")) {
			t.Errorf("%d workers: %d dead letters:\n%s", workers, n, letters)
		}
	}
}

// TestSinks: a replaced sink gets what the relation's own would have got, and is
// committed or not.
func TestSinks(t *testing.T) {
	sink := &rttest.Sink{}
	dir := world(t)
	p := visits.New(visits.Options{
		Options:      rt.Options{Env: dir},
		VisitsSource: &rttest.Source{Header: "page,referrer", Parts: [][]string{{"a,x\n", "a,\nb,\n"}}},
		BotsSource:   &rttest.Source{Header: "page", Parts: [][]string{{"/robots.txt\n"}, {"/\n"}}},
		CrawledSink:  sink, PerMinuteSink: rt.Discard(),
	})
	counts := map[string]int64{}
	p.OnPerMinute(func(r visits.PerMinute) { counts[r.Page] = r.N })
	must(t, p.Run(t.Context()))
	if sink.Head+sink.Text != "page\n/robots.txt\n/\n" || !sink.Committed || counts["a"] != 2 || counts["b"] != 1 {
		t.Errorf("sink %q %q, committed %t, counts %v", sink.Head, sink.Text, sink.Committed, counts)
	}
	if _, err := os.Stat(filepath.Join(dir.Dir, "crawled.csv")); err == nil {
		t.Error("the sink that was replaced has written its file")
	}

	sink = &rttest.Sink{}
	o := quiet(t, 1)
	o.SalesSource, o.EvenSink, o.LotsSink = records(10), sink, &failing{write: errBroken}
	if err := shop.New(o).Run(t.Context()); !errors.Is(err, errBroken) || !sink.Closed || sink.Committed {
		t.Errorf("%v, closed %t, committed %t", err, sink.Closed, sink.Committed)
	}
}

// TestFlushSinks: after Flush a file that is appended to has what was pushed.
// One stream is pushed, the other reads its source.
func TestFlushSinks(t *testing.T) {
	ctx := t.Context()
	env := world(t)
	p := visits.New(visits.Options{
		Options:      rt.Options{Env: env},
		PushBots:     true,
		VisitsSource: &rttest.Source{Header: "page,referrer", Parts: [][]string{{"a,x\n"}}}, PerMinuteSink: rt.Discard(),
	})
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	want := "page\n"
	for _, page := range []string{"/", "/robots.txt"} {
		must(t, p.Bots.Push(ctx, visits.Bots{Page: page}))
		must(t, p.Bots.Flush(ctx))
		want += page + "\n"
		got, err := os.ReadFile(filepath.Join(env.Dir, "crawled.csv"))
		if err != nil || string(got) != want {
			t.Errorf("after Flush: %v, %q, want %q", err, got, want)
		}
	}
	p.Bots.Close()
	must(t, <-ended)
}

// TestTwoPipelines: pipelines of one package do not know of each other.
func TestTwoPipelines(t *testing.T) {
	ctx := t.Context()
	var wg sync.WaitGroup
	for _, n := range []int{100, 200} {
		wg.Go(func() {
			p := pushed(t)
			got, good := 0, 0
			p.OnEven(func(r shop.Even) { got++ })
			p.OnGood(func(rt.Change[shop.Good]) { good++ })
			wait := start(ctx, p)
			for i := range n {
				if err := p.Sales.Push(ctx, sale(i)); err != nil {
					t.Error(err)
				}
			}
			p.Sales.Close()
			if err := wait(); err != nil || got != n || good != n-99 {
				t.Errorf("%v, %d rows and %d changes of %d", err, got, good, n)
			}
		})
	}
	wg.Wait()
}

// TestStopped: a context that is done ends the program in order: what was read is
// kept and committed, what waits for the end of input does not come.
func TestStopped(t *testing.T) {
	for _, workers := range []int{1, 4} {
		o := quiet(t, workers)
		src := &endless{text: record(2), reading: make(chan struct{})}
		sink := &rttest.Sink{}
		o.SalesSource, o.EvenSink = serial(src), sink
		p := shop.New(o)
		even, customers := 0, 0
		p.OnEven(func(shop.Even) { even++ })
		p.OnCustomers(func(shop.Customers) { customers++ })
		ctx, cancel := context.WithCancel(t.Context())
		wait := start(ctx, p)
		<-src.reading
		cancel()
		must(t, wait())
		if lines := strings.Count(sink.Text, "\x1e\n"); !sink.Committed || lines != even || customers != 0 {
			t.Errorf("%d workers: committed %t, %d rows in the sink, %d in the callback, %d customers", workers, sink.Committed, lines, even, customers)
		}
	}
}

// serial lets one worker at a time read.
func serial(s rt.Source) rt.Source { return &locked{Source: s} }

type locked struct {
	rt.Source
	mu sync.Mutex
}

func (l *locked) Read(ctx context.Context, b *rt.Batch) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Source.Read(ctx, b)
}

// TestRunTwice: a pipeline runs once.
func TestRunTwice(t *testing.T) {
	o := quiet(t, 1)
	o.SalesSource = records(10)
	p := shop.New(o)
	must(t, p.Run(t.Context()))
	if err := p.Run(t.Context()); !errors.Is(err, rt.ErrRan) {
		t.Errorf("the second Run: %v", err)
	}
}

// TestClock: the clock of Options.Env is the one that counts.
func TestClock(t *testing.T) {
	ctx := t.Context()
	const minute = int64(60_000_000)
	var now atomic.Int64
	now.Store(1000 * minute)
	env := world(t)
	env.Now = now.Load
	p := visits.New(visits.Options{
		Options:    rt.Options{Env: env},
		PushVisits: true, BotsSource: &rttest.Source{Header: "page", Parts: [][]string{{""}}},
		CrawledSink: rt.Discard(), PerMinuteSink: rt.Discard(),
	})
	var got []string
	p.OnPerMinute(func(r visits.PerMinute) { got = append(got, fmt.Sprintf("%d %s %d", r.Minute/minute, r.Page, r.N)) })
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	must(t, p.Visits.Push(ctx, visits.Visits{Page: "a"}, visits.Visits{Page: "a"}))
	must(t, p.Visits.Flush(ctx))
	now.Add(minute)
	must(t, p.Visits.Push(ctx, visits.Visits{Page: "b"}))
	must(t, p.Visits.Flush(ctx))
	if !slices.Equal(got, []string{"1000 a 2"}) {
		t.Errorf("a minute later: got %q", got)
	}
	p.Visits.Close()
	must(t, <-ended)
	if !slices.Equal(got, []string{"1000 a 2", "1001 b 1"}) {
		t.Errorf("at the end: got %q", got)
	}
}
