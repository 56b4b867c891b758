package rt_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/rttest"
	"github.com/velocsql/veloc/runtime/state"
)

// pair is a row that crosses the exchange.
type pair struct {
	key   string
	value string
}

// gather is a worker that keeps the values of each key in order, at the owner
// of the key.
type gather struct {
	id     int
	out    *rt.Output
	owners *rt.Exchange[pair]
	lists  map[string][]string
	newest []int64 // of the packets applied
}

func (g *gather) apply(p *rt.Packet[pair]) {
	for _, r := range p.Rows {
		k := strings.Clone(r.key)
		g.lists[k] = append(g.lists[k], strings.Clone(r.value))
	}
	g.newest = append(g.newest, p.Newest)
	runtime.Gosched()
}

func (g *gather) Process(_ int, b *rt.Batch) {
	for range g.id {
		runtime.Gosched()
	}
	text := string(b.Data[b.Start:b.End])
	for _, line := range strings.Fields(text) {
		k, v, _ := strings.Cut(line, "=")
		if g.owners.Alone() {
			g.lists[k] = append(g.lists[k], v)
			continue
		}
		to := g.owners.To(state.HashString(k))
		to.Rows = append(to.Rows, pair{to.Keep(k), to.Keep(v)})
	}
	g.owners.Seal(b, b.Seq)
	clear(b.Data) // nothing that crossed may still look at the batch
}

func (g *gather) Merge(int, rt.Worker) bool { return false }

func (g *gather) Finish(int) {
	for k, list := range g.lists {
		g.out.Buf = fmt.Appendf(g.out.Buf, "%s:%s\n", k, strings.Join(list, ","))
		g.out.Rows++
	}
}

func (g *gather) Outputs() []*rt.Output { return []*rt.Output{g.out} }

// TestExchange: every key has one owner, and its rows arrive there in the order
// of the input, for any number of workers and any interleaving.
func TestExchange(t *testing.T) {
	var parts [][]string
	want := map[string][]string{}
	n := 0
	for p := range 3 {
		parts = append(parts, nil)
		for range 30 + p {
			var b strings.Builder
			for range 20 {
				k, v := fmt.Sprintf("key-%d", n*7%23), fmt.Sprint(n)
				fmt.Fprintf(&b, "%s=%s\n", k, v)
				want[k] = append(want[k], v)
				n++
			}
			parts[p] = append(parts[p], b.String())
		}
	}
	parts = append(parts, []string{""}) // an empty partition
	var lines []string
	for k, list := range want {
		lines = append(lines, k+":"+strings.Join(list, ","))
	}
	slices.Sort(lines)
	for _, workers := range []int{1, 2, 3, 5, 8} {
		sink := &rttest.Sink{}
		prog := &rt.Program{
			Name: "gather", Queries: 1,
			Sources: []rt.SourceDef{{Name: "s", New: func(string, rt.Config) rt.Source { return &rttest.Source{Parts: parts} }}},
			Sinks:   []rt.SinkDef{{Name: "k", New: func(string, rt.Config) rt.Sink { return sink }}},
			NewWorker: func(c *rt.Connect) rt.Worker {
				g := &gather{id: c.ID, out: c.Output(0), lists: map[string][]string{}}
				g.owners = rt.Join(c, "gather", g.apply)
				return g
			},
		}
		if _, err := rt.Run(context.Background(), prog, rt.Options{Env: rttest.Env(), Workers: workers}); err != nil {
			t.Fatal(err)
		}
		got := strings.Split(strings.TrimSpace(sink.Text), "\n")
		slices.Sort(got)
		if !slices.Equal(got, lines) {
			t.Errorf("%d workers: %d keys differ from the %d wanted, or their order does", workers, len(got), len(lines))
		}
	}
}

// TestExchangeFailure: a source that fails ends all workers.
func TestExchangeFailure(t *testing.T) {
	sink := &rttest.Sink{}
	src := &rttest.Source{Parts: [][]string{{"a=1\n", "b=2\n"}}, Err: context.DeadlineExceeded}
	prog := &rt.Program{
		Name: "gather", Queries: 1,
		Sources: []rt.SourceDef{{Name: "s", New: func(string, rt.Config) rt.Source { return src }}},
		Sinks:   []rt.SinkDef{{Name: "k", New: func(string, rt.Config) rt.Sink { return sink }}},
		NewWorker: func(c *rt.Connect) rt.Worker {
			g := &gather{id: c.ID, out: c.Output(0), lists: map[string][]string{}}
			g.owners = rt.Join(c, "gather", g.apply)
			return g
		},
	}
	_, err := rt.Run(context.Background(), prog, rt.Options{Env: rttest.Env(), Workers: 4})
	if err == nil || sink.Committed {
		t.Errorf("error %v, committed %t", err, sink.Committed)
	}
}

// TestArena: text survives growth and large pieces, and reuse does not mix.
func TestArena(t *testing.T) {
	var a rt.Arena
	var kept, want []string
	for i := range 5000 {
		s := strings.Repeat(string(rune('a'+i%26)), i%97)
		if i%1000 == 0 {
			s = strings.Repeat("L", 40<<10)
		}
		kept, want = append(kept, a.Keep(s)), append(want, s)
	}
	if !slices.Equal(kept, want) {
		t.Error("kept text changed")
	}
}
