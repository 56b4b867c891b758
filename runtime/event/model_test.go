package event

import (
	"math/rand/v2"
	"testing"
)

// model computes the watermark from everything that has happened.
type model struct {
	newest []Time
	state  []state
	slack  int64
	floor  Time
}

func (m *model) watermark() Time {
	w, over := Latest, true
	for p, s := range m.state {
		over = over && s == ended
		if s != live {
			continue
		}
		if m.newest[p] == Earliest {
			w = Earliest
		} else {
			w = min(w, m.newest[p]-m.slack)
		}
	}
	if w == Latest && !over {
		w = m.floor
	}
	m.floor = max(m.floor, w)
	return m.floor
}

// TestClockModel does what comes to mind in any order and compares with the
// model, and Observe with the watermark it announces.
func TestClockModel(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		n := 1 + r.IntN(4)
		m := &model{slack: r.Int64N(5), floor: Earliest}
		var c Clock
		c.Init(m.slack, n)
		for range n {
			m.newest = append(m.newest, Earliest)
			m.state = append(m.state, live)
		}
		deadline := Latest
		current := -1
		for range 200 {
			p := r.IntN(n)
			switch r.IntN(12) {
			case 0, 1:
				c.Enter(p)
				current = p
				m.state[p] = live
			case 2:
				if r.IntN(10) == 0 {
					c.End(p)
					m.state[p] = ended
				}
			case 3:
				c.Idle(p)
				m.state[p] = idle
			case 4:
				deadline = r.Int64N(100)
				c.SetDeadline(deadline)
			case 5:
				if r.IntN(10) == 0 {
					at := r.Int64N(100)
					c.Raise(at)
					m.floor = max(m.floor, at)
				}
			default:
				if current < 0 || m.state[current] != live {
					continue
				}
				before := m.watermark()
				at := r.Int64N(100)
				announced := c.Observe(at)
				m.newest[current] = max(m.newest[current], at)
				if reached := m.watermark() >= deadline; reached && before < deadline && !announced {
					t.Fatalf("Observe(%d) is false, the watermark went from %d to %d, the deadline is %d", at, before, m.watermark(), deadline)
				} else if announced && !reached {
					t.Fatalf("Observe(%d) is true at %d, the deadline is %d", at, m.watermark(), deadline)
				}
			}
			if got, want := c.Watermark(), m.watermark(); got != want {
				t.Fatalf("watermark %d, want %d", got, want)
			}
			if c.Reached() != (m.watermark() >= deadline) {
				t.Fatalf("Reached() = %v", c.Reached())
			}
		}
	}
}
