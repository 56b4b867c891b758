package main

import (
	"bytes"
	"context"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const want = `large order 1: Ada, 749.90, no coupon
large order 3: Ada, 510.00, coupon SPRING
good customer: Ada, 2 orders
-- three orders are in; now a refund
no longer a good customer: Ada
09:00: 3 orders, 1272.40
09:01: 1 orders, -510.00
`

func TestRun(t *testing.T) {
	var out bytes.Buffer
	if err := run(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

// TestStopped: a context that is done before the start ends everything.
func TestStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out bytes.Buffer
	if err := run(ctx, &out); err == nil {
		t.Errorf("no error; printed\n%s", out.String())
	}
}

// TestGenerated: the committed package is what the SQL says.
func TestGenerated(t *testing.T) {
	out, err := exec.Command("go", "tool", "veloc", "diff", "orders/orders.sql").CombinedOutput()
	if err != nil {
		t.Errorf("go generate has something to do: %v\n%s", err, out)
	}
}

// TestLinked: a pipeline does not bring a web server, a logger or a codec based
// on reflection into the binary.
func TestLinked(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range strings.Fields(string(out)) {
		if slices.Contains([]string{"net", "net/http", "log/slog", "encoding/json", "html/template", "text/template"}, p) {
			t.Errorf("the program links %s", p)
		}
	}
}
