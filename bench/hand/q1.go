package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strconv"
)

// q1 writes auction and 0.908 times the price of the bids on every 123rd
// auction. Of the other bids nothing but the auction is looked at.
func q1(path string, workers int, out *os.File) error {
	return filterBids(path, workers, out, pickBids)
}

// q1Checked does the same and checks that every row has all seven columns in
// their shapes.
func q1Checked(path string, workers int, out *os.File) error {
	return filterBids(path, workers, out, pickCheckedBids)
}

// filterBids runs one of the two loops over a file of bids.
func filterBids(path string, workers int, out *os.File, pick func(o *output, lines []byte) error) error {
	outs := make([]*output, workers)
	for w := range outs {
		outs[w] = newOutput(out)
	}
	return eachBlock(path, workers, false, func(w, _ int, lines []byte) error {
		if err := pick(outs[w], lines); err != nil {
			return err
		}
		return outs[w].flush()
	})
}

// The fields of a bid as they stand in the line, each with the comma before it.
// Comparing a slice of known length with one of them compiles to two or three
// comparisons of machine words.
const (
	auctionKey = `{"auction":`
	bidderKey  = `,"bidder":`
	priceKey   = `,"price":`
	channelKey = `,"channel":"`
	urlKey     = `,"url":"`
	dateKey    = `,"dateTime":"`
	extraKey   = `,"extra":"`
)

// pickBids expects the columns in their order without blanks between them;
// pickAnyBid takes the lines that are otherwise.
func pickBids(o *output, lines []byte) error {
	p := start(lines)
	for i := 0; i < len(lines); {
		j := i
		if string(view(p, i, len(auctionKey))) == auctionKey {
			auction, k := unsigned(p, i+len(auctionKey))
			if k == i+len(auctionKey) {
				goto any
			}
			j = k
			if auction%123 == 0 {
				if string(view(p, j, len(bidderKey))) != bidderKey {
					goto any
				}
				j = afterDigits(p, j+len(bidderKey))
				if string(view(p, j, len(priceKey))) != priceKey {
					goto any
				}
				price, k := unsigned(p, j+len(priceKey))
				if k == j+len(priceKey) {
					goto any
				}
				o.buf = appendPicked(o.buf, auction, price)
				j = k
			}
			i = j + bytes.IndexByte(lines[j:], '\n') + 1
			continue
		}
	any:
		n := bytes.IndexByte(lines[i:], '\n')
		if err := pickAnyBid(o, lines[i:i+n]); err != nil {
			return err
		}
		i += n + 1
	}
	return nil
}

// pickCheckedBids is pickBids that follows every line to its closing brace.
func pickCheckedBids(o *output, lines []byte) error {
	p := start(lines)
	for i := 0; i < len(lines); {
		var auction, price uint64
		var j, k int
		if string(view(p, i, len(auctionKey))) != auctionKey {
			goto any
		}
		j = i + len(auctionKey)
		if auction, k = unsigned(p, j); k == j || string(view(p, k, len(bidderKey))) != bidderKey {
			goto any
		}
		j = k + len(bidderKey)
		if k = afterDigits(p, j); k == j || string(view(p, k, len(priceKey))) != priceKey {
			goto any
		}
		j = k + len(priceKey)
		if price, k = unsigned(p, j); k == j || string(view(p, k, len(channelKey))) != channelKey {
			goto any
		}
		if j = afterString(lines, k+len(channelKey)); string(view(p, j, len(urlKey))) != urlKey {
			goto any
		}
		if j = afterString(lines, j+len(urlKey)); string(view(p, j, len(dateKey))) != dateKey {
			goto any
		}
		if j = afterString(lines, j+len(dateKey)); string(view(p, j, len(extraKey))) != extraKey {
			goto any
		}
		if j = afterString(lines, j+len(extraKey)); string(view(p, j, 2)) != "}\n" {
			goto any
		}
		if auction%123 == 0 {
			o.buf = appendPicked(o.buf, auction, price)
		}
		i = j + 2
		continue
	any:
		n := bytes.IndexByte(lines[i:], '\n')
		if err := pickAnyBid(o, lines[i:i+n]); err != nil {
			return err
		}
		i += n + 1
	}
	return nil
}

// afterString returns the index behind the quote that ends the string at i, or
// the end of the lines if none does.
func afterString(lines []byte, i int) int {
	n := bytes.IndexByte(lines[i:], '"')
	if n < 0 {
		return len(lines)
	}
	if i += n; lines[i-1] != '\\' {
		return i + 1
	}
	return afterEscapes(lines, i)
}

// afterEscapes is afterString for a quote at i behind a backslash.
//
//go:noinline
func afterEscapes(lines []byte, i int) int {
	for {
		k := i
		for lines[k-1] == '\\' {
			k--
		}
		i++
		if (i-1-k)%2 == 0 { // the backslashes are pairs: the quote counts
			return i
		}
		n := bytes.IndexByte(lines[i:], '"')
		if n < 0 {
			return len(lines)
		}
		i += n
	}
}

// pickAnyBid takes a bid with its columns in any order.
func pickAnyBid(o *output, line []byte) error {
	var bid struct{ Auction, Price uint64 }
	if err := json.Unmarshal(line, &bid); err != nil {
		return err
	}
	if bid.Auction%123 == 0 {
		o.buf = appendPicked(o.buf, bid.Auction, bid.Price)
	}
	return nil
}

// appendPicked writes a row of the result.
func appendPicked(b []byte, auction, price uint64) []byte {
	b = append(b, `{"auction":`...)
	b = strconv.AppendUint(b, auction, 10)
	b = append(b, `,"price":`...)
	price *= 908
	b = strconv.AppendUint(b, price/1000, 10)
	b = append(b, '.')
	b = appendFixed(b, price%1000, 3)
	return append(b, '}', '\n')
}
