package rt

import (
	"sync"
	"time"
)

// unbounded reports sources that are read beside the others, and a pipe whose
// silence means something for windows: it is the only source of the program.
func (r *run) unbounded() (live, silent bool) {
	for i, s := range r.sources {
		_, l := s.(Live)
		live = live || l
		_, sized := s.Size()
		_, idles := s.(Idler)
		silent = len(r.sources) == 1 && !sized && (idles && r.prog.Sources[i].Idle > 0 || r.prog.Every > 0)
	}
	return live, silent
}

// arrival is a batch on its way to the only worker.
type arrival struct {
	source int
	batch  *Batch
	taken  chan struct{}
}

// mix is the only worker of a program with live sources: all sources are read
// at the same time, batches are taken as they come. Sources that fall silent do
// not hold up time for ever.
func (r *run) mix(w *member) {
	ch := make(chan arrival)
	var wg sync.WaitGroup
	for i := r.part.from; i < r.part.to; i++ {
		wg.Go(func() {
			b, taken := &Batch{}, make(chan struct{})
			for r.read(i, b) {
				ch <- arrival{i, b, taken}
				<-taken
			}
		})
	}
	go func() {
		wg.Wait()
		close(ch)
	}()
	silences, every := r.silences()
	var tick <-chan time.Time
	if every > 0 {
		tick = r.env.After(every)
	}
	take := func(a arrival) {
		r.process(w, a.source, a.batch)
		silences[a.source].took(a.batch, a.batch.Arrival)
		a.taken <- struct{}{}
	}
	for {
		select {
		case a, ok := <-ch:
			if !ok {
				return
			}
			take(a)
		case <-tick:
			select { // what has come was not silence
			case a, ok := <-ch:
				if !ok {
					return
				}
				take(a)
			default:
			}
			r.lookForSilence(w, silences)
			r.changed(w)
			w.flush(r.ctx)
			tick = r.env.After(every)
		}
	}
}

// silences prepares to follow the silence of sources, and says how often to look
// for it; 0 is never.
func (r *run) silences() ([]idleness, time.Duration) {
	list := make([]idleness, len(r.sources))
	every := time.Duration(0)
	for i, s := range r.sources {
		timeout := int64(0)
		if _, ok := s.(Idler); ok {
			timeout = r.prog.Sources[i].Idle
		}
		list[i].init(timeout, r.env.Now(), s.Count())
		if timeout > 0 && (every == 0 || lookEvery(timeout) < every) {
			every = lookEvery(timeout)
		}
	}
	if e := r.prog.Every; e > 0 && (every == 0 || lookEvery(e) < every) {
		every = lookEvery(e)
	}
	return list, every
}

// lookForSilence tells the worker of partitions that have become idle, and of the
// time that has passed since all of a source's are.
func (r *run) lookForSilence(w *member, silences []idleness) {
	for i := r.part.from; i < r.part.to; i++ {
		s, ok := r.sources[i].(Idler)
		if !ok {
			continue
		}
		d := &silences[i]
		d.grow(r.sources[i].Count())
		d.look(r.env.Now(), s.CaughtUp, func(mark Mark, partition int, passed int64) {
			r.processMark(w, i, &Batch{Partition: partition, Mark: mark, Passed: passed})
		})
	}
}

// processMark takes a batch without records through the worker.
func (r *run) processMark(w *member, i int, b *Batch) {
	b.Buf = make([]byte, Pad)
	b.Data, b.Arrival = b.Buf, r.env.Now()
	b.rejects, b.source, b.files = r.rejects, r.prog.Sources[i].Name, r.sources[i]
	w.Process(i, b)
	w.flush(r.ctx)
}
