package rt

import "fmt"

// Stage is a part of a program that is done before the next begins: so many
// sources, in order, are read to their end, and so many queries finish. What a
// subquery gives is complete before the query around it reads a row.
type Stage struct {
	Sources, Queries int
}

// Share returns the value of a name and type that all workers of a program
// share, the zero value at first. Only one worker at a time may change it, while
// the others wait.
func Share[T any](c *Connect, name string) *T {
	if v, ok := c.run.shared[name].(*T); ok {
		return v
	}
	v := new(T)
	c.run.shared[name] = v
	return v
}

// part is what of a run that is at hand: its sources and queries, from the
// first to before the last.
type part struct {
	from, to            int // sources
	firstQuery, queries int // queries, likewise
}

// parts are the stages of the program one after the other.
func (r *run) parts() []part {
	if len(r.prog.Stages) == 0 {
		return []part{{0, len(r.sources), 0, r.prog.Queries}}
	}
	var list []part
	at := part{}
	for _, s := range r.prog.Stages {
		at = part{at.to, at.to + s.Sources, at.queries, at.queries + s.Queries}
		list = append(list, at)
	}
	return list
}

// checkTwice refuses to read a source in two stages that can be read only once.
func (r *run) checkTwice() error {
	seen := map[string]bool{}
	for i := range r.prog.Sources {
		d := &r.prog.Sources[i]
		if _, ok := r.sources[i].Size(); seen[d.Name] && (!ok || d.replaced) {
			return fmt.Errorf("source %s: a subquery reads it to its end before the query around it reads it again; pushed rows, a pipe and standard input can be read only once", d.Name)
		}
		seen[d.Name] = true
	}
	return nil
}

// begin prepares the order of turns and exchanges for the sources of a stage.
func (r *run) begin(s part) {
	counts := make([]int, len(r.sources))
	for i := s.from; i < s.to; i++ {
		counts[i] = r.sources[i].Count()
	}
	r.part = s
	r.hub.restart(counts)
	r.turns.restart(counts)
	for _, w := range r.workers {
		for _, o := range w.outs {
			o.hold = len(r.workers) > 1
		}
		clear(w.applied)
		for _, x := range w.connect.exchanges {
			x.restart(r.hub.order.first())
		}
	}
}

// restart begins anew with sources of these numbers of partitions. Nothing is in
// flight.
func (h *hub) restart(counts []int) {
	h.order, h.taken = counts, 0
	clear(h.applied)
}

// restart begins anew with sources of these numbers of partitions.
func (t *turns) restart(counts []int) {
	t.order = counts
	clear(t.done)
	t.next = t.order.first()
}
