package dataset

import (
	"bytes"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"
)

// TestMake pins the data: results are comparable only over the same rows.
func TestMake(t *testing.T) {
	dir := t.TempDir()
	const rows = 5000
	if err := Make(dir, Sizes{rows, rows, rows}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		crc   uint32
		lines int
	}{
		BidsFile:         {0xd454f2d3, rows},
		TradesFile:       {0xf524dee9, rows + 1},
		MeasurementsFile: {0xe1a44194, rows},
	} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(text, []byte{'\n'}); n != want.lines {
			t.Errorf("%s: %d lines, want %d", name, n, want.lines)
		}
		if crc := crc32.ChecksumIEEE(text); crc != want.crc {
			t.Errorf("%s has changed (checksum %#x): raise the edition", name, crc)
		}
	}
}

func TestMakeKeeps(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, BidsFile)
	steps := []struct {
		rows int
		kept bool
	}{{10, false}, {10, true}, {11, false}}
	for _, s := range steps {
		mark := []byte("mark")
		os.WriteFile(path, mark, 0o666)
		if err := Make(dir, Sizes{s.rows, 1, 1}); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if kept := bytes.Equal(text, mark); kept != s.kept {
			t.Errorf("%d rows: kept %v", s.rows, kept)
		}
	}
}
