package embed_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/velocsql/veloc/golden/embed/shop"
	rt "github.com/velocsql/veloc/runtime"
)

// TestDrainPushed: with Options.Drain a done context is the end of the input. All
// rows that Push has taken count, also those that wait, and what waits for the end
// comes out; without it nothing does.
func TestDrainPushed(t *testing.T) {
	for _, drain := range []bool{true, false} {
		for range 20 {
			o := quiet(t, 0)
			o.PushSales, o.Drain = true, drain
			p := shop.New(o)
			var rows int64
			p.OnCustomers(func(r shop.Customers) { rows += r.N })
			ctx, cancel := context.WithCancel(t.Context())
			wait := start(ctx, p)
			const pushed = 3000
			for i := range pushed {
				must(t, p.Sales.Push(t.Context(), shop.Sales{ID: int64(i), Customer: "c", Items: 1}))
			}
			cancel()
			must(t, wait())
			want := int64(0)
			if drain {
				want = pushed
			}
			if rows != want {
				t.Fatalf("drain %t: %d rows came out, want %d", drain, rows, want)
			}
			if err := p.Sales.Push(t.Context(), shop.Sales{}); !errors.Is(err, rt.ErrClosed) {
				t.Errorf("a push after the end: %v", err)
			}
		}
	}
}

// TestLogger: the logger hears of the first record that fails, and of the end.
func TestLogger(t *testing.T) {
	var text strings.Builder
	o := quiet(t, 1)
	o.PushSales = true
	o.Logger = slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "dead_letter" {
			return slog.Attr{}
		}
		return a
	}}))
	p := shop.New(o)
	for _, note := range []string{"many", "7", "few"} {
		must(t, p.Sales.Push(t.Context(), shop.Sales{ID: 1, Note: note}))
	}
	p.Sales.Close()
	must(t, p.Run(t.Context()))
	lines := strings.Split(strings.TrimSpace(text.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `level=WARN msg="record rejected, others will only be counted" statement=lots`) ||
		!strings.Contains(lines[1], `level=INFO msg="program ended" program=shop rows=`) || !strings.Contains(lines[1], "rejected=2 late=0") {
		t.Errorf("the log is\n%s", text.String())
	}
}
