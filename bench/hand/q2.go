package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"os"
	"slices"
	"sync"
	"time"
)

// Times are milliseconds since 1970.
const (
	windowSize = 10_000
	disorder   = 5_000
)

// q2 counts and sums the bids on each auction in every ten seconds. A window is
// complete when a bid is more than five seconds past its end; no bid of this data
// comes later, and one that does ends the program.
func q2(path string, workers int, out *os.File) error {
	c := &closer{out: newOutput(out), reached: make([]int64, workers), newest: map[int]int64{}, merged: map[int64]*tallies{}}
	all := make([]*windows, workers)
	for w := range all {
		all[w] = &windows{}
		c.reached[w] = math.MinInt64
	}
	err := eachBlock(path, workers, false, func(w, block int, lines []byte) error {
		all[w].newest = math.MinInt64
		if err := all[w].addLines(lines); err != nil {
			return err
		}
		return c.done(w, block, all[w])
	})
	if err != nil {
		return err
	}
	return c.finish(all)
}

// windows are the open windows of one worker.
type windows struct {
	last   *tallies
	from   int64 // of the last window
	open   map[int64]*tallies
	free   []*tallies
	newest int64 // time of a bid in the block
	minute minute
	closed int64 // windows that end by then are closed
}

func (w *windows) at(t int64) (*tallies, error) {
	if uint64(t-w.from) < windowSize && w.last != nil {
		return w.last, nil
	}
	return w.find(t)
}

//go:noinline
func (w *windows) find(t int64) (*tallies, error) {
	from := t - t%windowSize
	if from+windowSize <= w.closed {
		return nil, errors.New("a bid is late")
	}
	window := w.open[from]
	if window == nil {
		if n := len(w.free); n > 0 {
			window, w.free = w.free[n-1], w.free[:n-1]
		} else {
			window = newTallies(14)
		}
		if w.open == nil {
			w.open = map[int64]*tallies{}
		}
		w.open[from] = window
	}
	w.last, w.from = window, from
	return window, nil
}

// minute remembers the minute of the last time that was read.
type minute struct {
	text [17]byte // 2026-01-01T00:00:
	at   int64
}

// time reads the time at i, of the form 2026-01-01T00:00:00.000Z; ok is false if
// it is otherwise.
func (m *minute) time(lines []byte, i int) (t int64, ok bool) {
	p := start(lines)
	if string(view(p, i, 17)) != string(m.text[:]) && !m.learn(lines[i:i+24]) {
		return 0, false
	}
	x := word(p, i+16) ^ (':' | '0'<<8 | '0'<<16 | '.'<<24 | '0'<<32 | '0'<<40 | '0'<<48 | 'Z'<<56)
	if x&0xFFF0F0F0FFF0F0FF != 0 || (x+0x0006060600060600)&0x00F0F0F000F0F000 != 0 {
		return 0, false
	}
	second := 10*(x>>8&15) + x>>16&15
	return m.at + int64(1000*second+100*(x>>32&15)+10*(x>>40&15)+x>>48&15), second < 60
}

//go:noinline
func (m *minute) learn(text []byte) bool {
	t, err := time.Parse("2006-01-02T15:04:05.000Z", string(text))
	if err != nil {
		return false
	}
	copy(m.text[:], text)
	m.at = t.UnixMilli() - t.UnixMilli()%60_000
	return true
}

// addLines expects the columns in their order without blanks between them;
// addAny takes the lines that are otherwise.
func (w *windows) addLines(lines []byte) error {
	p := start(lines)
	for i := 0; i < len(lines); {
		var auction, price uint64
		var t int64
		var j, k int
		var ok bool
		if string(view(p, i, len(auctionKey))) != auctionKey {
			goto any
		}
		j = i + len(auctionKey)
		if auction, k = unsigned(p, j); k == j || string(view(p, k, len(bidderKey))) != bidderKey {
			goto any
		}
		if j = afterDigits(p, k+len(bidderKey)); string(view(p, j, len(priceKey))) != priceKey {
			goto any
		}
		j += len(priceKey)
		if price, k = unsigned(p, j); k == j || string(view(p, k, len(channelKey))) != channelKey {
			goto any
		}
		if j = afterWord(p, k+len(channelKey)); string(view(p, j, len(urlKey))) != urlKey {
			goto any
		}
		if j = afterString(lines, j+len(urlKey)); string(view(p, j, len(dateKey))) != dateKey {
			goto any
		}
		j += len(dateKey)
		if t, ok = w.minute.time(lines, j); !ok {
			goto any
		}
		i = j + 24 + bytes.IndexByte(lines[j+24:], '\n') + 1
		if err := w.add(int64(auction), int64(price), t); err != nil {
			return err
		}
		continue
	any:
		n := bytes.IndexByte(lines[i:], '\n')
		if err := w.addAny(lines[i : i+n]); err != nil {
			return err
		}
		i += n + 1
	}
	return nil
}

// afterWord is afterString for a short string without escapes; another gives the
// place of the backslash.
func afterWord(p text, i int) int {
	for {
		x := word(p, i)
		if m := zeros(x^'"'*everyByte) | zeros(x^'\\'*everyByte); m != 0 {
			if i += bits.TrailingZeros64(m) >> 3; octet(p, i) == '"' {
				i++
			}
			return i
		}
		i += 8
	}
}

func (w *windows) add(auction, price, t int64) error {
	w.newest = max(w.newest, t)
	window, err := w.at(t)
	if err != nil {
		return err
	}
	window.at(auction).add(price)
	return nil
}

// addAny takes a bid with its columns in any order.
func (w *windows) addAny(line []byte) error {
	var bid struct {
		Auction, Price int64
		DateTime       time.Time
	}
	if err := json.Unmarshal(line, &bid); err != nil {
		return fmt.Errorf("no bid: %w", err)
	}
	return w.add(bid.Auction, bid.Price, bid.DateTime.UnixMilli())
}

// closer puts together the windows of all workers. A window is complete when
// every worker has given its part, which it does after a block of its own once the
// blocks before the first that is not read yet are past the window's end.
type closer struct {
	mu      sync.Mutex
	out     *output
	newest  map[int]int64 // by block, of those that were read out of turn
	next    int           // the first block that is not read
	time    int64         // of the blocks before it
	reached []int64       // by worker: it has given all windows that end by then
	merged  map[int64]*tallies
	free    []*tallies
}

// done takes what a worker has for windows that are complete.
func (c *closer) done(worker, block int, w *windows) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.newest[block] = w.newest
	for {
		t, ok := c.newest[c.next]
		if !ok {
			break
		}
		delete(c.newest, c.next)
		c.next++
		c.time = max(c.time, t)
	}
	complete := c.time - disorder
	complete -= complete % windowSize
	if complete <= c.reached[worker] {
		return nil
	}
	c.reached[worker] = complete
	w.closed = complete
	for from := range w.open {
		if from+windowSize <= complete {
			c.take(w, from)
		}
	}
	return c.write(slices.Min(c.reached))
}

// take moves a window of a worker here.
func (c *closer) take(w *windows, from int64) {
	window := w.open[from]
	delete(w.open, from)
	w.last = nil
	to := c.merged[from]
	if to == nil { // the first part is the window so far
		c.merged[from] = window
		w.free = append(w.free, c.free...)
		c.free = c.free[:0]
		return
	}
	for i := range window.slots {
		if s := &window.slots[i]; s.rows != 0 {
			to.at(s.key).merge(s)
		}
	}
	window.clear()
	w.free = append(w.free, window)
}

// write writes the windows that end by a time.
func (c *closer) write(end int64) error {
	var list []int64
	for from := range c.merged {
		if from+windowSize <= end {
			list = append(list, from)
		}
	}
	slices.Sort(list)
	for _, from := range list {
		head := []byte(`{"window_start":"` + time.UnixMilli(from).UTC().Format(time.RFC3339) + `","auction":`)
		for i := range c.merged[from].slots {
			s := &c.merged[from].slots[i]
			if s.rows == 0 {
				continue
			}
			if len(c.out.buf) > outputSize-1024 {
				c.out.flush()
			}
			c.out.buf = append(c.out.buf, head...)
			c.out.buf = appendNumber(c.out.buf, uint64(s.key))
			c.out.buf = s.append(c.out.buf)
		}
		c.merged[from].clear()
		c.free = append(c.free, c.merged[from])
		delete(c.merged, from)
	}
	return c.out.flush()
}

// finish takes and writes the windows that are still open at the end.
func (c *closer) finish(all []*windows) error {
	for _, w := range all {
		for from := range w.open {
			c.take(w, from)
		}
	}
	return c.write(math.MaxInt64)
}
