package golden

import (
	"strings"
	"testing"

	"github.com/velocsql/veloc/codegen"
)

// shop is the program that TestLocality changes.
const shop = `CREATE STREAM orders (id BIGINT NOT NULL, customer STRING, item STRING NOT NULL, qty INT NOT NULL, price DECIMAL(12,2), placed TIMESTAMP NOT NULL)
WITH ('connector' = 'file', 'path' = 'orders.csv', 'format' = 'csv', 'event.time.field' = 'placed');

CREATE STREAM large WITH ('connector' = 'file', 'path' = 'large.jsonl', 'format' = 'json') AS
SELECT id, customer, qty * price AS total
FROM orders
WHERE qty > 10;

CREATE TABLE revenue WITH ('connector' = 'file', 'path' = 'revenue.csv', 'format' = 'csv') AS
SELECT item, window_start, COUNT(*) AS n, SUM(qty * price) AS revenue
FROM orders
WHERE qty > 0
GROUP BY item
WINDOW TUMBLING(1 MINUTE)
HAVING SUM(qty) > 3
EMIT FINAL;

CREATE TABLE customers WITH ('connector' = 'file', 'path' = 'customers.csv', 'format' = 'csv') AS
SELECT customer, MAX(price) AS dearest FROM orders GROUP BY customer EMIT FINAL;
`

// change is an edit of one clause of shop.
type change struct {
	name     string
	old, new string
	file     string // the statement's file, which changes
	hunks    int    // at most so many places of it
	lines    int    // at most so many lines, of both sides
}

var changes = []change{
	{"where", "WHERE qty > 10", "WHERE qty > 20", "shop_large_veloc.go", 1, 4},
	{"another condition", "WHERE qty > 10", "WHERE qty > 10 AND item <> 'x'", "shop_large_veloc.go", 8, 24},
	{"expression", "qty * price AS total", "qty * price + 1 AS total", "shop_large_veloc.go", 8, 16},
	{"alias", "qty * price AS total", "qty * price AS amount", "shop_large_veloc.go", 16, 50},
	{"having", "HAVING SUM(qty) > 3", "HAVING SUM(qty) > 4", "shop_revenue_veloc.go", 1, 4},
	{"no having", "HAVING SUM(qty) > 3\n", "", "shop_revenue_veloc.go", 8, 40},
	{"window", "TUMBLING(1 MINUTE)", "TUMBLING(5 MINUTES)", "shop_revenue_veloc.go", 8, 20},
	{"aggregate", "COUNT(*) AS n,", "COUNT(*) AS n, MIN(id) AS first,", "shop_revenue_veloc.go", 16, 50},
}

// TestLocality changes one clause of a program. Only the file of that statement
// changes, besides the copy of the SQL in the shared one, and only in places
// that have to do with the clause.
func TestLocality(t *testing.T) {
	before := generate(t, shop)
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			after := generate(t, replace(t, shop, c.old, c.new))
			for name, old := range before {
				edits := hunks(old, after[name])
				switch name {
				case "shop_veloc.go":
					for _, e := range edits {
						if !text(e.del) || !text(e.add) {
							t.Errorf("%s: code changed\n%s", name, lineDiff(old, after[name]))
						}
					}
				case c.file:
					n := 0
					for _, e := range edits {
						n += len(e.del) + len(e.add)
					}
					if len(edits) == 0 || len(edits) > c.hunks || n > c.lines {
						t.Errorf("%s: %d hunks with %d lines, want at most %d with %d\n%s", name, len(edits), n, c.hunks, c.lines, lineDiff(old, after[name]))
					}
				default:
					if withoutPlaces(old) != withoutPlaces(after[name]) {
						t.Errorf("%s changed\n%s", name, lineDiff(old, after[name]))
					}
				}
			}
		})
	}
}

// TestLocalityOfStatements adds a statement: the files of the others stay as
// they are.
func TestLocalityOfStatements(t *testing.T) {
	before := generate(t, shop)
	after := generate(t, shop+"\nCREATE TABLE totals WITH ('connector' = 'file', 'path' = 'totals.csv', 'format' = 'csv') AS\nSELECT SUM(qty) AS revenue, COUNT(*) AS n FROM orders EMIT FINAL;\n")
	if after["shop_totals_veloc.go"] == "" {
		t.Fatal("there is no file for the statement")
	}
	for name, text := range before {
		if name != "shop_veloc.go" && text != after[name] {
			t.Errorf("%s changed\n%s", name, lineDiff(text, after[name]))
		}
	}
}

// text reports whether all lines are comments or header lines of CSV.
func text(lines []string) bool {
	for _, l := range lines {
		l = strings.TrimSpace(l)
		if !strings.HasPrefix(l, "//") && !strings.HasPrefix(l, "Head:") {
			return false
		}
	}
	return true
}

// withoutPlaces cuts "(shop.sql:7:1)" and "shop.sql:7:1" down to the file: the
// lines of a statement move when the text above grows.
func withoutPlaces(text string) string {
	parts := strings.Split(text, "shop.sql:")
	for i, p := range parts[1:] {
		parts[i+1] = strings.TrimLeft(p, "0123456789:")
	}
	return strings.Join(parts, "shop.sql")
}

func replace(t *testing.T, text, old, with string) string {
	t.Helper()
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q is in the program %d times", old, strings.Count(text, old))
	}
	return strings.Replace(text, old, with, 1)
}

// generate compiles a program called shop to its files.
func generate(t *testing.T, sql string) map[string]string {
	t.Helper()
	p := mustCompile(t, "shop", sql)
	out := map[string]string{}
	for _, f := range p {
		out[f.Name] = string(f.Content)
	}
	return out
}

func mustCompile(t *testing.T, name, sql string) []codegen.File {
	t.Helper()
	p, err := compile(name, sql, t.TempDir(), "csv")
	if err != nil {
		t.Fatal(err)
	}
	if !p.ok || p.text != "" {
		t.Fatalf("the program does not compile cleanly:\n%s", p.text)
	}
	return p.files
}
