package file

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
)

// got is a batch as a test keeps it.
type got struct {
	partition      int
	seq            int64
	position, line int64
	header         string
	data           string
	end            bool
}

// readAll reads a source with several workers and returns its batches in order
// and the first error other than the end.
func readAll(t testing.TB, src rt.Source, workers int) ([]got, error) {
	t.Helper()
	var mu sync.Mutex
	var all []got
	var first error
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			var b rt.Batch
			for {
				err := src.Read(t.Context(), &b)
				if err != nil {
					mu.Lock()
					if !errors.Is(err, io.EOF) && first == nil {
						first = err
					}
					mu.Unlock()
					return
				}
				if pad := b.Data[b.End : b.End+rt.Pad]; !bytes.Equal(pad, make([]byte, rt.Pad)) {
					t.Errorf("the pad holds %q", pad)
				}
				data := string(b.Data[b.Start:b.End])
				if data != "" && data[len(data)-1] != '\n' {
					t.Errorf("batch ends in the middle of a record: %q", data)
				}
				mu.Lock()
				all = append(all, got{b.Partition, b.Seq, b.Position, b.Line, string(b.Header), data, b.Mark == rt.MarkEnd})
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	slices.SortFunc(all, func(a, b got) int {
		if a.partition != b.partition {
			return a.partition - b.partition
		}
		return int(a.seq - b.seq)
	})
	checkOrder(t, all, first == nil)
	return all, first
}

// checkOrder checks that Seq is 0, 1, 2 .. and that the last batch of each
// partition is marked.
func checkOrder(t testing.TB, all []got, whole bool) {
	t.Helper()
	for i, g := range all {
		if next := i+1 == len(all) || all[i+1].partition != g.partition; whole && g.end != next {
			t.Errorf("partition %d seq %d: end mark is %v", g.partition, g.seq, g.end)
		}
		want := int64(0)
		switch {
		case i == 0:
			want = g.seq // the test may have read before
		case all[i-1].partition == g.partition:
			want = all[i-1].seq + 1
		}
		if whole && g.seq != want {
			t.Errorf("partition %d: seq %d, want %d", g.partition, g.seq, want)
		}
	}
}

func contents(all []got) string {
	var sb strings.Builder
	for _, g := range all {
		sb.WriteString(g.data)
	}
	return sb.String()
}

func testEnv(dir string) *rt.Env {
	return &rt.Env{Dir: dir, Stdin: strings.NewReader(""), Now: func() int64 { return 42 }}
}

// openSource opens a source over files of a new folder.
func openSource(t testing.TB, files map[string]string, cfg rt.Config, f rt.Framing, codecs ...Codec) *Source {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	src := NewSource("s", cfg, codecs...).(*Source)
	if err := src.Open(t.Context(), testEnv(dir), f); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { src.Close() })
	return src
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

var csv = rt.Framing{Kind: rt.CSV, Quote: '"', Delim: ',', Header: true}

var readCases = []struct {
	name    string
	files   map[string]string
	path    string
	framing rt.Framing
	want    string
	header  string // of the last file
	line    int64  // of the first record of the last file
}{
	{"lines", map[string]string{"a": "1\n2\n"}, "a", rt.Framing{}, "1\n2\n", "", 1},
	{"no line break at the end", map[string]string{"a": "1\n2"}, "a", rt.Framing{}, "1\n2\n", "", 1},
	{"empty", map[string]string{"a": ""}, "a", rt.Framing{}, "", "", 1},
	{"empty csv", map[string]string{"a": ""}, "a", csv, "", "", 1},
	{"bom", map[string]string{"a": "\xef\xbb\xbf{}\n"}, "a", rt.Framing{Kind: rt.JSONAuto}, "{}\n", "", 1},
	{"bom only", map[string]string{"a": "\xef\xbb\xbf"}, "a", rt.Framing{}, "", "", 1},
	{"two bytes", map[string]string{"a": "\xef\n"}, "a", rt.Framing{}, "\xef\n", "", 1},
	{"csv", map[string]string{"a": "h,i\n1,2\n"}, "a", csv, "1,2\n", "h,i", 2},
	{"csv crlf", map[string]string{"a": "h,i\r\n1,2\r\n"}, "a", csv, "1,2\r\n", "h,i", 2},
	{"header only", map[string]string{"a": "h,i"}, "a", csv, "", "h,i", 1},
	{"header with a line break", map[string]string{"a": "h,\"i\nj\"\n1,2"}, "a", csv, "1,2\n", "h,\"i\nj\"", 3},
	{"skip and header", map[string]string{"a": "x\ny \"\nh,i\n1,2"}, "a", rt.Framing{Kind: rt.CSV, Quote: '"', Delim: ',', Header: true, SkipLines: 2}, "1,2\n", "h,i", 4},
	{"skip all", map[string]string{"a": "x\ny\n"}, "a", rt.Framing{SkipLines: 9}, "", "", 3},
	{"header per file", map[string]string{"a.csv": "h\n1\n", "b.csv": "i\n2", "c.txt": "no"}, "*.csv", csv, "1\n2\n", "i", 2},
	{"array", map[string]string{"a": " [ {\"a\":\n1} ,\n{\"a\":2}]\n"}, "a", rt.Framing{Kind: rt.JSONAuto}, "{\"a\": 1}  \n{\"a\":2}\n", "", 0},
	{"empty array", map[string]string{"a": "[\n]"}, "a", rt.Framing{Kind: rt.JSONAuto}, "", "", 0},
	{"array of scalars", map[string]string{"a": "[1,\"a]\\\"\", true ]"}, "a", rt.Framing{Kind: rt.JSONAuto}, "1\n\"a]\\\"\" \ntrue \n", "", 0},
	{"array in lines", map[string]string{"a": "{}\n[1]\n"}, "a", rt.Framing{Kind: rt.JSONAuto}, "{}\n[1]\n", "", 1},
	{"folders", map[string]string{"d/x/1.csv": "1", "d/y/2.csv": "2", "d/y/z/3.csv": "3", "d/y/.4.csv": "4"}, "d/**/*.csv", rt.Framing{}, "1\n2\n3\n", "", 1},
	{"a name that looks like a pattern", map[string]string{"a[1]": "1", "a1": "2"}, "a[1]", rt.Framing{}, "1\n", "", 1},
}

func TestRead(t *testing.T) {
	for _, c := range readCases {
		for _, block := range []int{64, blockBytes} {
			src := openSource(t, c.files, rt.Config{"path": c.path}, c.framing)
			src.block = block
			all, err := readAll(t, src, 2)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			last := all[len(all)-1]
			for i := len(all) - 2; i >= 0 && all[i].partition == last.partition; i-- {
				last = all[i]
			}
			if s := contents(all); s != c.want || last.header != c.header || last.line != c.line {
				t.Errorf("%s (blocks of %d): read %q, header %q, line %d, want %q, %q, %d", c.name, block, s, last.header, last.line, c.want, c.header, c.line)
			}
		}
	}
}

func TestCancelWhileWaiting(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	src := NewSource("s", rt.Config{"path": "-"})
	env := testEnv("")
	env.Stdin = r
	if err := src.Open(t.Context(), env, rt.Framing{}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- src.Read(ctx, new(rt.Batch)) }()
	w.Write([]byte("half a record"))
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Read returned %v", err)
	}
}
