package golden

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/types"
)

// kindColumns are the columns of the source that the overloads are called with.
// Each is there twice, n_ for never NULL.
var kindColumns = map[types.Kind]struct{ name, sql string }{
	types.Boolean: {"flag", "BOOLEAN"}, types.Int: {"small", "INT"}, types.BigInt: {"big", "BIGINT"}, types.Float: {"single", "FLOAT"}, types.Double: {"num", "DOUBLE"},
	types.Decimal: {"dec", "DECIMAL(12,2)"}, types.String: {"txt", "STRING"}, types.Bytes: {"raw", "BYTES"}, types.Date: {"day_of", "DATE"}, types.Time: {"clock_of", "TIME"},
	types.Timestamp: {"at_ts", "TIMESTAMP"}, types.Interval: {"span_of", "INTERVAL"}, types.Invalid: {"anything", "BIGINT"}, types.Null: {"wide", "DECIMAL(30,4)"},
}

func callSource() string {
	var cols []string
	for k := range types.JSON + 1 {
		if c, ok := kindColumns[k]; ok {
			cols = append(cols, c.name+" "+c.sql, "n_"+c.name+" "+c.sql+" NOT NULL")
		}
	}
	return "CREATE STREAM s (" + strings.Join(cols, ", ") + ") WITH ('connector' = 'file', 'path' = 's.json', 'format' = 'json');\n"
}

// nested are the kinds that no column of the source has.
func nested(k types.Kind) bool { return kindColumns[k].name == "" }

// columnOf is the column for a parameter; wide asks for a decimal of more than 18
// digits.
func columnOf(k types.Kind, never, wide bool) string {
	if k == types.Decimal && wide {
		k = types.Null
	}
	name := kindColumns[k].name
	if never {
		name = "n_" + name
	}
	return name
}

// scalarCalls are calls of an overload with columns of all kinds of NULLs.
func scalarCalls(f *funcs.Func, o *funcs.Overload) []string {
	var out []string
	params := o.Params
	if o.Variadic {
		params = append(slices.Clone(params), params[len(params)-1])
	}
	for i := range 4 {
		never, wide := i%2 == 0, i > 1
		if wide && !slices.Contains(params, types.Decimal) || never && len(params) == 0 {
			continue
		}
		var args []string
		for j, k := range params {
			args = append(args, columnOf(k, never || j%2 == 1 && i == 3, wide))
		}
		out = append(out, f.Name+"("+strings.Join(args, ", ")+")")
	}
	if len(params) > 1 && !slices.Contains(params[1:], types.Invalid) {
		args := []string{columnOf(params[0], false, false), "NULL"}
		for _, k := range params[2:] {
			args = append(args, columnOf(k, true, false))
		}
		out = append(out, f.Name+"("+strings.Join(args, ", ")+")")
	}
	return out
}

// aggregateCalls are calls of an overload, plain and with DISTINCT and FILTER.
func aggregateCalls(f *funcs.AggFunc, o *funcs.AggOverload) []string {
	var args, never []string
	for i, k := range o.Params {
		if i >= len(o.Params)-o.Final {
			value := map[types.Kind]string{types.Double: "0.5", types.Boolean: "TRUE", types.Int: "2"}[k]
			args, never = append(args, value), append(never, value)
			continue
		}
		wide := k == types.Decimal && o.MaxPrecision == 0
		args, never = append(args, columnOf(k, false, wide)), append(never, columnOf(k, true, wide))
	}
	list := strings.Join(args, ", ")
	out := []string{f.Name + "(" + list + ")", f.Name + "(" + strings.Join(never, ", ") + ")", f.Name + "(" + list + ") FILTER (WHERE flag)"}
	if !o.Nulls || o.NullOnce || f.Same {
		out = append(out, f.Name+"(DISTINCT "+list+")")
	}
	return out
}

// TestOverloads compiles calls of every overload of the table with columns that
// can be NULL, that cannot, and with NULL, and has Go compile what comes out.
func TestOverloads(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a large program")
	}
	var sql strings.Builder
	sql.WriteString(callSource())
	n := 0
	add := func(query string) {
		p, err := compile("overloads", callSource()+query+";", ".", "json")
		if err != nil || !p.ok {
			t.Errorf("%s: %v\n%s", query, err, p.text)
			return
		}
		fmt.Fprintf(&sql, "CREATE STREAM o%d WITH ('connector' = 'file', 'path' = 'o.json', 'format' = 'json') AS %s;\n", n, query)
		n++
	}
	for _, f := range funcs.Scalars() {
		var items []string
		for i := range f.Overloads {
			if o := &f.Overloads[i]; o.Generic == nil && !slices.ContainsFunc(o.Params, nested) {
				items = append(items, scalarCalls(&f, &f.Overloads[i])...)
			}
		}
		addItems(items, "", add)
	}
	for _, f := range funcs.Aggregates() {
		var items []string
		for i := range f.Overloads {
			items = append(items, aggregateCalls(&f, &f.Overloads[i])...)
		}
		addItems(items, " EMIT FINAL", add)
		addItems(items, " GROUP BY txt EMIT CHANGES", add)
	}
	files := mustCompile(t, "overloads", sql.String())
	bin, err := newBinary(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := bin.add("overloads", files); err != nil {
		t.Fatal(err)
	}
	if _, err := bin.build(); err != nil {
		t.Fatal(err)
	}
}

// addItems makes one query of the items.
func addItems(items []string, tail string, add func(string)) {
	if len(items) == 0 {
		return
	}
	named := make([]string, len(items))
	for i := range items {
		named[i] = fmt.Sprintf("%s AS x%d", items[i], i)
	}
	add("SELECT " + strings.Join(named, ", ") + " FROM s" + tail)
}
