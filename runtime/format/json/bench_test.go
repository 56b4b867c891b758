package json

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"testing"
)

var columns = []string{"auction", "bidder", "price", "channel", "url", "dateTime", "extra"}

type bid struct {
	Auction  int64  `json:"auction"`
	Bidder   int64  `json:"bidder"`
	Price    int64  `json:"price"`
	Channel  string `json:"channel"`
	URL      string `json:"url"`
	DateTime string `json:"dateTime"`
	Extra    string `json:"extra"`
}

// bids returns n records of some 270 bytes.
func bids(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	word := func(n int) string {
		b := make([]byte, n)
		for k := range b {
			b[k] = byte('a' + r.IntN(26))
		}
		return string(b)
	}
	var out []byte
	for k := range n {
		line, _ := json.Marshal(bid{
			1000 + int64(k/10), 1000 + r.Int64N(100000), r.Int64N(10_000_000), "channel-" + strconv.Itoa(r.IntN(10000)),
			"https://www.example.com/" + word(5) + "/" + word(5) + "/item.htm?query=1", "2026-01-01T00:00:00." + strconv.Itoa(100+r.IntN(900)) + "Z", word(50 + r.IntN(30)),
		})
		out = append(append(out, line...), '\n')
	}
	return pad(string(out))
}

// readBid reads a record with the Reader.
func readBid(r *Reader, b []byte, i int, row *bid, when *int64) (int, error) {
	for r.Begin(b, i); r.More(); {
		switch r.Column() {
		case 0:
			row.Auction, _ = r.Int64()
		case 1:
			row.Bidder, _ = r.Int64()
		case 2:
			row.Price, _ = r.Int64()
		case 3:
			row.Channel, _ = r.Text()
		case 5:
			*when, _ = r.Timestamp()
		default:
			r.Skip()
		}
	}
	return r.Done()
}

func BenchmarkReader(b *testing.B) {
	const n = 10000
	data := bids(n)
	r := new(Reader)
	r.Init(columns)
	var row bid
	var when int64
	for b.Loop() {
		for i := 0; i < len(data); {
			next, err := readBid(r, data, i, &row, &when)
			if err != nil {
				b.Fatal(err)
			}
			i = next
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/row")
}

func TestNoAllocation(t *testing.T) {
	data := bids(10)
	r := new(Reader)
	r.Init(columns)
	var row bid
	var when int64
	escaped := pad(`{"extra":"a\"b","auction":5,"new":[1,{"x":"\u00e9"}],"channel":"\n","url":"é"}` + "\n")
	out := make([]byte, 0, 256)
	read := func() {
		for _, data := range [][]byte{data, escaped} {
			for i := 0; i < len(data); {
				next, err := readBid(r, data, i, &row, &when)
				if err != nil {
					t.Fatal(err)
				}
				i = next
			}
		}
		out = AppendString(out[:0], row.Channel)
		out = AppendFloat(out, 1.5)
	}
	read()
	if n := testing.AllocsPerRun(100, read); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestLarge(t *testing.T) {
	const size = 10 << 20
	big := make([]byte, size)
	for k := range big {
		big[k] = 'x'
	}
	text := string(big)
	for k := range big {
		big[k] = '['
	}
	open := string(big)
	r := new(Reader)
	r.Init(columns)
	for _, c := range []struct {
		in string
		ok bool
	}{
		{`{"url":"` + text + `"}`, true},
		{`{"url":"` + text, false},
		{`{"` + text + `":1}`, true},
		{`{"url":` + open, false},
		{`{"url":[` + text, false},
	} {
		next, err := readBid(r, pad(c.in+"\n"), 0, new(bid), new(int64))
		if (err == nil) != c.ok || next != len(c.in)+1 {
			t.Errorf("%.20s..: next is %d, %v", c.in, next, err)
		}
		if err != nil && len(err.Error()) > 200 {
			t.Errorf("the message has %d bytes", len(err.Error()))
		}
	}
}
