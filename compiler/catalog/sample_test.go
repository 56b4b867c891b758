package catalog

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/velocsql/veloc/runtime/spec"
)

func sample(t *testing.T, name, text string, s Sampling) (string, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Path = name
	if s.Quote == 0 {
		s.Quote = '"'
	}
	schema, err := Sample(Disk(dir), &s)
	if err != nil {
		return "", err
	}
	var out []string
	for _, c := range schema.Columns {
		out = append(out, c.Name+" "+c.Type.String())
	}
	if schema.Format == "csv" && schema.Delimiter != ',' {
		out = append(out, fmt.Sprintf("delimiter %q", schema.Delimiter))
	}
	return strings.Join(out, ", "), nil
}

func TestSample(t *testing.T) {
	var long strings.Builder
	long.WriteString("id,name\n")
	for i := 0; long.Len() < sampleBytes+100; i++ {
		fmt.Fprintf(&long, "%d,\"row %d\"\n", i, i)
	}
	for _, c := range []struct {
		name, file, text string
		s                Sampling
		want             string
	}{
		{"types", "t.csv", "a,b,c,d,e,f\n1,1.5,true,2024-01-31,2024-01-31T10:00:00Z,x\n", Sampling{}, "a BIGINT, b DOUBLE, c BOOLEAN, d DATE, e TIMESTAMP, f STRING"},
		{"widened", "t.csv", "a,b,c,d\n1,2024-01-31,1,true\n2.5,2024-01-31 10:00:00,x,1\n", Sampling{}, "a DOUBLE, b TIMESTAMP, c STRING, d STRING"},
		{"codes stay text", "t.csv", "zip,big,hex,nan\n01234,12345678901234567890,0x1f,NaN\n", Sampling{}, "zip STRING, big STRING, hex STRING, nan STRING"},
		{"empty fields", "t.csv", "a,b,c\n,,\n1,,\n", Sampling{}, "a BIGINT, b STRING, c STRING"},
		{"null text", "t.csv", "a\nNA\n7\n", Sampling{Null: "NA"}, "a BIGINT"},
		{"quotes", "t.csv", "a,b\n\"x,\"\"y\"\"\nz\",2\n", Sampling{}, "a STRING, b BIGINT"},
		{"semicolons", "t.csv", "a;b\n1;2,5\n", Sampling{}, `a BIGINT, b STRING, delimiter ';'`},
		{"tabs", "t.tsv", "a b\tc\n1\t2\n", Sampling{}, `a b BIGINT, c BIGINT, delimiter '\t'`},
		{"pipes", "t.csv", "a|b|c\n1|2|3\n", Sampling{}, `a BIGINT, b BIGINT, c BIGINT, delimiter '|'`},
		{"given delimiter", "t.csv", "a;b,c\n", Sampling{Delimiter: ','}, "a;b STRING, c STRING"},
		{"no header", "t.csv", "1,x\n", Sampling{NoHeader: true}, "col_1 BIGINT, col_2 STRING"},
		{"skipped lines", "t.csv", "# made by hand\na,b\n1,2\n", Sampling{SkipLines: 1}, "a BIGINT, b BIGINT"},
		{"byte order mark", "t.csv", "\xef\xbb\xbfa,b\r\n1,2\r\n", Sampling{}, "a BIGINT, b BIGINT"},
		{"cut off", "t.csv", long.String(), Sampling{}, "id BIGINT, name STRING"},
		{"lines", "t.json", `{"a": 1, "b": "2024-01-31"}` + "\n" + `{"b": null, "c": 1.5, "d": false}`, Sampling{}, "a BIGINT, b DATE, c DOUBLE, d BOOLEAN"},
		{"array", "t.json", ` [{"a": 1}, {"a": 2.5, "n": {"x": [1]}}]`, Sampling{}, "a DOUBLE, n JSON"},
		{"several kinds", "t.json", `{"a": "7", "b": true, "c": "x"}` + "\n" + `{"a": 7, "b": 1, "c": "2024-01-31"}`, Sampling{}, "a JSON, b JSON, c STRING"},
		{"named format", "t.txt", "a,b\n1,2\n", Sampling{Format: "csv"}, "a BIGINT, b BIGINT"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := sample(t, c.file, c.text, c.s); err != nil || got != c.want {
				t.Errorf("got %q, %v\nwant %q", got, err, c.want)
			}
		})
	}
}

func TestSampleErrors(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"empty", "t.csv", " \n", "t.csv is empty"},
		{"same names", "t.csv", "a,A\n1,2\n", `two columns of the header are named "A"`},
		{"long row", "t.csv", "a,b\n1,2,3\n", "row 1 has 3 fields, the first has 2"},
		{"unknown format", "t.bin", "x", "the format of t.bin is not known"},
		{"no object", "t.json", "[1]", "record 1: want an object, found 1"},
		{"broken", "t.json", `{"a": `, "record 1: EOF"},
		{"nothing plain", "t.json", `{}`, "no record has a field"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := sample(t, c.file, c.text, Sampling{}); err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	for path, want := range map[string]string{
		"-": "standard input cannot be looked at when compiling", "none.csv": "there is no file none.csv", "${X}": "${X} is known only when the program starts",
	} {
		if _, err := Sample(Disk(t.TempDir()), &Sampling{Path: path}); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", path, err, want)
		}
	}
}

func TestSampleCompressed(t *testing.T) {
	const text = "a,b\n1,x\n"
	var gz, zs bytes.Buffer
	g := gzip.NewWriter(&gz)
	z, _ := zstd.NewWriter(&zs)
	for _, w := range []interface {
		Write(b []byte) (int, error)
		Close() error
	}{g, z} {
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		w.Close()
	}
	for name, data := range map[string]string{"t.csv.gz": gz.String(), "t.csv.zst": zs.String()} {
		if got, err := sample(t, name, data, Sampling{}); err != nil || got != "a BIGINT, b STRING" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestColumnList(t *testing.T) {
	schema, err := Sample(Disk("testdata"), &Sampling{Path: "names.csv", Quote: '"'})
	if err != nil {
		t.Fatal(err)
	}
	want := "(\n  id           BIGINT,\n  \"from\"       STRING,\n  \"unit price\" DOUBLE\n)"
	if got := schema.ColumnList(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestOptionTables checks that a key means one thing at each end.
func TestOptionTables(t *testing.T) {
	for _, c := range connectors {
		for _, end := range []spec.Role{spec.Source, spec.Sink} {
			if c.Roles&end == 0 {
				continue
			}
			if got, standing := Connector(c.Name, end); got != c || standing != Found {
				t.Errorf("%s is not found as what it is", c.Name)
			}
			for _, f := range c.Formats {
				format, standing := FormatFor(c, f)
				if standing != Found {
					t.Errorf("%s carries the unknown format %s", c.Name, f)
					continue
				}
				seen := map[string]bool{}
				for _, table := range [][]spec.Option{EndOptions, c.Options, format.Options, TimeOptions, StatementOptions} {
					for _, o := range table {
						for _, key := range append([]string{o.Key}, o.Aliases...) {
							if seen[key] {
								t.Errorf("%s with %s has the option %s twice", c.Name, f, key)
							}
							seen[key] = true
						}
					}
				}
			}
		}
	}
	for _, o := range []string{"state.ttl", "config_file", "checkpoint.dir"} {
		if !PlannedOption(o) {
			t.Errorf("%s is not known as planned", o)
		}
	}
}
