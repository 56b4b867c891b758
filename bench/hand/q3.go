package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
)

// q3 counts and sums the bids of each bidder and writes every change. A bidder
// belongs to one of as many owners as there are workers, which takes the bids in
// the order of the file, so that the changes of a bidder are in order.
func q3(path string, workers int, out *os.File) error {
	owners := make([]*owner, workers)
	for i := range owners {
		owners[i] = &owner{waiting: map[int]*paid{}, tallies: newTallies(12), out: newOutput(out)}
	}
	var err error
	if workers == 1 {
		err = eachBlock(path, 1, false, func(_, _ int, lines []byte) error {
			return eachPaid(lines, func(batch *paid) error { return owners[0].apply(batch) })
		})
	} else {
		err = exchange(path, owners)
	}
	for _, o := range owners {
		err = errors.Join(err, o.out.flush())
	}
	return err
}

// exchange reads bids on as many workers as there are owners and hands them over.
func exchange(path string, owners []*owner) error {
	workers := len(owners)
	spare := sync.Pool{New: func() any { return &paid{} }}
	return eachBlock(path, workers, false, func(w, block int, lines []byte) error {
		parts := make([]*paid, workers)
		for i := range parts {
			parts[i] = spare.Get().(*paid)
			parts[i].reset()
		}
		err := eachPaid(lines, func(batch *paid) error {
			for i, bidder := range batch.bidders {
				to := parts[spread(bidder)>>32%uint64(workers)]
				to.add(bidder, batch.prices[i])
			}
			return nil
		})
		if err != nil {
			return err
		}
		for i := range owners { // each worker begins with another owner
			i = (i + w) % workers
			if err := owners[i].take(block, parts[i], &spare); err != nil {
				return err
			}
		}
		return nil
	})
}

// paid are columns of bids.
type paid struct{ bidders, prices []int64 }

func (p *paid) reset() { p.bidders, p.prices = p.bidders[:0], p.prices[:0] }

func (p *paid) add(bidder, price int64) {
	p.bidders = append(p.bidders, bidder)
	p.prices = append(p.prices, price)
}

// owner has some of the bidders.
type owner struct {
	mu      sync.Mutex
	next    int // block to apply
	waiting map[int]*paid
	tallies *tallies
	out     *output
}

// take applies the bids of a block as soon as those of the blocks before are.
func (o *owner) take(block int, bids *paid, spare *sync.Pool) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting[block] = bids
	for {
		bids, ok := o.waiting[o.next]
		if !ok {
			return nil
		}
		delete(o.waiting, o.next)
		o.next++
		if err := o.apply(bids); err != nil {
			return err
		}
		spare.Put(bids)
	}
}

// apply writes what each bid changes.
func (o *owner) apply(bids *paid) error {
	for i, bidder := range bids.bidders {
		t := o.tallies.at(bidder)
		t.add(bids.prices[i])
		if len(o.out.buf) > outputSize-1024 {
			if err := o.out.flush(); err != nil {
				return err
			}
		}
		o.out.buf = append(o.out.buf, `{"bidder":`...)
		o.out.buf = appendNumber(o.out.buf, uint64(bidder))
		o.out.buf = t.append(o.out.buf)
	}
	return nil
}

// eachPaid calls take with the bids of some lines, a batch at a time. It expects
// the columns in their order without blanks between them.
func eachPaid(lines []byte, take func(*paid) error) error {
	var bidders, prices [batchSize]int64
	n := uint(0)
	p := start(lines)
	for i := 0; i < len(lines); {
		var bidder, price uint64
		var j, k int
		if string(view(p, i, len(auctionKey))) != auctionKey {
			goto any
		}
		if j = afterDigits(p, i+len(auctionKey)); string(view(p, j, len(bidderKey))) != bidderKey {
			goto any
		}
		j += len(bidderKey)
		if bidder, k = unsigned(p, j); k == j || string(view(p, k, len(priceKey))) != priceKey {
			goto any
		}
		j = k + len(priceKey)
		if price, k = unsigned(p, j); k == j {
			goto any
		}
		i = k + bytes.IndexByte(lines[k:], '\n') + 1
		goto put
	any:
		{
			size := bytes.IndexByte(lines[i:], '\n')
			var bid struct{ Bidder, Price uint64 }
			if err := json.Unmarshal(lines[i:i+size], &bid); err != nil {
				return fmt.Errorf("no bid: %w", err)
			}
			bidder, price = bid.Bidder, bid.Price
			i += size + 1
		}
	put:
		bidders[n%batchSize], prices[n%batchSize] = int64(bidder), int64(price)
		if n++; n == batchSize || i >= len(lines) {
			if err := take(&paid{bidders[:n], prices[:n]}); err != nil {
				return err
			}
			n = 0
		}
	}
	return nil
}
