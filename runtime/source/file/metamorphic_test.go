package file

import (
	"bytes"
	"compress/gzip"
	encodingcsv "encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
)

// gz unpacks with the standard library: package gzip imports this one.
var gz = Codec{"gzip", func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(r) }}

func gzipped(text string) string {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write([]byte(text))
	w.Close()
	return buf.String()
}

// records cuts CSV byte by byte, the plain way.
func records(text string, quote, delim byte) []string {
	var out []string
	begin, inside, start := 0, false, true
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case inside && c == quote && i+1 < len(text) && text[i+1] == quote:
			i++
		case inside:
			inside = c != quote
		case c == quote && start && quote != 0:
			inside, start = true, false
		case c == '\n':
			out = append(out, text[begin:i+1])
			begin, start = i+1, true
		default:
			start = c == delim
		}
	}
	if begin < len(text) {
		// Without its line break, or in a quoted field that does not end.
		out = append(out, strings.TrimSuffix(text[begin:], "\n")+"\n")
	}
	return out
}

// randomText is made of the bytes that matter.
func randomText(r *rand.Rand, alphabet string, n int) string {
	p := make([]byte, n)
	for i := range p {
		p[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(p)
}

// TestMetamorphic reads the same text with many block sizes, numbers of
// workers and ways, which must not make a difference.
func TestMetamorphic(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 60 {
		framing := []rt.Framing{{}, {Kind: rt.CSV, Quote: '"', Delim: ','}, {Kind: rt.CSV, Quote: '"', Delim: ',', SingleLine: true}}[round%3]
		alphabet := []string{"abcdefgh\n", "ab,,\"\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,,,,\"\n", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh\n"}[r.IntN(4)]
		text := randomText(r, alphabet, r.IntN(3000))
		if strings.HasPrefix(text, "\xef") {
			continue
		}
		quote := byte(0)
		if framing.Kind == rt.CSV && !framing.SingleLine {
			quote = '"'
		}
		want := records(text, quote, ',')
		dir := t.TempDir()
		write(t, filepath.Join(dir, "a"), text)
		write(t, filepath.Join(dir, "a.gz"), gzipped(text))
		for _, block := range []int{64, 100, 4096, blockBytes} {
			for workers := 1; workers <= 4; workers++ {
				for _, path := range []string{"a", "a.gz"} {
					what := fmt.Sprintf("round %d, %s, blocks of %d, %d workers", round, path, block, workers)
					src := NewSource("s", rt.Config{"path": path}, gz).(*Source)
					src.block = block
					if err := src.Open(t.Context(), testEnv(dir), framing); err != nil {
						t.Fatal(err)
					}
					all, err := readAll(t, src, workers)
					if err != nil {
						t.Fatalf("%s: %v", what, err)
					}
					checkPositions(t, what, all, text)
					if got := contents(all); got != strings.Join(want, "") {
						t.Fatalf("%s: read %q\nof   %q\nwant %q", what, got, text, want)
					}
					for _, g := range all {
						if part := records(g.data, quote, ','); g.data != "" && !isRun(want, part) {
							t.Fatalf("%s: batch %q is not whole records of %q", what, g.data, want)
						}
					}
					src.Close()
				}
			}
		}
	}
}

// checkPositions checks that batches say where in the text, and in which line,
// they begin.
func checkPositions(t *testing.T, what string, all []got, text string) {
	t.Helper()
	for _, g := range all {
		if g.data == "" {
			continue
		}
		if !strings.HasPrefix(text[g.position:]+"\n", g.data) {
			t.Fatalf("%s: batch %q is not at %d of %q", what, g.data, g.position, text)
		}
		if line := 1 + int64(strings.Count(text[:g.position], "\n")); g.line != 0 && g.line != line {
			t.Fatalf("%s: batch at %d is in line %d, not %d", what, g.position, line, g.line)
		}
	}
}

func isRun(all, part []string) bool {
	for i := range all {
		if i+len(part) <= len(all) && slices.Equal(all[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// TestRestore starts again at the end of each batch.
func TestRestore(t *testing.T) {
	text := "h,i\n" + strings.Repeat("1,\"a\nb\"\n22,c\n", 40)
	array := "[" + strings.Repeat("{\"a\": [1,\n2]} ,\n ", 40) + "3]"
	for _, c := range []struct {
		name, text string
		framing    rt.Framing
	}{{"a", text, csv}, {"a.gz", gzipped(text), csv}, {"a.json", array, rt.Framing{Kind: rt.JSONAuto}}} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, c.name), c.text)
		read := func(from int64) []got {
			src := NewSource("s", rt.Config{"path": c.name}, gz).(*Source)
			src.block = 64
			if err := src.Open(t.Context(), testEnv(dir), c.framing); err != nil {
				t.Fatal(err)
			}
			defer src.Close()
			if err := src.Restore([]int64{from}); err != nil {
				t.Fatal(err)
			}
			all, err := readAll(t, src, 2)
			if err != nil {
				t.Fatalf("%s from %d: %v", c.name, from, err)
			}
			return all
		}
		whole := read(0)
		for i, g := range whole {
			again := read(g.position + int64(len(g.data)))
			if got, want := contents(again), contents(whole[i+1:]); got != want {
				t.Fatalf("%s from the end of batch %d: read %q, want %q", c.name, i, got, want)
			}
			if again[0].header != whole[0].header {
				t.Errorf("%s: header %q", c.name, again[0].header)
			}
		}
	}
}

// TestNoAllocation reads a batch again and again with the memory of the first.
func TestNoAllocation(t *testing.T) {
	text := strings.Repeat("1,\"a\nb\"\n22,c\n", 1<<16)
	src := openSource(t, map[string]string{"a": text}, rt.Config{"path": "a"}, rt.Framing{Kind: rt.CSV, Quote: '"', Delim: ','})
	src.block = 4096
	var b rt.Batch
	if n := testing.AllocsPerRun(100, func() {
		if err := src.Read(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
	}); n > 0 {
		t.Errorf("%v allocations per batch", n)
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\nc,d", "\"a\nb\",c\r\nd,\"e\"\"\n\"\n", "a\"b\nc", "\"a\"b\n\"c", ",\"\n\",\n"} {
		f.Add(s, uint8(3))
	}
	f.Fuzz(func(t *testing.T, s string, cut uint8) {
		c := cutter{'"', ','}
		var ends []int
		st := recordStart
		for i := 0; ; {
			end, next, found := c.next([]byte(s), i, st)
			if !found {
				st = next
				break
			}
			ends, i, st = append(ends, end), end, recordStart
		}
		// exit and last agree with next, from the beginning and from a cut on.
		k := int(cut) % (len(s) + 1)
		if whole, parts := c.exit([]byte(s), recordStart), c.exit([]byte(s[k:]), c.exit([]byte(s[:k]), recordStart)); whole != st || parts != st {
			t.Fatalf("state at the end of %q: %d whole, %d in parts, %d by records", s, whole, parts, st)
		}
		last, lastState := c.last([]byte(s), 0, recordStart)
		if want := append([]int{-1}, ends...); last != want[len(want)-1] || lastState != st {
			t.Fatalf("last end of %q is %d, state %d, want %d, %d", s, last, lastState, want[len(want)-1], st)
		}
		compareWithLibrary(t, s, ends)
	})
}

// compareWithLibrary checks that each record is one to encoding/csv, if that
// takes the text at all.
func compareWithLibrary(t *testing.T, s string, ends []int) {
	lib := encodingcsv.NewReader(strings.NewReader(s))
	lib.FieldsPerRecord = -1
	want, err := lib.ReadAll()
	if err != nil {
		return
	}
	var got [][]string
	begin := 0
	for _, end := range append(ends, len(s)) {
		one := encodingcsv.NewReader(strings.NewReader(s[begin:end]))
		one.FieldsPerRecord = -1
		recs, err := one.ReadAll()
		if err != nil || len(recs) > 1 {
			t.Fatalf("%q of %q: %d records, %v", s[begin:end], s, len(recs), err)
		}
		got = append(got, recs...)
		begin = end
	}
	if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Fatalf("%q is %q, want %q", s, got, want)
	}
}

func FuzzArray(f *testing.F) {
	for _, s := range []string{`[{"a":1},{"b":[1,2]}]`, "[ 1 ,\n\"x\\\"]\" , null\n]\n", "[]", "[{}", "[1,]", "[1 2]", "[[],{}]x", "[\"\n\"]"} {
		f.Add(s, uint8(2))
	}
	f.Fuzz(func(t *testing.T, s string, cut uint8) {
		if !strings.HasPrefix(strings.TrimLeft(s, " \t\r\n"), "[") {
			return
		}
		whole, wholeErr := scanArray(s, len(s))
		parts, partsErr := scanArray(s, int(cut)%(len(s)+1))
		if whole != parts || fmt.Sprint(wholeErr) != fmt.Sprint(partsErr) {
			t.Fatalf("%q: %q, %v whole, %q, %v in parts", s, whole, wholeErr, parts, partsErr)
		}
		var want []json.RawMessage
		if json.Unmarshal([]byte(s), &want) != nil {
			return
		}
		if wholeErr != nil {
			t.Fatalf("%q: %v", s, wholeErr)
		}
		lines := strings.Split(whole, "\n")
		if len(lines)-1 != len(want) {
			t.Fatalf("%q: %d elements, want %d", s, len(lines)-1, len(want))
		}
		for i, w := range want {
			var a, b bytes.Buffer
			if json.Compact(&a, []byte(lines[i])) != nil || json.Compact(&b, w) != nil || a.String() != b.String() {
				t.Fatalf("%q: element %d is %q, want %q", s, i, lines[i], w)
			}
		}
	})
}

// scanArray scans s in two parts.
func scanArray(s string, k int) (string, error) {
	p := append([]byte(s), 0, 0)
	var a arrayScanner
	lo, last := 0, -1
	from := 0
	for _, to := range []int{k, len(s)} {
		l, cut, err := a.scan(p[:to], lo, from)
		lo = l
		last = max(last, cut)
		if err != nil {
			return string(p[lo:max(last, lo)]), err
		}
		from = to
	}
	whole, err := a.finish()
	if whole {
		p[len(s)] = '\n'
		last = len(s) + 1
	}
	return string(p[lo:max(last, lo)]), err
}

// TestBigRecord reads a record that is longer than many blocks.
func TestBigRecord(t *testing.T) {
	big := strings.Repeat("x", 10<<20)
	text := "a\n" + big + "\nb\n"
	files := map[string]string{"a": text, "a.gz": gzipped(text), "a.json": "[1, \"" + big + "\"]"}
	for path, want := range map[string]string{"a": text, "a.gz": text, "a.json": "1 \n\"" + big + "\"\n"} {
		src := openSource(t, files, rt.Config{"path": path}, rt.Framing{Kind: rt.JSONAuto}, gz)
		all, err := readAll(t, src, 2)
		if err != nil || contents(all) != want {
			t.Errorf("%s: read %d bytes, want %d: %v", path, len(contents(all)), len(want), err)
		}
	}
	for _, path := range []string{"a", "a.gz"} {
		src := openSource(t, files, rt.Config{"path": path, "max.record.size": "1m"}, rt.Framing{}, gz)
		all, err := readAll(t, src, 1)
		want := path + ": the record that starts in line 2 is longer than 1048576 bytes: 'max.record.size' raises the limit"
		if err == nil || err.Error() != want || contents(all) != "a\n" {
			t.Errorf("%s: read %.20q, %v", path, contents(all), err)
		}
	}
}

func TestManyFiles(t *testing.T) {
	dir := t.TempDir()
	var want strings.Builder
	for i := range 300 {
		text := strings.Repeat(fmt.Sprintln(i), i%7)
		want.WriteString(text)
		name := fmt.Sprintf("%03d.csv", i)
		if i%10 == 3 {
			name += ".gz"
			text = gzipped(text)
		}
		write(t, filepath.Join(dir, name), text)
	}
	src := NewSource("s", rt.Config{"path": "*"}, gz)
	if err := src.Open(t.Context(), testEnv(dir), rt.Framing{}); err != nil {
		t.Fatal(err)
	}
	all, err := readAll(t, src, 4)
	if err != nil || contents(all) != want.String() {
		t.Errorf("read %q: %v", contents(all), err)
	}
	if open := openFiles(); open > 100 {
		t.Errorf("%d files are still open", open)
	}
	src.Close()
}

func openFiles() int {
	entries, _ := os.ReadDir("/proc/self/fd")
	return len(entries)
}
