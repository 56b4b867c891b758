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

// turns lets workers deliver the output of batches in the order of the batches,
// although they finish in another. Sources are read one after the other, and so
// are the partitions of a source.
type turns struct {
	on     bool
	mu     sync.Mutex
	cond   *sync.Cond
	next   turn
	counts []int         // partitions of each source
	done   map[turn]bool // finished before their turn, with nothing to deliver; the value says "last of its partition"
}

// init prepares for sources with these numbers of partitions. Waiting ends when
// ctx is done.
func (t *turns) init(ctx context.Context, on bool, counts []int) {
	t.on, t.counts = on, counts
	t.cond = sync.NewCond(&t.mu)
	t.done = map[turn]bool{}
	t.skipEnded()
	context.AfterFunc(ctx, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.cond.Broadcast()
	})
}

// skipEnded moves on from a source whose partitions are all done.
func (t *turns) skipEnded() {
	for t.next.source < len(t.counts) && t.next.partition >= t.counts[t.next.source] {
		t.next = turn{source: t.next.source + 1}
	}
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
		t.next.seq++
		if last {
			t.next = turn{t.next.source, t.next.partition + 1, 0}
			t.skipEnded()
		}
		moved = true
	}
	if moved {
		t.cond.Broadcast()
	}
}
