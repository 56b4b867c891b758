package embed_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/velocsql/veloc/golden/embed/meters"
	rt "github.com/velocsql/veloc/runtime"
)

// grid is a run of the meters' program over files that a test writes. Time in it
// is that of the bubble: nothing really waits.
type grid struct {
	t    *testing.T
	dir  string
	stop context.CancelFunc
	done chan error
	late int64
}

// newGrid starts the program. It ends orderly, or by draining what is open.
func newGrid(t *testing.T, drain bool, names ...string) *grid {
	t.Helper()
	g := &grid{t: t, dir: t.TempDir(), done: make(chan error, 1)}
	for _, n := range names {
		g.write(n, "meter,at,value\n")
	}
	ctx, stop := context.WithCancel(t.Context())
	g.stop = stop
	env := rt.OSEnv()
	env.Dir, env.Stdout, env.Stderr = g.dir, io.Discard, io.Discard
	go func() {
		stats, err := rt.Run(ctx, meters.Program(), rt.Options{Env: env, Drain: drain})
		g.late = stats.Late()
		g.done <- err
	}()
	return g
}

// write appends text to the file of a meter.
func (g *grid) write(meter, text string) {
	g.t.Helper()
	f, err := os.OpenFile(filepath.Join(g.dir, "readings-"+meter+".csv"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	must(g.t, err)
	_, err = f.WriteString(text)
	must(g.t, err)
	must(g.t, f.Close())
}

// read gives the program a reading of a meter, so many seconds after 12:00.
func (g *grid) read(meter string, seconds int) {
	g.t.Helper()
	at := time.Date(2026, 3, 1, 12, 0, seconds, 0, time.UTC)
	g.write(meter, fmt.Sprintf("%s,%s,1\n", meter, at.Format(time.RFC3339)))
	time.Sleep(2 * time.Second) // two looks at the files
	synctest.Wait()
}

// wait lets time pass.
func (g *grid) wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// expect checks the results so far: minute, meter and number.
func (g *grid) expect(when string, want ...string) {
	g.t.Helper()
	text, err := os.ReadFile(filepath.Join(g.dir, "minutes.csv"))
	must(g.t, err)
	var got []string
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if i > 0 {
			got = append(got, strings.TrimSuffix(strings.TrimPrefix(line, "2026-03-01T"), ",1"))
		}
	}
	for i := range got {
		got[i] = strings.Replace(got[i], ":00Z,", " ", 1) // 12:00 a
	}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		g.t.Errorf("%s the results are\n%s\nwant\n%s", when, strings.Join(got, "; "), strings.Join(want, "; "))
	}
}

// end stops the program.
func (g *grid) end() {
	g.t.Helper()
	g.stop()
	must(g.t, <-g.done)
}

// TestIdlePartition: a file that is silent holds the watermark back until it is
// idle, and cannot move it back when it returns.
func TestIdlePartition(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGrid(t, false, "a", "b")
		g.read("b", 1)
		g.read("a", 10)
		g.read("a", 70)
		g.expect("while b is not idle")
		g.wait(20 * time.Second)
		g.read("a", 75)
		g.expect("just before b is idle")
		g.wait(10 * time.Second)
		g.expect("when b is idle", "12:00 b", "12:00 a")
		g.read("b", 20) // late: the first minute is over
		g.read("b", 65)
		g.expect("when b is back", "12:00 b", "12:00 a")
		g.read("a", 130)
		g.expect("while b holds the watermark again", "12:00 b", "12:00 a")
		g.read("b", 126)
		g.expect("when both have passed", "12:00 b", "12:00 a", "12:01 a,2", "12:01 b")
		g.end()
		g.expect("after the end", "12:00 b", "12:00 a", "12:01 a,2", "12:01 b")
		if g.late != 1 {
			t.Errorf("%d rows were late, want 1", g.late)
		}
	})
}

// TestAllIdle: when every file is idle, the watermark goes on at the rate of the
// clock from where it was, and each window comes out once.
func TestAllIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGrid(t, false, "a", "b")
		g.read("a", 50)
		g.read("b", 61)
		g.wait(31 * time.Second) // a is idle, and b by now: the watermark is that of b, 12:00:56
		g.expect("when 2 seconds are missing")
		g.wait(4 * time.Second)
		g.expect("when they have passed", "12:00 a")
		g.wait(56 * time.Second)
		g.expect("just before the next minute", "12:00 a")
		g.wait(5 * time.Second)
		g.expect("in the next minute", "12:00 a", "12:01 b")
		g.read("a", 80) // late: the clock has moved the watermark on
		g.wait(10 * time.Minute)
		g.expect("later", "12:00 a", "12:01 b")
		g.end()
		g.expect("after the end", "12:00 a", "12:01 b")
		if g.late != 1 {
			t.Errorf("%d rows were late, want 1", g.late)
		}
	})
}

// TestTimeJumps: rows far ahead close all that is before them, once, and a file
// that appears while the program runs is read from its beginning.
func TestTimeJumps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGrid(t, false, "a")
		for _, s := range []int{0, 61, 122, 59, 3700} {
			g.read("a", s)
		}
		want := []string{"12:00 a", "12:01 a", "12:02 a"}
		g.expect("after the jump", want...)
		g.write("c", "meter,at,value\nc,2026-03-01T13:01:41Z,1\nc,2026-03-01T13:01:4")
		g.wait(2 * time.Second)
		g.write("c", "2Z,1\n") // the rest of the record
		g.read("a", 7300)
		g.expect("while c is behind", want...)
		g.read("c", 7300)
		g.expect("when c has passed", append(want, "13:01 a", "13:01 c,2")...)
		g.end()
		if g.late != 1 {
			t.Errorf("%d rows were late, want 1", g.late)
		}
	})
}

// TestStopAndDrain: a stop lets open windows unsaid, draining does not.
func TestStopAndDrain(t *testing.T) {
	for _, drain := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			g := newGrid(t, drain, "a")
			g.read("a", 1)
			g.read("a", 66)
			g.end()
			if drain {
				g.expect("drained", "12:00 a", "12:01 a")
			} else {
				g.expect("stopped", "12:00 a")
			}
		})
	}
}
