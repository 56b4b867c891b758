package oracle

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"
)

var (
	amount    = flag.Int("oracle.n", 0, "how many programs to check, 0 for the usual number")
	shrinking = flag.Bool("oracle.shrink", true, "make programs that fail smaller")
	first     = flag.Uint64("oracle.seed", 1, "seed of the first program")
)

// TestGeneratedCode compiles programs: those that the compiler accepts must
// generate Go that type-checks.
func TestGeneratedCode(t *testing.T) {
	check, err := newChecker()
	if err != nil {
		t.Fatal(err)
	}
	n := *amount
	if n == 0 {
		n = 2000
	}
	start := time.Now()
	accepted := 0
	refused := map[string]int{}
	seen := map[string]bool{}
	for i := range n {
		seed := *first + uint64(i)
		p := generate(seed, false)
		c, err := p.render().compile()
		if err == nil && c.refused == "" {
			accepted++
			err = check.check(c.files)
		}
		if err == nil {
			if c.refused != "" {
				refused[c.refused]++
			}
			continue
		}
		kind := kindOf(err)
		if seen[kind] {
			continue
		}
		seen[kind] = true
		small := shrink(p, func(list []*text) int {
			for i, t := range list {
				c, err := t.compile()
				if err == nil && c.refused == "" {
					err = check.check(c.files)
				}
				if err != nil && kindOf(err) == kind {
					return i
				}
			}
			return -1
		})
		t.Errorf("seed %d: %v\n%s", seed, err, small.render())
	}
	t.Logf("%d programs, %d accepted, %s", n, accepted, time.Since(start).Round(time.Millisecond))
	if os.Getenv("ORACLE_REFUSED") != "" {
		for k, v := range refused {
			t.Log(v, k)
		}
	}
	if accepted*10 < n*7 {
		t.Errorf("only %d of %d programs compile", accepted, n)
	}
}

// kindOf is a message without what varies from program to program.
func kindOf(err error) string {
	msg, _, _ := strings.Cut(err.Error(), "\n")
	if i := strings.Index(msg, ": "); i >= 0 && strings.Contains(msg[:i], ".go:") {
		msg = msg[i:]
	}
	if strings.Contains(msg, "declared and not used") || strings.Contains(msg, "is read before") {
		msg = msg[:strings.LastIndexByte(msg, ' ')]
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, msg)
}
