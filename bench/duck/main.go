// Command duck answers the queries of the benchmark with DuckDB, in memory, and
// prints to standard error how long the query itself took: opening the database
// does not count.
//
// Columns are declared with the types that the other programs use, and only
// those that a query needs where the reader allows it, so that DuckDB has no
// more to do than they have.
package main

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	_ "github.com/duckdb/duckdb-go/v2" // the driver
)

const (
	// The columns that the queries read; rows are parsed as a whole all the same.
	bids      = `read_json($in, format = 'newline_delimited', columns = {auction: 'BIGINT', price: 'BIGINT'})`
	timedBids = `read_json($in, format = 'newline_delimited', columns = {auction: 'BIGINT', price: 'BIGINT', dateTime: 'TIMESTAMP'})`
	paidBids  = `read_json($in, format = 'newline_delimited', columns = {bidder: 'BIGINT', price: 'BIGINT'})`

	trades = `read_csv($in, header = true, delim = ',', quote = '', escape = '', auto_detect = false,
		columns = {symbol: 'VARCHAR', price: 'DECIMAL(12,2)', quantity: 'BIGINT', ts: 'BIGINT', trader_id: 'VARCHAR'})`
	measurements = `read_csv($in, header = false, delim = ';', quote = '', escape = '', auto_detect = false,
		columns = {station: 'VARCHAR', temperature: 'DECIMAL(3,1)'})`
)

var queries = map[string]string{
	"q1": `COPY (SELECT auction, price * 0.908 AS price FROM ` + bids + ` WHERE auction % 123 = 0)
		TO '/dev/stdout' (FORMAT json)`,
	// Windows that end with the input; their start as text after the grouping.
	"q2": `COPY (SELECT strftime(w, '%Y-%m-%dT%H:%M:%SZ') AS window_start, auction, n, total, highest FROM (
		SELECT time_bucket(INTERVAL 10 SECOND, dateTime) AS w, auction, count(*) AS n, sum(price) AS total, max(price) AS highest
		FROM ` + timedBids + ` GROUP BY w, auction)) TO '/dev/stdout' (FORMAT json)`,
	// The last changes only.
	"q3": `COPY (SELECT bidder, count(*) AS n, sum(price) AS total, max(price) AS highest FROM ` + paidBids + ` GROUP BY bidder)
		TO '/dev/stdout' (FORMAT json)`,
	"q5": `COPY (SELECT symbol, sum(quantity) AS quantity, avg(price) AS price FROM ` + trades + ` GROUP BY symbol)
		TO '/dev/stdout' (FORMAT json)`,
	"q6": `COPY (SELECT station, min(temperature) AS lowest, avg(temperature) AS mean, max(temperature) AS highest
		FROM ` + measurements + ` GROUP BY station ORDER BY station) TO '/dev/stdout' (FORMAT csv, HEADER)`,
}

func main() {
	query := flag.String("query", "q1", "q1, q2, q3, q5 or q6")
	path := flag.String("in", "", "file to read")
	threads := flag.Int("workers", 1, "threads of DuckDB")
	version := flag.Bool("version", false, "print the version of DuckDB")
	flag.Parse()
	if err := run(*query, *path, *threads, *version); err != nil {
		fmt.Fprintln(os.Stderr, "duck:", err)
		os.Exit(1)
	}
}

func run(query, path string, threads int, version bool) error {
	db, err := sql.Open("duckdb", fmt.Sprintf("?threads=%d", threads))
	if err != nil {
		return err
	}
	defer db.Close()
	var v string
	if err := db.QueryRow("SELECT version()").Scan(&v); err != nil {
		return err
	}
	if version {
		fmt.Println(v)
		return nil
	}
	text, ok := queries[query]
	if !ok {
		return fmt.Errorf("there is no query %q", query)
	}
	text = strings.ReplaceAll(text, "$in", "'"+strings.ReplaceAll(path, "'", "''")+"'")
	start := time.Now()
	if _, err := db.Exec(text); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "seconds: %.6f\n", time.Since(start).Seconds())
	return nil
}
