package spec

import (
	"fmt"
	"testing"

	"github.com/velocsql/veloc/runtime/config"
	"github.com/velocsql/veloc/runtime/spec"
)

// TestOptions checks that no two options that meet share a spelling and that
// defaults are legal.
func TestOptions(t *testing.T) {
	for _, format := range []spec.Format{CSV, JSON} {
		seen := map[string]string{}
		for _, o := range append(append([]spec.Option{}, Connector.Options...), format.Options...) {
			for _, key := range append([]string{o.Key}, o.Aliases...) {
				if other, ok := seen[key]; ok {
					t.Errorf("%s is %s and %s", key, other, o.Key)
				}
				seen[key] = o.Key
			}
			if o.Default != "" {
				if err := config.Check(&o, o.Default); err != nil {
					t.Errorf("the default of %s: %v", o.Key, err)
				}
			}
			if o.Help == "" {
				t.Errorf("%s has no help", o.Key)
			}
		}
	}
}

func TestCodecs(t *testing.T) {
	const gzip, zstd = "github.com/velocsql/veloc/runtime/source/file/gzip", "github.com/velocsql/veloc/runtime/source/file/zstd"
	for _, c := range []struct {
		path, compression string
		want              []string
	}{
		{"a.csv", "", nil},
		{"a.csv", "auto", nil},
		{"data/2026-*/*.jsonl", "auto", nil},
		{"-", "auto", nil},
		{"-", "gzip", []string{gzip}},
		{"A.GZ", "", []string{gzip}},
		{"*.zst", "auto", []string{zstd}},
		{"a.gz", "none", nil},
		{"data/*", "auto", []string{gzip, zstd}},
		{"data/a.*", "auto", []string{gzip, zstd}},
		{"${FILE}", "auto", []string{gzip, zstd}},
		{"${DIR}/a.csv", "auto", nil},
		{"a.csv", "${PACKED:-none}", []string{gzip, zstd}},
	} {
		if got := Codecs(c.path, c.compression); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s, %s: %v, want %v", c.path, c.compression, got, c.want)
		}
	}
}
