package embed_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/velocsql/veloc/golden/embed/shop"
	rt "github.com/velocsql/veloc/runtime"
)

// TestPushGoroutines: rows of several goroutines all arrive, those of one
// goroutine in order.
func TestPushGoroutines(t *testing.T) {
	const pushers, each = 8, 3000
	ctx := t.Context()
	p := pushed(t)
	next := map[string]int{}
	total := 0
	p.OnEven(func(r shop.Even) {
		var n int
		if _, err := fmt.Sscanf(r.Note, "%d", &n); err != nil || n != next[r.Customer] {
			t.Errorf("%s: got %s after %d rows", r.Customer, r.Note, next[r.Customer])
		}
		next[r.Customer]++
		total++
	})
	wait := start(ctx, p)
	var wg sync.WaitGroup
	for g := range pushers {
		wg.Go(func() {
			for n := range each {
				row := shop.Sales{ID: 2, Customer: fmt.Sprint("pusher ", g), Note: fmt.Sprint(n), Items: 1}
				if err := p.Sales.Push(ctx, row); err != nil {
					t.Error(err)
				}
			}
			if err := p.Sales.Flush(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	p.Sales.Close()
	must(t, wait())
	if total != pushers*each {
		t.Errorf("%d rows of %d arrived", total, pushers*each)
	}
}

// TestBackPressure: Push blocks while the pipeline is behind, and goes on when
// it has caught up.
func TestBackPressure(t *testing.T) {
	env := world(t)
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		o := quiet(t, 1)
		o.Env, o.PushSales = env, true
		p := shop.New(o)
		gate := make(chan struct{})
		seen := 0
		p.OnEven(func(shop.Even) {
			<-gate
			seen++
		})
		wait := start(ctx, p)
		accepted := 0
		soon, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		for {
			// time stands still until every goroutine waits
			if err := p.Sales.Push(soon, sale(accepted)); err != nil {
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Fatal(err)
				}
				break
			}
			if accepted++; accepted > 1_000_000 {
				t.Fatal("Push never blocks")
			}
		}
		close(gate)
		must(t, p.Sales.Push(ctx, sale(accepted)))
		accepted++
		must(t, p.Sales.Flush(ctx))
		if seen != accepted {
			t.Errorf("%d rows were accepted, %d arrived", accepted, seen)
		}
		p.Sales.Close()
		must(t, wait())
	})
}

// TestFlush: what was pushed before is visible in callbacks and in sinks.
func TestFlush(t *testing.T) {
	ctx := t.Context()
	p := pushed(t)
	var got []int64
	p.OnEven(func(r shop.Even) { got = append(got, r.ID) })
	wait := start(ctx, p)
	must(t, p.Sales.Flush(ctx)) // nothing yet
	for n := range 100 {
		must(t, p.Sales.Push(ctx, sale(2*n), sale(2*n+1)))
		must(t, p.Sales.Flush(ctx))
		if len(got) != 2*n+2 || got[2*n+1] != int64(2*(2*n+1)) {
			t.Fatalf("after %d times Push and Flush %d rows are visible", n+1, len(got))
		}
	}
	must(t, p.Sales.Flush(ctx))
	p.Sales.Close()
	must(t, wait())
	must(t, p.Sales.Flush(ctx)) // all is visible
}

// TestClose: Close ends the program after everything that was pushed; it may be
// called again, and by a callback.
func TestClose(t *testing.T) {
	ctx := t.Context()
	p := pushed(t)
	n := 0
	p.OnEven(func(shop.Even) {
		if n++; n == 10 {
			p.Sales.Close()
		}
	})
	var totals []shop.Customers
	p.OnCustomers(func(r shop.Customers) { totals = append(totals, r) })
	for i := range 10 {
		must(t, p.Sales.Push(ctx, sale(i)))
	}
	must(t, start(ctx, p)())
	p.Sales.Close()
	if n != 10 || len(totals) != 1 || totals[0].N != 10 {
		t.Errorf("%d rows, totals %v", n, totals)
	}
	if err := p.Sales.Push(ctx, sale(1)); !errors.Is(err, rt.ErrClosed) {
		t.Errorf("Push after the end: %v", err)
	}
}

// TestCloseReleasesPush: a Push that waits returns when the input is closed.
func TestCloseReleasesPush(t *testing.T) {
	ctx := t.Context()
	p := pushed(t)
	errs := make(chan error, 1)
	go func() {
		for { // before Run nobody takes the rows
			if err := p.Sales.Push(ctx, sale(1)); err != nil {
				errs <- err
				return
			}
		}
	}()
	p.Sales.Close()
	if err := <-errs; !errors.Is(err, rt.ErrClosed) {
		t.Errorf("Push: %v", err)
	}
	must(t, p.Run(ctx))
}

// TestPushBeforeRun: rows wait for the start.
func TestPushBeforeRun(t *testing.T) {
	ctx := t.Context()
	p := pushed(t)
	var got []int64
	p.OnEven(func(r shop.Even) { got = append(got, r.ID) })
	must(t, p.Sales.Push(ctx, sale(1), sale(2)))
	must(t, p.Sales.Push(ctx))
	p.Sales.Close()
	must(t, p.Run(ctx))
	if !slices.Equal(got, []int64{2, 4}) {
		t.Errorf("got %v", got)
	}
}

// TestNotPushed: a stream that reads its source takes no rows.
func TestNotPushed(t *testing.T) {
	ctx := t.Context()
	o := quiet(t, 1)
	o.SalesSource = records(10)
	p := shop.New(o)
	if err := p.Sales.Push(ctx, sale(1)); !errors.Is(err, rt.ErrNotPushed) {
		t.Errorf("Push: %v", err)
	}
	if err := p.Sales.Flush(ctx); !errors.Is(err, rt.ErrNotPushed) {
		t.Errorf("Flush: %v", err)
	}
	p.Sales.Close()
	must(t, p.Run(ctx))
}

// TestPushContext: a done context ends Push and Flush, not the input.
func TestPushContext(t *testing.T) {
	p := pushed(t)
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Sales.Push(done, sale(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Push: %v", err)
	}
	must(t, p.Sales.Push(t.Context(), sale(2)))
	flushing, cancel := context.WithCancel(t.Context())
	time.AfterFunc(0, cancel)
	if err := p.Sales.Flush(flushing); !errors.Is(err, context.Canceled) {
		t.Errorf("Flush before Run: %v", err)
	}
	n := 0
	p.OnEven(func(shop.Even) { n++ })
	p.Sales.Close()
	must(t, p.Run(t.Context()))
	if n != 1 {
		t.Errorf("%d rows, want the one that was accepted", n)
	}
}

// TestEndReleasesPush: who waits in Push or Flush hears of the end of a program
// that fails or is stopped.
func TestEndReleasesPush(t *testing.T) {
	fill := func(ctx context.Context, p *shop.Pipeline) error {
		for {
			if err := p.Sales.Push(ctx, sale(1)); err != nil {
				return err
			}
		}
	}
	flush := func(ctx context.Context, p *shop.Pipeline) error {
		if err := p.Sales.Push(ctx, sale(1)); err != nil {
			return err
		}
		return p.Sales.Flush(ctx)
	}
	for name, waiting := range map[string]func(context.Context, *shop.Pipeline) error{"push": fill, "flush": flush} {
		t.Run(name+" of a program that cannot start", func(t *testing.T) {
			o := quiet(t, 1)
			o.PushSales, o.BiggestSink = true, &failing{open: errBroken}
			p := shop.New(o)
			errs := make(chan error, 1)
			go func() { errs <- waiting(t.Context(), p) }()
			if err := p.Run(t.Context()); !errors.Is(err, errBroken) {
				t.Errorf("Run: %v", err)
			}
			if err := <-errs; !errors.Is(err, rt.ErrClosed) {
				t.Errorf("%s: %v", name, err)
			}
		})
		t.Run(name+" of a program that fails", func(t *testing.T) {
			o := quiet(t, 1)
			o.PushSales, o.EvenSink = true, &failing{write: errBroken}
			p := shop.New(o)
			wait := start(t.Context(), p)
			if err := waiting(t.Context(), p); !errors.Is(err, rt.ErrClosed) {
				t.Errorf("%s: %v", name, err)
			}
			if err := wait(); !errors.Is(err, errBroken) {
				t.Errorf("Run: %v", err)
			}
		})
		t.Run(name+" of a program that is stopped", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			p := pushed(t)
			p.OnEven(func(shop.Even) {
				cancel()
				<-ctx.Done()
			})
			wait := start(ctx, p)
			if err := waiting(t.Context(), p); !errors.Is(err, rt.ErrClosed) {
				t.Errorf("%s: %v", name, err)
			}
			must(t, wait())
		})
	}
}

// TestNullColumns: NULL and the zero value are told apart on the way in and out.
func TestNullColumns(t *testing.T) {
	ctx := t.Context()
	p := pushed(t)
	var got []shop.Even
	p.OnEven(func(r shop.Even) { got = append(got, r) })
	null := shop.Sales{ID: 2}
	null.SetCustomerNull()
	null.SetAmountNull()
	null.SetItemsNull()
	null.SetNoteNull()
	null.SetRawNull()
	must(t, p.Sales.Push(ctx, null, shop.Sales{ID: 4, Items: 1}))
	p.Sales.Close()
	must(t, p.Run(ctx))
	if len(got) != 2 {
		t.Fatalf("got %v", got)
	}
	for i, want := range []bool{true, false} {
		r := &got[i]
		if r.CustomerNull() != want || r.AmountNull() != want || r.NoteNull() != want || r.RawNull() != want {
			t.Errorf("row %d: %+v", i, *r)
		}
	}
	if null.CustomerNull() != true || (&shop.Sales{}).CustomerNull() {
		t.Error("rows in: NULL is not what was set")
	}
}

// TestPushCopies: the caller may use its rows again, with their bytes.
func TestPushCopies(t *testing.T) {
	ctx := t.Context()
	p := pushed(t)
	var got []shop.Even
	p.OnEven(func(r shop.Even) { got = append(got, r) })
	rows := []shop.Sales{sale(1)}
	rows[0].Raw = []byte("first")
	must(t, p.Sales.Push(ctx, rows...))
	copy(rows[0].Raw, "other")
	rows[0].Note = "another"
	p.Sales.Close()
	must(t, p.Run(ctx))
	if len(got) != 1 || string(got[0].Raw) != "first" || got[0].Note != "note 1" {
		t.Errorf("got %+v", got)
	}
}
