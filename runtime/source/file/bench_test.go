package file

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
)

func BenchmarkExit(b *testing.B) {
	for name, row := range map[string]string{
		"quoted": "\"CDAA\",\"557.33\",\"600\",\"1767225600000\",\"T964174\"\n",
		"few":    "CDAA,557.33,600,1767225600000,\"some text, with \"\"quotes\"\" and\na line break T964174\"\n",
		"none":   "CDAA,557.33,600,1767225600000,T964174\n",
	} {
		b.Run(name, func(b *testing.B) {
			p := []byte(strings.Repeat(row, blockBytes/len(row)))
			b.SetBytes(int64(len(p)))
			for b.Loop() {
				cutter{'"', ','}.exit(p, recordStart)
			}
		})
	}
}

func BenchmarkArray(b *testing.B) {
	const row = "{\"auction\":1007,\"bidder\":2001,\"price\":1.50,\"url\":\"https://example.com/some/path?item=12\",\"t\":\"2026-01-01T00:00:00Z\"},\n"
	text := strings.Repeat(row, blockBytes/len(row))
	p := make([]byte, len(text)+1)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		copy(p, text)
		a := arrayScanner{phase: beforeFirst}
		a.scan(p[:len(text)], 0, 0)
	}
}

// BenchmarkRead reads a file of lines with one worker.
func BenchmarkRead(b *testing.B) {
	dir := b.TempDir()
	const row = "{\"auction\":1007,\"bidder\":2001,\"price\":1.50}\n"
	text := strings.Repeat(row, 64<<20/len(row))
	write(b, filepath.Join(dir, "a"), text)
	b.SetBytes(int64(len(text)))
	var batch rt.Batch
	for b.Loop() {
		src := NewSource("s", rt.Config{"path": "a"})
		if err := src.Open(b.Context(), testEnv(dir), rt.Framing{}); err != nil {
			b.Fatal(err)
		}
		var err error
		for err == nil {
			err = src.Read(b.Context(), &batch)
		}
		if err != io.EOF {
			b.Fatal(err)
		}
		src.Close()
	}
}
