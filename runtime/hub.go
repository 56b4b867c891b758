package rt

import (
	"context"
	"sync"
)

// hub lets the workers of a program with exchanges wait for each other: it
// knows how far every owner is, bounds the batches in flight, and sees when all
// work is done.
type hub struct {
	mu      sync.Mutex
	cond    *sync.Cond
	order   order
	taken   int64   // batches read
	applied []int64 // packets applied, by worker: the least of its exchanges is what counts
	active  int     // workers that process or apply
}

func newHub(ctx context.Context, counts []int) *hub {
	h := &hub{order: counts}
	h.cond = sync.NewCond(&h.mu)
	context.AfterFunc(ctx, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.cond.Broadcast()
	})
	return h
}

// window is how many batches per worker may be read before the slowest owner
// has applied them.
const window = 4

// mayRead reports whether another batch may be read now.
func (h *hub) mayRead() bool {
	least := h.taken
	for _, n := range h.applied {
		least = min(least, n)
	}
	return h.taken-least < int64(window*len(h.applied))
}

// owner is the loop of one worker of a program with exchanges: it applies what
// others have sent, in order, before it reads another batch.
func (r *run) owner(w *member, id int) {
	h := r.hub
	b := &Batch{}
	source := r.part.from
	h.mu.Lock()
	defer h.mu.Unlock()
	for {
		if r.ctx.Err() != nil {
			break
		}
		if r.applyOne(w, id) {
			continue
		}
		if source < r.part.to && h.mayRead() {
			h.taken++
			h.active++
			h.mu.Unlock()
			ok := r.read(source, b)
			if ok {
				w.Process(source, b)
				r.count(b)
			}
			h.mu.Lock()
			h.active--
			if !ok {
				h.taken--
				source++
				b.Records = b.Records[:0] // a source of lines has none
				h.cond.Broadcast()
				continue
			}
			t := turn{source, b.Partition, b.Seq}
			for _, x := range w.connect.exchanges {
				x.post(t, b.Mark == MarkEnd)
			}
			h.cond.Broadcast()
			h.mu.Unlock()
			r.turns.take(r.ctx, t, b.Mark == MarkEnd, w.pending(), func() { w.flush(r.ctx) })
			h.mu.Lock()
			continue
		}
		if source >= r.part.to && h.active == 0 && r.drained() {
			break
		}
		h.cond.Wait()
	}
	h.cond.Broadcast()
}

// applyOne applies one packet if one is due. The hub is locked.
func (r *run) applyOne(w *member, id int) bool {
	for _, x := range w.connect.exchanges {
		apply, ok := x.take()
		if !ok {
			continue
		}
		r.hub.active++
		r.hub.mu.Unlock()
		apply()
		r.changed(w)
		w.flush(r.ctx)
		r.hub.mu.Lock()
		r.hub.active--
		w.applied[x]++
		least := int64(-1)
		for _, y := range w.connect.exchanges {
			if n := w.applied[y]; least < 0 || n < least {
				least = n
			}
		}
		r.hub.applied[id] = least
		r.hub.cond.Broadcast()
		return true
	}
	return false
}

// drained reports that no packet waits anywhere. The hub is locked.
func (r *run) drained() bool {
	for id := range r.hub.applied {
		if r.hub.applied[id] < r.hub.taken {
			return false
		}
	}
	return true
}
