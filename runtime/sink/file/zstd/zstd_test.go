package zstd_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/sink/file"
	"github.com/velocsql/veloc/runtime/sink/file/gzip"
	"github.com/velocsql/veloc/runtime/sink/file/zstd"
	source "github.com/velocsql/veloc/runtime/source/file"
	sourcegzip "github.com/velocsql/veloc/runtime/source/file/gzip"
	sourcezstd "github.com/velocsql/veloc/runtime/source/file/zstd"
)

// write writes rows to a path, which is compressed by its name.
func write(t *testing.T, env *rt.Env, cfg rt.Config, rows ...string) {
	t.Helper()
	s := file.NewSink("out", cfg, gzip.Codec, zstd.Codec)
	if err := s.Open(t.Context(), env, []byte("h\n")); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := s.Write([]byte(row)); err != nil {
			t.Fatal(err)
		}
		if err := s.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(true); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, env *rt.Env, path string) (header, text string, err error) {
	t.Helper()
	src := source.NewSource("in", rt.Config{"path": path}, sourcegzip.Codec, sourcezstd.Codec)
	if err := src.Open(t.Context(), env, rt.Framing{Kind: rt.CSV, Quote: '"', Delim: ',', Header: true}); err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	var b rt.Batch
	var sb strings.Builder
	for {
		err := src.Read(t.Context(), &b)
		if errors.Is(err, io.EOF) {
			return header, sb.String(), nil
		}
		if err != nil {
			return header, sb.String(), err
		}
		header = string(b.Header)
		sb.Write(b.Data[b.Start:b.End])
	}
}

func TestRoundTrip(t *testing.T) {
	rows := []string{"1\n", strings.Repeat("22222\n", 500_000), "\"3\n3\"\n"}
	for _, name := range []string{"a.csv", "a.csv.gz", "a.csv.zst"} {
		env := &rt.Env{Dir: t.TempDir()}
		write(t, env, rt.Config{"path": name}, rows...)
		header, text, err := read(t, env, name)
		if err != nil || header != "h" || text != strings.Join(rows, "") {
			t.Errorf("%s: header %q, %d bytes, %v", name, header, len(text), err)
		}
		st, err := os.Stat(filepath.Join(env.Dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if name != "a.csv" && st.Size() > 100_000 {
			t.Errorf("%s has %d bytes", name, st.Size())
		}

		// Appended data is a new member behind the old one.
		write(t, env, rt.Config{"path": name, "append": "true"}, "4\n")
		if _, text, err := read(t, env, name); err != nil || text != strings.Join(rows, "")+"4\n" {
			t.Errorf("%s, appended: %d bytes, %v", name, len(text), err)
		}
	}
}

func TestCutOff(t *testing.T) {
	// Zstandard gives its blocks whole or not at all.
	for name, want := range map[string]string{"a.gz": "h\n1\n2\n", "a.zst": ""} {
		env := &rt.Env{Dir: t.TempDir()}
		write(t, env, rt.Config{"path": name}, "1\n", "2\n")
		path := filepath.Join(env.Dir, name)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, whole[:len(whole)-3], 0o666); err != nil {
			t.Fatal(err)
		}
		_, text, err := read(t, env, name)
		if text != strings.TrimPrefix(want, "h\n") || err == nil || !strings.Contains(err.Error(), fmt.Sprintf("data is cut off (behind %d unpacked bytes)", len(want))) {
			t.Errorf("%s: read %q, %v", name, text, err)
		}
	}
}
