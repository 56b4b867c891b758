// Command embed runs a streaming SQL program inside a Go program: it pushes
// orders as typed rows and gets the results as typed rows.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/velocsql/veloc/examples/embed/orders"
	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/decimal"
)

//go:generate go tool veloc generate orders/orders.sql

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "embed:", err)
		os.Exit(1)
	}
}

// run takes a few orders through the pipeline and prints what comes out.
func run(ctx context.Context, w io.Writer) error {
	// Orders come from Push. The results are used here and printed nowhere else.
	p := orders.New(orders.Options{
		PushOrders:        true,
		LargeOrdersSink:   rt.Discard(),
		GoodCustomersSink: rt.Discard(),
		MinutesSink:       rt.Discard(),
	})

	// Callbacks and loops are registered before Run. A callback gets each row when
	// it is computed.
	p.OnLargeOrders(func(o orders.LargeOrders) {
		coupon := "no coupon"
		if !o.CouponNull() {
			coupon = "coupon " + o.Coupon
		}
		fmt.Fprintf(w, "large order %d: %s, %s, %s\n", o.ID, o.Customer, hundredths(o.Amount), coupon)
	})

	// Rows of a table can be withdrawn, so these come as changes.
	p.OnGoodCustomers(func(c rt.Change[orders.GoodCustomers]) {
		if c.Op == rt.Delete {
			fmt.Fprintf(w, "no longer a good customer: %s\n", c.Row.Customer)
			return
		}
		fmt.Fprintf(w, "good customer: %s, %d orders\n", c.Row.Customer, c.Row.Orders)
	})

	// A loop takes rows on a goroutine of its own.
	minutes := p.Minutes.All(ctx)
	looped := make(chan error, 1)
	var perMinute []orders.Minutes
	go func() {
		for m, err := range minutes {
			if err != nil {
				looped <- err
				return
			}
			perMinute = append(perMinute, m)
		}
		looped <- nil
	}()

	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()

	if err := push(ctx, w, p); err != nil {
		return err
	}

	// Run returns when the input has been closed and all results are out.
	if err := <-ended; err != nil {
		return err
	}
	if err := <-looped; err != nil {
		return err
	}
	for _, m := range perMinute {
		fmt.Fprintf(w, "%s: %d orders, %s\n", time.UnixMicro(m.Minute).UTC().Format("15:04"), m.Orders, decimal.Append(nil, m.Total, 2))
	}
	return nil
}

// push feeds the pipeline. It could be the handler of a queue or of a request;
// Push may be called from several goroutines.
func push(ctx context.Context, w io.Writer, p *orders.Pipeline) error {
	defer p.Orders.Close()
	nine := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	at := func(d time.Duration) int64 { return nine.Add(d).UnixMicro() }

	// The zero value of a nullable column is a value; SetCouponNull makes it NULL.
	ada := orders.Orders{ID: 1, Customer: "Ada", Amount: 749_90, Placed: at(0)}
	ada.SetCouponNull()
	err := p.Orders.Push(ctx, ada,
		orders.Orders{ID: 2, Customer: "Ben", Amount: 12_50, Coupon: "SPRING", Placed: at(20 * time.Second)},
		orders.Orders{ID: 3, Customer: "Ada", Amount: 510_00, Coupon: "SPRING", Placed: at(40 * time.Second)},
	)
	if err != nil {
		return err
	}

	// After Flush the callbacks have seen everything that was pushed before.
	if err := p.Orders.Flush(ctx); err != nil {
		return err
	}
	fmt.Fprintln(w, "-- three orders are in; now a refund")

	refund := orders.Orders{ID: 4, Customer: "Ada", Amount: -510_00, Placed: at(70 * time.Second)}
	refund.SetCouponNull()
	return p.Orders.Push(ctx, refund)
}

// hundredths is a DECIMAL(12, 2) as text.
func hundredths(v int64) string { return string(decimal.Append64(nil, v, 2)) }
