package spec

import (
	"fmt"
	"testing"

	source "github.com/velocsql/veloc/runtime/source/file/spec"

	"github.com/velocsql/veloc/runtime/config"
	"github.com/velocsql/veloc/runtime/spec"
)

// TestOptions checks that no two options that meet share a spelling and that
// defaults are legal.
func TestOptions(t *testing.T) {
	for _, format := range []spec.Format{source.CSV, source.JSON} {
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
		}
	}
}

func TestCodecs(t *testing.T) {
	const gzip, zstd = "github.com/velocsql/veloc/runtime/sink/file/gzip", "github.com/velocsql/veloc/runtime/sink/file/zstd"
	for _, c := range []struct {
		path, compression string
		want              []string
	}{
		{"a.csv", "", nil},
		{"a.csv", "gzip", []string{gzip}},
		{"a.csv.gz", "auto", []string{gzip}},
		{"A.ZST", "AUTO", []string{zstd}},
		{"a.gz", "none", nil},
		{"${OUT}", "auto", []string{gzip, zstd}},
		{"${OUT}", "none", nil},
		{"a.csv", "${PACKED:-none}", []string{gzip, zstd}},
	} {
		if got := Codecs(c.path, c.compression); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s, %s: %v, want %v", c.path, c.compression, got, c.want)
		}
	}
}
