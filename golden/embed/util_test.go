package embed_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/velocsql/veloc/golden/embed/shop"
	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/rttest"
)

// world is an environment whose dead letters go to a folder of the test.
func world(t *testing.T) *rt.Env {
	env := rttest.Env()
	env.Dir = t.TempDir()
	return env
}

// quiet are options without output but for what is registered.
func quiet(t *testing.T, workers int) shop.Options {
	return shop.Options{
		Options:       rt.Options{Env: world(t), Workers: workers},
		EvenSink:      rt.Discard(),
		LotsSink:      rt.Discard(),
		CustomersSink: rt.Discard(),
		GoodSink:      rt.Discard(),
		BiggestSink:   rt.Discard(),
	}
}

// pushed is a pipeline that takes rows from Push.
func pushed(t *testing.T) *shop.Pipeline {
	o := quiet(t, 1)
	o.PushSales = true
	return shop.New(o)
}

// start runs a pipeline; the function that it returns waits for the end.
func start(ctx context.Context, p *shop.Pipeline) (wait func() error) {
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	return func() error { return <-ended }
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sale is a row with an even number, so that stream even has it.
func sale(id int) shop.Sales {
	return shop.Sales{ID: int64(2 * id), Customer: "c", Amount: 100, Items: 1, Note: fmt.Sprint("note ", id)}
}

// record is the JSON of a sale.
func record(id int) string {
	return fmt.Sprintf(`{"id":%d,"customer":"c%d","amount":%d.25,"items":%d,"note":"note %d","raw":"AQID"}`+"\n", id, id%7, id%50, id%5, id)
}

// records are batches of the sales 0 to n-1, in three partitions.
func records(n int) *rttest.Source {
	parts := make([][]string, 3)
	for id := 0; id < n; {
		var b strings.Builder
		p := id * len(parts) / n
		for range 10 {
			if id < n && id*len(parts)/n == p {
				b.WriteString(record(id))
				id++
			}
		}
		parts[p] = append(parts[p], b.String())
	}
	return &rttest.Source{Parts: parts}
}

// scribbler overwrites the memory of a batch as soon as it may: when the worker
// asks for the next one.
type scribbler struct{ rt.Source }

func (s scribbler) Read(ctx context.Context, b *rt.Batch) error {
	for i := range b.Buf[:cap(b.Buf)] {
		b.Buf[:cap(b.Buf)][i] = '#'
	}
	return s.Source.Read(ctx, b)
}

// broken is a source that fails.
type broken struct{ rttest.Source }

var errBroken = errors.New("the source is broken")

func (*broken) Open(context.Context, *rt.Env, rt.Framing) error { return errBroken }

// endless delivers the same batch until the context is done. It tells when the
// first one has been read.
type endless struct {
	rttest.Source
	text    string
	seq     int64
	reading chan struct{}
}

func (*endless) Count() int { return 1 }

func (s *endless) Read(ctx context.Context, b *rt.Batch) error {
	if s.seq == 1 {
		close(s.reading)
	}
	if ctx.Err() != nil {
		return io.EOF
	}
	b.Buf = append(append(b.Buf[:0], s.text...), make([]byte, rt.Pad)...)
	b.Data, b.Start, b.End, b.Seq = b.Buf, 0, len(s.text), s.seq
	s.seq++
	return nil
}
