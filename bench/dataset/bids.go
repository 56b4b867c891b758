package dataset

import (
	"bufio"
	"math"
	"math/rand/v2"
	"strconv"
	"time"
)

const (
	bidsPerSecond   = 10_000
	bidsPerAuction  = 15   // a new auction opens every so many bids
	bidsPerPerson   = 45   // a new person arrives every so many bids
	firstID         = 1000 // of auctions and persons
	hotEvery        = 100  // one in so many ids is hot
	openAuctions    = 100  // bids go to the newest so many auctions
	activePeople    = 1000 // and come from the newest so many persons
	latePercent     = 20   // bids that arrive late
	latestMillis    = 4000 // by less than this
	escapePerMille  = 5    // bids whose last column has escape sequences
	letters         = "abcdefghijklmnopqrstuvwxyz"
	wordCharacters  = letters + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
	timestampLayout = "2006-01-02T15:04:05.000Z"
)

var bigChannels = [...]string{"Google", "Facebook", "Baidu", "Apple"}

// bids writes JSON lines in the style of the Nexmark benchmark: an online
// auction where half the bids go to one hot auction in a hundred.
func bids(w *bufio.Writer, rows int) {
	r := rand.New(rand.NewPCG(2026, 1))
	for i := range rows {
		b := w.AvailableBuffer()
		b = append(b, `{"auction":`...)
		b = strconv.AppendInt(b, int64(auctionOf(r, i)), 10)
		b = append(b, `,"bidder":`...)
		b = strconv.AppendInt(b, int64(bidderOf(r, i)), 10)
		b = append(b, `,"price":`...)
		b = strconv.AppendInt(b, int64(math.Round(100*math.Pow(10, 6*r.Float64()))), 10)
		b = append(b, `,"channel":"`...)
		b = appendChannel(b, r)
		b = append(b, `","url":"https://www.nexmark.com/`...)
		b = appendPath(b, r)
		b = append(b, `","dateTime":"`...)
		b = bidTime(r, i).AppendFormat(b, timestampLayout)
		b = append(b, `","extra":"`...)
		b = appendExtra(b, r)
		b = append(b, '"', '}', '\n')
		w.Write(b)
	}
}

func auctionOf(r *rand.Rand, i int) int {
	newest := firstID + i/bidsPerAuction
	if r.IntN(2) == 0 {
		return newest - newest%hotEvery
	}
	return max(firstID, newest-r.IntN(openAuctions))
}

func bidderOf(r *rand.Rand, i int) int {
	newest := firstID + i/bidsPerPerson
	if r.IntN(4) != 0 {
		return newest - newest%hotEvery + 1
	}
	return max(firstID, newest-r.IntN(activePeople))
}

func bidTime(r *rand.Rand, i int) time.Time {
	ms := start + int64(i)*1000/bidsPerSecond
	if r.IntN(100) < latePercent {
		ms = max(start, ms-int64(r.IntN(latestMillis)))
	}
	return time.UnixMilli(ms).UTC()
}

func appendChannel(b []byte, r *rand.Rand) []byte {
	if r.IntN(2) == 0 {
		return append(b, bigChannels[r.IntN(len(bigChannels))]...)
	}
	b = append(b, "channel-"...)
	return strconv.AppendInt(b, int64(r.IntN(10_000)), 10)
}

func appendPath(b []byte, r *rand.Rand) []byte {
	for range 3 {
		b = appendFrom(b, r, letters, 5)
		b = append(b, '/')
	}
	b = append(b, "item.htm?query=1&channel_id="...)
	return strconv.AppendInt(b, int64(r.IntN(1<<30)), 10)
}

func appendExtra(b []byte, r *rand.Rand) []byte {
	b = appendFrom(b, r, wordCharacters, 50+r.IntN(30))
	if r.IntN(1000) < escapePerMille {
		b = append(b, `\"q\u00e9\\`...)
	}
	return b
}

// appendFrom adds n random characters of an alphabet.
func appendFrom(b []byte, r *rand.Rand, alphabet string, n int) []byte {
	for range n {
		b = append(b, alphabet[r.IntN(len(alphabet))])
	}
	return b
}
