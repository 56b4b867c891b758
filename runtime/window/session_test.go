package window

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/velocsql/veloc/runtime/event"
)

// plainSession is a session of the model.
type plainSession struct {
	key, n, seq int
	start, last int64
}

// plainSessions looks at all sessions for every row.
type plainSessions struct {
	gap, grace int64
	open       []*plainSession
	seq        int
}

func (m *plainSessions) row(key int, t int64) {
	var in []*plainSession
	for _, s := range m.open {
		if s.key == key && s.start-m.gap <= t && t <= s.last+m.gap {
			in = append(in, s)
		}
	}
	slices.SortFunc(in, func(a, b *plainSession) int { return cmp.Compare(a.start, b.start) })
	if len(in) == 0 {
		m.seq++
		in = append(in, &plainSession{key: key, seq: m.seq, start: t, last: t})
		m.open = append(m.open, in[0])
	}
	for _, s := range in[1:] {
		in[0].n += s.n
		in[0].last = s.last
		m.open = slices.DeleteFunc(m.open, func(o *plainSession) bool { return o == s })
	}
	in[0].n++
	in[0].start, in[0].last = min(in[0].start, t), max(in[0].last, t)
}

// close returns the sessions that close, in order.
func (m *plainSessions) close(watermark int64) []string {
	var closed []*plainSession
	m.open = slices.DeleteFunc(m.open, func(s *plainSession) bool {
		if s.last+m.gap+m.grace >= watermark {
			return false
		}
		closed = append(closed, s)
		return true
	})
	slices.SortFunc(closed, func(a, b *plainSession) int {
		return cmp.Or(cmp.Compare(a.last, b.last), cmp.Compare(a.seq, b.seq))
	})
	var out []string
	for _, s := range closed {
		out = append(out, fmt.Sprint(s.key, s.start, s.last, s.n))
	}
	return out
}

// TestSessionsModel: whatever the disorder, the gap and the jumps of time, sessions are those
// of the model and close at the same watermarks in the same order.
func TestSessionsModel(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		m := &plainSessions{gap: r.Int64N(30), grace: r.Int64N(20)}
		var w Sessions[int, int]
		w.Init(m.gap, m.grace)
		keys := 1 + r.IntN(3)
		disorder := r.Int64N(3000) + 1
		if r.IntN(3) == 0 {
			disorder = r.Int64N(1_000_000) + 1
		}
		now, watermark := -r.Int64N(2000), event.Earliest
		closeTo := func(mark event.Time) {
			watermark = max(watermark, mark)
			var got []string
			w.Close(watermark, func(s *Session[int, int]) {
				got = append(got, fmt.Sprint(s.Key, s.Start, s.Last, s.State))
			})
			if want := m.close(watermark); !slices.Equal(got, want) {
				t.Fatalf("seed %d: closed %v, want %v", seed, got, want)
			}
			if w.Open() != len(m.open) {
				t.Fatalf("seed %d: %d sessions are open, want %d", seed, w.Open(), len(m.open))
			}
		}
		rows := 600
		if seed%20 == 0 {
			rows = 4000
		}
		for range rows {
			now += r.Int64N(8)
			if r.IntN(200) == 0 {
				now += r.Int64N(100_000)
			}
			key, at := r.IntN(keys), now-r.Int64N(disorder)
			s, later := w.Find(uint64(key), key, at)
			switch {
			case s == nil:
				if w.Closed(at) != (at+m.gap+m.grace < watermark) {
					t.Fatalf("seed %d: late %v", seed, w.Closed(at))
				}
				if w.Closed(at) {
					continue
				}
				s = w.New(uint64(key), key, at)
			case !s.Covers(at):
				if later != nil {
					s.State += later.State
					w.Join(s, later)
				}
				w.Extend(s, at)
			}
			s.State++
			m.row(key, at)
			if r.IntN(4) == 0 {
				closeTo(now - disorder + r.Int64N(10))
			}
		}
		closeTo(now + 1_000_000)
		if w.calendar.size() != 0 || w.keys != 0 {
			t.Fatalf("seed %d: %d in the calendar, %d keys", seed, w.calendar.size(), w.keys)
		}
	}
}

// TestSessionsAreReused: sessions that open after others have closed take no memory,
// in order and out of order.
func TestSessionsAreReused(t *testing.T) {
	for _, disorder := range []int64{1, 2000} {
		var w Sessions[int, counts]
		w.Init(5, 0)
		r := rand.New(rand.NewPCG(1, 4))
		now := int64(0)
		run := func() {
			for range 5000 {
				now++
				w.Drop(now - disorder)
				k, at := int(r.Uint32N(10)), now-r.Int64N(disorder)
				s, later := w.Find(uint64(k), k, at)
				switch {
				case s == nil:
					w.New(uint64(k), k, at)
				case !s.Covers(at):
					if later != nil {
						w.Join(s, later)
					}
					w.Extend(s, at)
				}
			}
		}
		for range 40 {
			run()
		}
		if n := testing.AllocsPerRun(10, run) / 5000; n > 0.001 {
			t.Errorf("disorder of %d: %v allocations for each row", disorder, n)
		}
	}
}
