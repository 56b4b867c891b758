package funcs

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	sqltypes "github.com/velocsql/veloc/compiler/types"
)

// samples are arguments as generated code passes them; texts and bytes come from
// candidates.
var samples = map[sqltypes.Kind]string{
	sqltypes.Boolean: "true", sqltypes.Int: "int32(2)", sqltypes.BigInt: "int64(2)", sqltypes.Float: "float32(0.5)", sqltypes.Double: "float64(1)",
	sqltypes.Decimal: "decimal.FromInt64(150), 2", sqltypes.Date: "int32(20000)", sqltypes.Time: "int64(3600000000)",
	sqltypes.Timestamp: "int64(1784120645000000)", sqltypes.Interval: "sqltime.Interval{Days: 1}", sqltypes.JSON: `"[1, 2]"`,
}

// doubles are samples of several DOUBLE, by the place of the argument.
var doubles = []string{"float64(0.5)", "float64(1)", "float64(2)", "float64(0.25)", "float64(3)", "float64(0)"}

// more are functions that need more memory than that of their result.
var more = map[string]struct {
	allocations int
	why         string
}{
	"regexp_replace":        {4, "package regexp gives the places of matches in memory of their own"},
	"regexp_replace_first":  {2, "the same"},
	"regexp_extract":        {1, "the same, for groups; a whole match needs none"},
	"regexp_count":          {2, "the same"},
	"regexp_extract_all":    {3, "the same"},
	"regexp_split_to_array": {4, "the same"},
	"encode":                {2, "the bytes between both encodings"},
	"json_concat":           {2, "both values are taken apart"},
	"split_to_map":          {2, "a map is keys and values"},
	"str_to_map":            {2, "the same"},
	"to_char":               {3, "the digits of a number and the text that they become"},
}

// candidates are texts of which every function takes some.
var candidates = []string{
	"a b", "12", "UTC", "hex", "day", "2026-07-15", "12:30:00", "yyyy", "616263", "YWJj", "BIG_ENDIAN", "abcdefgh", "abcd", "0123456789abcdef",
	"$.a", "i", "999",
	"6ba7b810-9dad-11d1-80b4-00c04fd430c8", "2026", "%s", "km", "YYYY", "yes", `(a)(.*)`, "http://host.io:80/a?b=c#d",
}

// harness is the program that calls every function. It tries the candidates
// until a call does not fail, and counts what further calls allocate.
const harness = `package main

import (
	"fmt"
	"testing"
	"unsafe"
%s)

type entry struct {
	name  string
	texts int
	most  float64
	call  func(f *fault.Fault, t []string)
}

//go:noinline
func keep[T any](T) {}

//go:noinline
func keep2[T any](T, bool) {}

func view(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

var candidates = %#v

func main() {
	for _, e := range entries {
		var f fault.Fault
		t := make([]string, e.texts)
		at := make([]int, e.texts)
		found := false
		for {
			for i := range t {
				t[i] = candidates[at[i]]
			}
			if e.call(&f, t); f.Take() == "" {
				found = true
				break
			}
			i := 0
			for i < len(at) {
				if at[i]++; at[i] < len(candidates) {
					break
				}
				at[i] = 0
				i++
			}
			if i == len(at) {
				break
			}
		}
		if !found {
			fmt.Println(e.name, "fails whatever it is given")
			continue
		}
		if n := testing.AllocsPerRun(50, func() { e.call(&f, t) }); n > e.most {
			fmt.Printf("%%s of %%q: %%v allocations\n", e.name, t, n)
		}
	}
}

var entries = []entry{
%s}
`

// entryOf is the call of one overload.
func entryOf(name string, o *Overload, imports map[string]bool) string {
	var args []string
	if o.Go.Fault {
		args = append(args, "f")
	}
	if o.Go.Clock {
		args = append(args, samples[sqltypes.Timestamp])
	}
	texts := 0
	params := slices.Clone(o.Params)
	if o.Variadic {
		params = append(params, params[len(params)-1])
	}
	for i, k := range params {
		switch k {
		case sqltypes.String:
			args = append(args, fmt.Sprintf("t[%d]", texts))
			texts++
		case sqltypes.Bytes:
			args = append(args, fmt.Sprintf("view(t[%d])", texts))
			texts++
		case sqltypes.Double:
			if len(params) > 1 {
				args = append(args, doubles[i%len(doubles)])
			} else {
				args = append(args, samples[k])
			}
		default:
			args = append(args, samples[k])
			imports[Decimal] = imports[Decimal] || k == sqltypes.Decimal
			imports[SQLTime] = imports[SQLTime] || k == sqltypes.Interval
		}
	}
	if result(o.Params, o.Ret, o.RetOf).Kind == sqltypes.Decimal {
		args = append(args, "2")
	}
	fn := o.Go.Name
	if o.Go.Path != "" {
		imports[o.Go.Path] = true
		fn = path.Base(o.Go.Path) + "." + fn
	}
	hold := "keep"
	if o.Go.OrNull {
		hold = "keep2"
	}
	most := 0
	if o.Go.Allocates {
		most = 1
	}
	most = max(most, more[name].allocations)
	return fmt.Sprintf("\t{%q, %d, %d, func(f *fault.Fault, t []string) { %s(%s(%s)) }},\n", name, texts, most, hold, fn, strings.Join(args, ", "))
}

// TestFunctionsAllocateTheirResult calls every scalar function: those whose entry
// does not say that the result takes memory allocate nothing, the others no more
// than that.
func TestFunctionsAllocateTheirResult(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	imports := map[string]bool{"github.com/velocsql/veloc/runtime/fault": true}
	var entries strings.Builder
	for _, f := range Scalars() {
		for _, o := range slices.Concat(f.Overloads, f.KsqlDB) {
			if f.Name != "error" && o.Generic == nil && !slices.Contains(o.Params, sqltypes.Invalid) {
				entries.WriteString(entryOf(f.Name, &o, imports))
			}
		}
	}
	var lines strings.Builder
	for p := range imports {
		fmt.Fprintf(&lines, "\t%q\n", p)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "main.go")
	text := fmt.Sprintf(harness, lines.String(), candidates, entries.String())
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, "compiler", "funcs", "allocations", "main.go"): file}})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", "-overlay", list, "./compiler/funcs/allocations")
	cmd.Dir = root
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		t.Error(strings.TrimSpace(line))
	}
}
