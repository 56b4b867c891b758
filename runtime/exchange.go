package rt

// Exchange moves rows of type R to the workers that own their keys. Each worker
// has its own end. Rows travel in packets, one per batch and owner; owners apply
// packets in the order of the batches, so that rows of one key keep their order.
//
// With one worker there is no exchange: Alone is true and generated code calls
// the owner's function directly.
type Exchange[R any] struct {
	id    int
	ends  []*Exchange[R] // of all workers
	hub   *hub
	open  []*Packet[R] // being filled, one per owner
	inbox map[turn]*Packet[R]
	next  turn
	apply func(*Packet[R])
	free  []*Packet[R]
}

// spares is how many packets an end keeps for use again.
const spares = 16

// Packet is a run of rows on their way to one owner.
type Packet[R any] struct {
	Rows []R
	// Partition and Newest are of the batch that the rows are from: the owner's
	// clock takes the newest event time of the batch after its rows.
	Partition int
	Newest    int64
	End       bool // the partition ends with this batch
	arena     Arena
	last      bool
	foreign   bool // the batch is of a source that sends nothing here
}

// Join makes the worker's end of the exchange with a name that is unique in the
// program. apply takes the packets that other workers and this one send here.
func Join[R any](c *Connect, name string, apply func(*Packet[R])) *Exchange[R] {
	x := &Exchange[R]{id: c.ID, apply: apply, hub: c.run.hub, inbox: map[turn]*Packet[R]{}}
	x.next = c.run.hub.order.first()
	ends, _ := c.run.exchanges[name].([]*Exchange[R])
	ends = append(ends, x)
	c.run.exchanges[name] = ends
	for _, e := range ends {
		e.ends = ends
		e.open = make([]*Packet[R], len(ends))
	}
	c.exchanges = append(c.exchanges, x)
	return x
}

// Alone reports that there is only one worker.
func (x *Exchange[R]) Alone() bool { return len(x.ends) == 1 }

// To returns the packet for the owner of a key. The caller appends the row,
// whose text it copies with Keep.
func (x *Exchange[R]) To(hash uint64) *Packet[R] {
	owner := int(hash>>56) * len(x.ends) >> 8
	p := x.open[owner]
	if p == nil {
		p = x.fresh()
		x.open[owner] = p
	}
	return p
}

// Keep copies text into the packet, where it lives as long as the rows.
func (p *Packet[R]) Keep(s string) string { return p.arena.Keep(s) }

func (x *Exchange[R]) fresh() *Packet[R] {
	if n := len(x.free); n > 0 {
		p := x.free[n-1]
		x.free = x.free[:n-1]
		return p
	}
	return &Packet[R]{}
}

// Seal notes the event time of the batch in all packets; generated code calls
// it after the rows of a batch.
func (x *Exchange[R]) Seal(b *Batch, newest int64) {
	if x.Alone() {
		return
	}
	for owner := range x.open {
		p := x.open[owner]
		if p == nil {
			p = x.fresh()
			x.open[owner] = p
		}
		p.Partition, p.Newest, p.End = b.Partition, newest, b.Mark == MarkEnd
	}
}

// post hands the packets of a batch to their owners. The hub is locked.
func (x *Exchange[R]) post(t turn, last bool) {
	for owner, p := range x.open {
		if p == nil {
			p = &Packet[R]{foreign: true}
		}
		p.last = last
		x.ends[owner].inbox[t] = p
		x.open[owner] = nil
	}
}

// take removes the next packet from the inbox. The hub is locked.
func (x *Exchange[R]) take() (apply func(), ok bool) {
	p, ok := x.inbox[x.next]
	if !ok {
		return nil, false
	}
	delete(x.inbox, x.next)
	x.next = x.hub.order.after(x.next, p.last)
	return func() {
		if p.foreign {
			return
		}
		x.apply(p)
		clear(p.Rows)
		p.Rows = p.Rows[:0]
		p.arena.reset()
		if len(x.free) < spares {
			x.free = append(x.free, p)
		}
	}, true
}

// restart begins anew with the first batch of a stage.
func (x *Exchange[R]) restart(first turn) { x.next = first }

// exchanger is any Exchange, as the run loop sees it.
type exchanger interface {
	post(t turn, last bool)
	take() (apply func(), ok bool)
	restart(first turn)
}

// Arena keeps text in large pieces.
type Arena struct {
	piece []byte
	spare []byte
}

const arenaPiece = 64 << 10

// Keep copies s.
func (a *Arena) Keep(s string) string {
	if len(s) > cap(a.piece)-len(a.piece) {
		if len(s) > arenaPiece/4 {
			return string(append([]byte(nil), s...))
		}
		a.piece = a.spare
		a.spare = nil
		if a.piece == nil {
			a.piece = make([]byte, 0, arenaPiece)
		}
	}
	at := len(a.piece)
	a.piece = append(a.piece, s...)
	return viewOf(a.piece[at:])
}

// reset forgets all text; one piece is used again.
func (a *Arena) reset() {
	if cap(a.piece) > 0 {
		a.spare = a.piece[:0]
	}
	a.piece = nil
}
