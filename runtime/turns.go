package rt

import (
	"context"
	"sync"
)

// turn names a batch by its place in the order of delivery.
type turn struct {
	source, partition int
	seq               int64
}

// order is the order of turns: the number of partitions of each source.
type order []int

// first is the first turn.
func (o order) first() turn { return o.skipEnded(turn{}) }

// after is the turn that follows t; last says that it ends its partition.
func (o order) after(t turn, last bool) turn {
	if last {
		return o.skipEnded(turn{t.source, t.partition + 1, 0})
	}
	t.seq++
	return t
}

// skipEnded moves on from a source whose partitions are all done.
func (o order) skipEnded(t turn) turn {
	for t.source < len(o) && t.partition >= o[t.source] {
		t = turn{source: t.source + 1}
	}
	return t
}

// turns lets workers deliver the output of batches in the order of the batches,
// although they finish in another. Sources are read one after the other, and so
// are the partitions of a source.
type turns struct {
	on    bool
	mu    sync.Mutex
	cond  *sync.Cond
	next  turn
	order order
	done  map[turn]bool // finished before their turn, with nothing to deliver; the value says "last of its partition"
}

// init prepares for sources with these numbers of partitions. Waiting ends when
// ctx is done.
func (t *turns) init(ctx context.Context, on bool, counts []int) {
	t.on, t.order = on, counts
	t.cond = sync.NewCond(&t.mu)
	t.done = map[turn]bool{}
	t.next = t.order.first()
	context.AfterFunc(ctx, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.cond.Broadcast()
	})
}

// take runs deliver when all earlier batches have had their turn. A batch with
// nothing to deliver does not wait.
func (t *turns) take(ctx context.Context, me turn, last, pending bool, deliver func()) {
	if !t.on {
		deliver()
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !pending {
		deliver()
		t.done[me] = last
		t.advance()
		return
	}
	for t.next != me && ctx.Err() == nil {
		t.cond.Wait()
	}
	deliver()
	t.done[me] = last
	t.advance()
}

func (t *turns) advance() {
	moved := false
	for {
		last, ok := t.done[t.next]
		if !ok {
			break
		}
		delete(t.done, t.next)
		t.next = t.order.after(t.next, last)
		moved = true
	}
	if moved {
		t.cond.Broadcast()
	}
}
