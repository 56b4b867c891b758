package file

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	rt "github.com/velocsql/veloc/runtime"
)

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"trade.csv", "logs/a.jsonl", "logs/b.jsonl", "empty/.hidden"} {
		write(t, filepath.Join(dir, name), "1\n")
	}
	for _, c := range []struct {
		cfg  rt.Config
		want string
	}{
		{rt.Config{}, "option 'path' is missing: name a file, a pattern such as 'data/*.csv', or - for standard input"},
		{rt.Config{"path": "trades.csv"}, `trades.csv: no such file (looked in DIR; did you mean "trade.csv"?)`},
		{rt.Config{"path": "zzz"}, `zzz: no such file (looked in DIR)`},
		{rt.Config{"path": "log/a.jsonl"}, `log/a.jsonl: no such file: there is no folder DIR/log; did you mean "logs"?`},
		{rt.Config{"path": "x/y/a.jsonl"}, `x/y/a.jsonl: no such file: there is no folder DIR/x`},
		{rt.Config{"path": "logs"}, `logs is a folder: name the files in it, such as 'logs/*.jsonl' ('recursive' = 'true' takes all)`},
		{rt.Config{"path": "logs/*.csv"}, `no file matches logs/*.csv: DIR/logs holds a.jsonl, b.jsonl`},
		{rt.Config{"path": "empty/*"}, `no file matches empty/*: DIR/empty is empty`},
		{rt.Config{"path": "nowhere/*"}, `no file matches nowhere/*: there is no folder DIR/nowhere`},
		{rt.Config{"path": "logs/[a"}, `logs/[a: the pattern is malformed: a [ without its ]`},
		{rt.Config{"path": "trade.csv/x"}, `trade.csv/x cannot be opened: not a directory`},
		{rt.Config{"path": "trade.csv", "compression": "gzpi"}, `'compression' = 'gzpi': want one of auto, none, gzip, zstd (did you mean "gzip"?)`},
		{rt.Config{"path": "trade.csv", "max.record.size": "much"}, `'max.record.size' = 'much': want a size such as 4096, 64k, 1MiB`},
		{rt.Config{"path": "trade.csv", "max.record.size": "0"}, `'max.record.size' = '0': want 1 to 1GiB`},
	} {
		err := NewSource("s", c.cfg).Open(t.Context(), testEnv(dir), rt.Framing{})
		if got := strings.ReplaceAll(fmt.Sprint(err), dir, "DIR"); got != c.want {
			t.Errorf("%v: %s\nwant %s", c.cfg, got, c.want)
		}
	}
}

// TestReadErrors checks the message and that records before the place come.
func TestReadErrors(t *testing.T) {
	lines := rt.Framing{}
	auto := rt.Framing{Kind: rt.JSONAuto}
	packed := gzipped(strings.Repeat("0123456789\n", 10))
	for _, c := range []struct {
		name, text string
		framing    rt.Framing
		cfg        rt.Config
		want       string
		read       string
	}{
		{"cut off", packed[:len(packed)-8], lines, nil, "f: the gzip data is cut off (behind 110 unpacked bytes)", strings.Repeat("0123456789\n", 10)},
		{"damaged", packed[:len(packed)-8] + "12345678", lines, nil, "f: the gzip data is damaged (behind 110 unpacked bytes): gzip: invalid checksum", strings.Repeat("0123456789\n", 10)},
		{"no codec", "\x28\xb5\x2f\xfd12345678", lines, nil, "f is compressed with zstd, which this program was built without: set 'compression' = 'zstd' and build it again", ""},
		{"zip", "PK\x03\x0412345678", lines, nil, "f is compressed with zip, which cannot be read: unpack it first ('compression' = 'none' reads it as it is)", ""},
		{"not gzip", "1\n2\n3\n4\n5\n6\n", lines, rt.Config{"compression": "gzip"}, "f: this is not gzip data, or it is damaged: gzip: invalid header", ""},
		{"utf-16", "\xff\xfe1\x00\n\x00", lines, nil, "f is UTF-16: convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)", ""},
		{"array not closed", "[1,\n2", auto, nil, "f: malformed JSON array: the file ends in line 2 (byte 5) without the closing ']'", "1 \n"},
		{"array not closed behind an element", "[1,\n{}", auto, nil, "f: malformed JSON array: the file ends in line 2 (byte 6) without the closing ']'", "1 \n{}\n"},
		{"comma", "[1,\n2 , ]", auto, nil, "f: malformed JSON array in line 2 (byte 8): found ']', want an element behind ','", "1 \n2   \n"},
		{"no comma", "[{} {}]", auto, nil, "f: malformed JSON array in line 1 (byte 4): found '{', want ',' or ']' behind an element", "{} \n"},
		{"two arrays", "[1]\n[2]", auto, nil, "f: malformed JSON array in line 2 (byte 4): found '[', want nothing behind the array (for several values write one per line, without brackets around them)", "1\n"},
		{"quote", "h\n1,2\n\"a\nb\nc\nd\ne\nf\n", csv, rt.Config{"max.record.size": "8"}, "f: the record that starts in line 3 is longer than 8 bytes: is a quote never closed? 'multiline' = 'false' lets every line break end a record, 'max.record.size' raises the limit", "1,2\n"},
	} {
		cfg := rt.Config{"path": "f"}
		for k, v := range c.cfg {
			cfg[k] = v
		}
		src := openSource(t, map[string]string{"f": c.text}, cfg, c.framing, gz)
		if c.name == "quote" {
			src.block = 8
		}
		all, err := readAll(t, src, 1)
		if fmt.Sprint(err) != c.want {
			t.Errorf("%s: %v\nwant %s", c.name, err, c.want)
		}
		if got := contents(all); got != c.read {
			t.Errorf("%s: read %q, want %q", c.name, got, c.read)
		}
	}
}

func TestShrinkAndGrow(t *testing.T) {
	text := strings.Repeat("0123456789\n", 100)
	for _, framing := range []rt.Framing{{}, {Kind: rt.CSV, Quote: '"', Delim: ','}} {
		src := openSource(t, map[string]string{"f": text}, rt.Config{"path": "f"}, framing)
		src.block = 64
		var b rt.Batch
		if err := src.Read(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		first := string(b.Data[b.Start:b.End])
		if err := os.Truncate(filepath.Join(src.env.Dir, "f"), 500); err != nil {
			t.Fatal(err)
		}
		all, err := readAll(t, src, 3)
		want := "f: the file shrank from 1100 to 500 bytes while it was read: is another program writing it?"
		if err == nil || err.Error() != want {
			t.Errorf("%v\nwant %s", err, want)
		}
		if got := first + contents(all); got != text[:495] {
			t.Errorf("read %d bytes", len(got))
		}

		// A record that has begun is read whole, what follows is left.
		src = openSource(t, map[string]string{"f": text + "half"}, rt.Config{"path": "f"}, framing)
		src.block = 64
		if err := src.Read(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		first = string(b.Data[b.Start:b.End])
		write(t, filepath.Join(src.env.Dir, "f"), text+"half of it\nmore\n")
		all, err = readAll(t, src, 3)
		if got := first + contents(all); err != nil || got != text+"half of it\n" {
			t.Errorf("read %q, %v", got[len(got)-30:], err)
		}
	}
}

func TestGone(t *testing.T) {
	src := openSource(t, map[string]string{"1": "a\n", "2": "b\n"}, rt.Config{"path": "*"}, rt.Framing{})
	os.Remove(filepath.Join(src.env.Dir, "2"))
	all, err := readAll(t, src, 1)
	if contents(all) != "a\n" || fmt.Sprint(err) != "2 is gone: it was there when the program started" {
		t.Errorf("read %q, %v", contents(all), err)
	}
}

// stdinSource reads r as standard input.
func stdinSource(t *testing.T, r io.Reader, f rt.Framing) *Source {
	t.Helper()
	src := NewSource("s", rt.Config{"path": "-"}, gz).(*Source)
	env := testEnv("")
	env.Stdin = r
	if err := src.Open(t.Context(), env, f); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { src.Close() })
	return src
}

func TestStdin(t *testing.T) {
	text := "h,i\n" + strings.Repeat("1,\"a\nb\"\n", 1000)
	for name, r := range map[string]io.Reader{
		"at once":     strings.NewReader(text),
		"byte wise":   iotest.OneByteReader(strings.NewReader(text)),
		"with EOF":    iotest.DataErrReader(strings.NewReader(text)),
		"packed":      strings.NewReader(gzipped(text)),
		"packed slow": iotest.OneByteReader(strings.NewReader(gzipped(text))),
	} {
		all, err := readAll(t, stdinSource(t, r, csv), 2)
		if err != nil || contents(all) != text[4:] {
			t.Errorf("%s: read %d bytes, %v", name, len(contents(all)), err)
		}
		checkPositions(t, name, all, text)
	}
	all, err := readAll(t, stdinSource(t, io.MultiReader(strings.NewReader("1\n2\n3"), iotest.ErrReader(errors.New("cable pulled"))), rt.Framing{}), 2)
	if contents(all) != "1\n2\n" || fmt.Sprint(err) != "standard input: reading failed: cable pulled" {
		t.Errorf("read %q, %v", contents(all), err)
	}
}

// TestStdinFile reads standard input that is redirected from a file, from
// where its offset stands.
func TestStdinFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	write(t, path, "skipped\n1\n2\n")
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.Seek(8, io.SeekStart)
	src := stdinSource(t, f, rt.Framing{})
	all, err := readAll(t, src, 2)
	if err != nil || contents(all) != "1\n2\n" || all[0].position != 8 {
		t.Errorf("read %+v, %v", all, err)
	}
	if n := src.LineOf(0, 10); n != 3 {
		t.Errorf("line %d", n)
	}
}

func TestLineOf(t *testing.T) {
	text := strings.Repeat("0123456789\n", 300_000)
	src := openSource(t, map[string]string{"f": text}, rt.Config{"path": "f"}, rt.Framing{})
	for _, position := range []int64{3_000_000, 0, 11, 10, lineStep, 2*lineStep + 1, int64(len(text)), 1_000_000} {
		if got, want := src.LineOf(0, position), 1+position/11; got != want {
			t.Errorf("position %d is in line %d, want %d", position, got, want)
		}
	}
	for i := range int64(1000) {
		position := i * 7919 * 11 % int64(len(text))
		if got, want := src.LineOf(0, position), 1+position/11; got != want {
			t.Fatalf("position %d is in line %d, want %d", position, got, want)
		}
	}
	for _, position := range []int64{-1, int64(len(text)) + 5*lineStep} {
		if got := src.LineOf(0, position); got != 0 {
			t.Errorf("position %d is in line %d", position, got)
		}
	}
	if got := src.LineOf(7, 0); got != 0 {
		t.Errorf("partition 7 has line %d", got)
	}
}
