package embed_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/velocsql/veloc/golden/embed/shop"
	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/decimal"
)

// TestOnOrder: filtered rows come in the order of the input, with one worker and
// with several.
func TestOnOrder(t *testing.T) {
	for _, workers := range []int{1, 4} {
		o := quiet(t, workers)
		o.SalesSource = records(2000)
		p := shop.New(o)
		var got []int64
		p.OnEven(func(r shop.Even) { got = append(got, r.ID) })
		must(t, p.Run(t.Context()))
		if len(got) != 1000 || !slices.IsSorted(got) {
			t.Errorf("%d workers: %d rows, sorted %t", workers, len(got), slices.IsSorted(got))
		}
	}
}

// TestDeletes: rows that are withdrawn come as changes, in the order of their
// group.
func TestDeletes(t *testing.T) {
	ctx := t.Context()
	p := pushed(t)
	var got []string
	p.OnGood(func(c rt.Change[shop.Good]) {
		got = append(got, fmt.Sprintf("%s %s %s", c.Op, c.Row.Customer, decimal.Append(nil, c.Row.Total, 2)))
	})
	row := func(customer string, amount int64) shop.Sales {
		return shop.Sales{Customer: customer, Amount: amount, Items: 1}
	}
	must(t, p.Sales.Push(ctx, row("a", 60_00), row("b", 10_00), row("a", 50_00), row("a", -20_00), row("a", -1_00), row("a", 500_00)))
	p.Sales.Close()
	must(t, p.Run(ctx))
	want := []string{"upsert a 110.00", "delete a 90.00", "upsert a 589.00"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestAll: a loop gets every row, beside callbacks and other loops.
func TestAll(t *testing.T) {
	for _, workers := range []int{1, 4} {
		o := quiet(t, workers)
		o.SalesSource = records(1000)
		p := shop.New(o)
		ctx := t.Context()
		called := 0
		p.OnEven(func(shop.Even) { called++ })
		all, other := p.Even.All(ctx), p.Customers.All(ctx)
		customers := make(chan int)
		go func() {
			n := 0
			for _, err := range other {
				if err != nil {
					t.Error(err)
				}
				n++
			}
			customers <- n
		}()
		wait := start(ctx, p)
		var got []int64
		for r, err := range all {
			must(t, err)
			got = append(got, r.ID)
		}
		must(t, wait())
		if n := <-customers; len(got) != 500 || !slices.IsSorted(got) || called != 500 || n != 7 {
			t.Errorf("%d workers: %d rows in the loop, %d in the callback, %d customers", workers, len(got), called, n)
		}
		// the rows went to the first loop
		for _, err := range all {
			if !errors.Is(err, rt.ErrTaken) {
				t.Errorf("a second loop: %v", err)
			}
		}
	}
}

// TestAllBreak: a loop that is left does not hold up the program.
func TestAllBreak(t *testing.T) {
	for _, workers := range []int{1, 4} {
		o := quiet(t, workers)
		o.SalesSource = records(1000)
		p := shop.New(o)
		all := p.Even.All(t.Context())
		called := 0
		p.OnEven(func(shop.Even) { called++ })
		wait := start(t.Context(), p)
		n := 0
		for _, err := range all {
			must(t, err)
			if n++; n == 3 {
				break
			}
		}
		must(t, wait())
		if n != 3 || called != 500 {
			t.Errorf("%d rows in the loop, %d in the callback", n, called)
		}
	}
}

// TestAllContext: the context of a loop ends the loop, not the program.
func TestAllContext(t *testing.T) {
	o := quiet(t, 1)
	o.SalesSource = records(1000)
	p := shop.New(o)
	ctx, cancel := context.WithCancel(t.Context())
	all := p.Even.All(ctx)
	idle := p.Lots.All(ctx) // registered, never started
	called := 0
	p.OnEven(func(shop.Even) { called++ })
	wait := start(t.Context(), p)
	var last error
	n := 0
	cancel()
	for _, err := range all {
		if last = err; err == nil {
			n++
		}
	}
	must(t, wait())
	if !errors.Is(last, context.Canceled) || called != 500 {
		t.Errorf("the loop ended with %v after %d rows, the callback had %d", last, n, called)
	}
	for _, err := range idle {
		last = err
	}
	if last != nil && !errors.Is(last, context.Canceled) {
		t.Errorf("a loop after the end: %v", last)
	}
}

// TestAllFailure: the failure of the program is what a loop gets last, also of
// one that cannot start.
func TestAllFailure(t *testing.T) {
	late := records(100)
	late.Err = errBroken
	for name, src := range map[string]rt.Source{"open": &broken{}, "read": late} {
		o := quiet(t, 1)
		o.SalesSource = src
		p := shop.New(o)
		all := p.Even.All(t.Context())
		wait := start(t.Context(), p)
		var last error
		n := 0
		for _, err := range all {
			if last = err; err == nil {
				n++
			}
		}
		if err := wait(); !errors.Is(err, errBroken) || !errors.Is(last, errBroken) {
			t.Errorf("%s: Run %v, loop %v", name, err, last)
		}
		if name == "read" && n != 50 {
			t.Errorf("the loop had %d rows before the failure", n)
		}
	}
}

// TestAllGetsTheRest: a program that is stopped gives a loop all that it has
// computed.
func TestAllGetsTheRest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := pushed(t)
	called, n := 0, 0
	p.OnEven(func(shop.Even) {
		if called++; called == 100 {
			cancel()
		}
	})
	all := p.Even.All(t.Context())
	must(t, p.Sales.Push(t.Context(), sale(0)))
	wait := start(ctx, p)
	for _, err := range all {
		must(t, err)
		if n++; n > 1 {
			continue
		}
		for i := range 99 {
			must(t, p.Sales.Push(t.Context(), sale(i)))
		}
	}
	must(t, wait())
	if n != called || n != 100 {
		t.Errorf("%d rows in the callback, %d in the loop", called, n)
	}
}

// TestStopWithoutLoop: a program that is stopped does not wait for a loop that
// was never started.
func TestStopWithoutLoop(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := pushed(t)
	p.OnEven(func(shop.Even) { cancel() })
	p.Even.All(t.Context())
	must(t, p.Sales.Push(ctx, sale(1)))
	must(t, p.Run(ctx))
}

// TestTooLate: what is registered after the start is an error, not a result
// that misses rows.
func TestTooLate(t *testing.T) {
	p := pushed(t)
	wait := start(t.Context(), p)
	must(t, p.Sales.Push(t.Context(), sale(1)))
	must(t, p.Sales.Flush(t.Context()))
	var last error
	for _, err := range p.Even.All(t.Context()) {
		last = err
	}
	if !errors.Is(last, rt.ErrBegun) {
		t.Errorf("All: %v", last)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("On says nothing")
			}
		}()
		p.OnEven(func(shop.Even) {})
	}()
	p.Sales.Close()
	must(t, wait())
}
