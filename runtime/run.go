package rt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
)

// Options are how a program is run.
type Options struct {
	Env     *Env
	Workers int // 0: one per CPU that Go may use
	// Overrides replace options of sources and sinks: "<name>.<key>" = value.
	Overrides map[string]string
	// OnError is dead_letter, skip or fail; "" is dead_letter.
	OnError string
	// DeadLetter is the file for rejected records; "" is <program>.dead_letter.jsonl.
	DeadLetter string
	// Drain: a done context ends the input, so that everything that waits for the
	// end comes out; else it is only an orderly stop.
	Drain bool
	// Logger, if set, is told of the first record of a statement that fails or comes
	// too late for the dead-letter file, and at the end of how many rows were read,
	// rejected and late.
	Logger Logger
	// Progress, if set, is called with the running counts by a reporter.
	Progress func(*Stats)
}

// Stats are the counts of a run. The fields are read while it goes on.
type Stats struct {
	Bytes   atomic.Int64 // read from sources
	Batches atomic.Int64
	RowsIn  atomic.Int64
	Nulls   atomic.Int64 // records without a value that streams left out
	Total   int64        // bytes there are to read; 0 if that is not known
	Sinks   []SinkStats
	rejects *Rejects
	late    []*LateRows // by relation
	sources []follower
	columns []follower // with watermarks of their own
}

// SinkStats are the counts of one sink.
type SinkStats struct {
	Name string
	rows *int64
}

// Rows returns how many rows went to the sink.
func (s *SinkStats) Rows() int64 { return atomic.LoadInt64(s.rows) }

// Rejected returns how many records failed.
func (s *Stats) Rejected() int64 { return s.rejects.Count() }

// run is one execution of a program.
type run struct {
	prog    *Program
	opts    Options
	env     *Env
	ctx     context.Context
	cancel  context.CancelCauseFunc
	stopped atomic.Bool // LIMIT reached: sources are done
	// draining: the context of Run is done, and that is the end of the input.
	draining atomic.Bool
	// reading is done when ctx is, or when sources need not be read any more.
	reading     context.Context
	stopReading context.CancelFunc
	sources     []Source
	ports       []*port
	rejects     *Rejects
	stats       *Stats
	turns       turns
	covered     func(branch int) // of a Stepper; may be nil
	workers     []*member

	hub       *hub           // for programs with exchanges
	exchanges map[string]any // name -> []*Exchange[R], one end per worker
	shared    map[string]any // name -> *T; see Share
	part      part           // the stage at hand
}

// member is a worker with its ends.
type member struct {
	Worker
	connect *Connect
	outs    []*Output
	applied map[exchanger]int64 // packets applied
}

func (m *member) pending() bool {
	for _, o := range m.outs {
		if len(o.Buf) > 0 {
			return true
		}
	}
	for _, t := range m.connect.taps {
		if t.pending() {
			return true
		}
	}
	return false
}

// flush writes and delivers what the worker has gathered. Where input comes
// from a pipe or from inside the process, somebody may be waiting for it.
func (m *member) flush(ctx context.Context) {
	for _, o := range m.outs {
		wrote := len(o.Buf) > 0
		o.Flush()
		if wrote && o.port.live {
			o.port.flush()
		}
	}
	for _, t := range m.connect.taps {
		t.deliver(ctx)
	}
}

// port is the program's end of one sink.
type port struct {
	name string
	sink Sink
	mu   sync.Mutex
	rows int64
	fail func(error)
	live bool // input may pause, so rows are made visible batch by batch
	mute bool // what is written is left out
}

// flush makes what was written visible.
func (p *port) flush() {
	p.mu.Lock()
	err := p.sink.Flush()
	p.mu.Unlock()
	if err != nil {
		p.fail(fmt.Errorf("sink %s: %w", p.name, err))
	}
}

func (p *port) write(buf []byte) {
	if p.mute {
		return
	}
	p.mu.Lock()
	err := p.sink.Write(buf)
	p.mu.Unlock()
	if err != nil {
		p.fail(fmt.Errorf("sink %s: %w", p.name, err))
	}
}

// bytesPerWorker is how much input makes another worker worth while.
const bytesPerWorker = 8 << 20

// runError is the failure of a run, as the cause of its cancelled context. Any
// other cause is the caller's, and an orderly stop.
type runError struct{ error }

func (e runError) Unwrap() error { return e.error }

// fail ends the run with an error.
func (r *run) fail(err error) { r.cancel(runError{err}) }

// stop ends the reading of sources, as their end would (LIMIT).
func (r *run) stop() {
	r.stopped.Store(true)
	r.stopReading()
}

// drain ends the input: sources that hold rows which they have promised to take
// end after these, the others where they are.
func (r *run) drain() {
	for _, s := range r.sources {
		if d, ok := s.(drainer); ok {
			d.drain()
		}
	}
	r.draining.Store(true)
	r.stopReading()
}

// drainer is a source that ends after what it has taken already.
type drainer interface{ drain() }

// Run executes a program until its sources end or ctx is done. A done context
// is an orderly stop: batches in flight are completed and outputs kept.
func Run(ctx context.Context, p *Program, o Options) (*Stats, error) {
	o.Env = o.Env.filled()
	r := &run{prog: p, opts: o, env: o.Env, stats: &Stats{}}
	outer := ctx
	if o.Drain {
		ctx = context.WithoutCancel(ctx)
	}
	r.ctx, r.cancel = context.WithCancelCause(ctx)
	defer r.cancel(nil)
	r.reading, r.stopReading = context.WithCancel(r.ctx)
	defer r.stopReading()
	r.rejects = newRejects(p, o)
	r.rejects.fail, r.rejects.log = r.fail, o.Logger
	r.stats.rejects = r.rejects
	err := checkOverrides(p, o.Overrides)
	if err == nil {
		err = r.open()
	}
	if err == nil {
		if o.Drain {
			defer context.AfterFunc(outer, r.drain)()
		}
		if o.Progress != nil {
			o.Progress(r.stats)
		}
		err = r.work()
	}
	err = r.close(err)
	r.stats.logEnd(o.Logger, p.Name, err)
	return r.stats, err
}

// open opens sinks first, so that nothing is read that cannot be written.
func (r *run) open() error {
	for _, d := range r.prog.Sinks {
		c, err := resolve(d.Name, d.Config, r.opts.Overrides, r.env)
		if err != nil {
			return err
		}
		s := d.New(d.Name, c)
		if err := s.Open(r.ctx, r.env, d.Head); err != nil {
			return fmt.Errorf("sink %s: %w", d.Name, err)
		}
		p := &port{name: d.Name, sink: s, fail: r.fail}
		r.ports = append(r.ports, p)
		r.stats.Sinks = append(r.stats.Sinks, SinkStats{d.Name, &p.rows})
	}
	for _, d := range r.prog.Sources {
		c, err := resolve(d.Name, d.Config, r.opts.Overrides, r.env)
		if err != nil {
			return err
		}
		s := d.New(d.Name, c)
		if err := s.Open(r.ctx, r.env, d.Framing); err != nil {
			return fmt.Errorf("source %s: %w", d.Name, err)
		}
		r.sources = append(r.sources, s)
		if n, ok := s.Size(); ok && r.stats.Total >= 0 {
			r.stats.Total += n
		} else {
			r.stats.Total = -1
			for _, p := range r.ports {
				p.live = true
			}
		}
	}
	return r.checkTwice()
}

// work runs the workers over all sources and then finishes on one of them.
func (r *run) work() error {
	n := r.opts.Workers
	if n == 0 {
		n = r.prog.Workers
	}
	if n == 0 && r.stats.Total >= 0 {
		// little input is not worth sharing, and one worker keeps its order
		n = min(runtime.GOMAXPROCS(0), 1+int(r.stats.Total/bytesPerWorker))
	}
	if n == 0 {
		n = runtime.GOMAXPROCS(0)
	}
	live, silent := r.unbounded()
	if r.prog.Serial || live || n < 1 || silent && r.opts.Workers == 0 && r.prog.Workers == 0 {
		n = 1
	}
	r.hire(n)
	for _, s := range r.parts() {
		r.begin(s)
		r.consume(live || silent && n == 1)
		if err := r.failure(); err != nil {
			return err
		}
		if r.interrupted() {
			if errors.Is(context.Cause(r.ctx), ErrInterrupt) {
				r.partial()
			}
			break
		}
		r.finish()
	}
	for _, w := range r.workers {
		w.flush(r.ctx)
	}
	return r.failure()
}

// consume reads the sources of a stage to their end.
func (r *run) consume(mixed bool) {
	switch {
	case mixed:
		r.mix(r.workers[0])
	case len(r.workers) == 1:
		r.loop(r.workers[0])
	default:
		var wg sync.WaitGroup
		for id, w := range r.workers {
			wg.Go(func() {
				if len(w.connect.exchanges) > 0 {
					r.owner(w, id)
				} else {
					r.loop(w)
				}
			})
		}
		wg.Wait()
	}
}

// hire makes n workers with their ends.
func (r *run) hire(n int) {
	counts := make([]int, len(r.sources))
	for i, s := range r.sources {
		counts[i] = s.Count()
	}
	r.exchanges, r.shared = map[string]any{}, map[string]any{}
	r.hub = newHub(r.ctx, counts)
	r.hub.applied = make([]int64, n)
	for id := range n {
		c := &Connect{ID: id, Workers: n, run: r}
		m := &member{Worker: r.prog.NewWorker(c), connect: c, applied: map[exchanger]int64{}}
		m.outs = m.Outputs()
		r.workers = append(r.workers, m)
	}
	r.turns.init(r.ctx, n > 1, counts)
}

// finish lets the queries of a stage emit what waits for the end of all its
// input, what is read before its readers. It runs alone: the workers have stopped.
func (r *run) finish() {
	for _, w := range r.workers {
		for _, o := range w.outs {
			o.hold = false
		}
	}
	for q := r.part.firstQuery; q < r.part.queries; q++ {
		first := r.workers[0]
		for _, w := range r.workers[1:] {
			if !first.Merge(q, w.Worker) {
				w.Finish(q)
				w.flush(r.ctx)
			}
		}
		first.Finish(q)
		first.flush(r.ctx)
	}
}

// interrupted reports that the caller's context ended the run.
func (r *run) interrupted() bool { return r.ctx.Err() != nil }

// failure is the error that ended the run, nil for an orderly end.
func (r *run) failure() error {
	var e runError
	if errors.As(context.Cause(r.ctx), &e) {
		return e.error
	}
	return nil
}

// loop is one worker: it takes batches of each source in turn until all end.
func (r *run) loop(w *member) {
	b := &Batch{}
	for i := r.part.from; i < r.part.to; i++ {
		b.Records = b.Records[:0] // a source of lines has none
		for r.read(i, b) {
			r.process(w, i, b)
		}
	}
}

// read fetches the next batch of a source; false is the end.
func (r *run) read(i int, b *Batch) bool {
	_, holds := r.sources[i].(drainer)
	if r.ctx.Err() != nil || r.stopped.Load() || r.draining.Load() && !holds {
		return false
	}
	b.rejects, b.source, b.files = r.rejects, r.prog.Sources[i].Name, r.sources[i]
	err := r.sources[i].Read(r.reading, b)
	if holds && r.draining.Load() && errors.Is(err, context.Canceled) {
		err = r.sources[i].Read(r.ctx, b)
	}
	if err == nil {
		b.Arrival = r.env.Now()
		return true
	}
	if !errors.Is(err, io.EOF) && r.reading.Err() == nil {
		r.fail(fmt.Errorf("source %s: %w", b.source, err))
	}
	return false
}

// process takes a batch through the worker and delivers what it produced, in
// the order of batches.
func (r *run) process(w *member, i int, b *Batch) {
	w.Process(i, b)
	r.changed(w)
	r.turns.take(r.ctx, turn{i, b.Partition, b.Seq}, b.Mark == MarkEnd, w.pending(), func() { w.flush(r.ctx) })
	r.count(b)
}

// count adds a batch to the statistics.
func (r *run) count(b *Batch) {
	r.stats.Bytes.Add(b.size())
	r.stats.Batches.Add(1)
	r.stats.RowsIn.Add(int64(b.records))
	r.stats.Nulls.Add(int64(b.nulls))
	b.records, b.nulls = 0, 0
}

// close ends sinks and sources; outputs become visible only if all went well.
func (r *run) close(err error) error {
	for _, s := range r.sources {
		if e := s.Close(); e != nil && err == nil {
			err = e
		}
	}
	commit := err == nil
	for _, p := range r.ports {
		if e := p.sink.Close(commit); e != nil && err == nil {
			err, commit = fmt.Errorf("sink %s: %w", p.name, e), false
		}
	}
	if e := r.rejects.close(); e != nil && err == nil {
		err = e
	}
	return err
}
