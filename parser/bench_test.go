package parser

import (
	"strings"
	"testing"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// benchProgram is a program of about 1,000 lines.
func benchProgram() string {
	one := `-- @metric: orders_total
CREATE STREAM orders (
    id BIGINT KEY,
    customer VARCHAR NOT NULL,
    price DECIMAL(12, 4),
    qty INT,
    tags ARRAY<STRUCT<k STRING, v STRING>>,
    ts TIMESTAMP
) WITH ('connector' = 'kafka', 'topic' = 'orders', 'format' = 'json');

CREATE TABLE volume AS
SELECT
    o.customer,
    c.name AS name,
    SUM(o.price * o.qty) FILTER (WHERE o.qty > 0) AS volume,
    CASE WHEN COUNT(*) > 10 THEN 'many' WHEN COUNT(*) > 1 THEN 'some' ELSE 'one' END AS class
FROM orders o
LEFT JOIN customers c ON o.customer = c.id AND c.active
WHERE o.price BETWEEN 1 AND 1000 AND o.customer NOT IN ('a', 'b', 'c') OR o.tags[1]->k LIKE 'x%'
WINDOW TUMBLING (SIZE 5 MINUTES, GRACE PERIOD 10 SECONDS)
GROUP BY o.customer, c.name
HAVING SUM(o.qty) > 10
EMIT FINAL;
`
	return strings.Repeat(one, 1000/strings.Count(one, "\n"))
}

func BenchmarkParse1000Lines(b *testing.B) {
	f := source.NewFile("bench.sql", benchProgram())
	b.SetBytes(int64(len(f.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, list := Parse(f); list.HasErrors() {
			b.Fatal(list.All()[0].Msg)
		}
	}
}

func BenchmarkFormat1000Lines(b *testing.B) {
	f, _ := Parse(source.NewFile("bench.sql", benchProgram()))
	b.ReportAllocs()
	for b.Loop() {
		ast.Format(f)
	}
}
