//go:build cgo

package oracle

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"math"
	"math/big"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// duck is a DuckDB in memory.
type duck struct {
	db   *sql.DB
	conn *sql.Conn
}

func newDuck() (*duck, error) {
	db, err := sql.Open("duckdb", "?threads=1")
	if err != nil {
		return nil, err
	}
	d := &duck{db: db}
	if d.conn, err = db.Conn(context.Background()); err != nil {
		return nil, err
	}
	for name, op := range map[string]func(z, a, b *big.Int) *big.Int{"exact_div": nil, "exact_whole": (*big.Int).Quo, "exact_rest": (*big.Int).Rem} {
		if err := duckdb.RegisterScalarUDF(d.conn, name, exactFunc(op)); err != nil {
			return nil, err
		}
	}
	if err := duckdb.RegisterScalarUDF(d.conn, "exact_fmod", fmodFunc{}); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *duck) close() {
	_ = d.conn.Close()
	_ = d.db.Close()
}

// exactFunc is a function of two decimals as texts, and the digits and the
// scale of the result. Without an operation it divides and rounds half away
// from zero; an operation works on integers.
type exactFunc func(z, a, b *big.Int) *big.Int

func (exactFunc) Config() duckdb.ScalarFuncConfig {
	text, _ := duckdb.NewTypeInfo(duckdb.TYPE_VARCHAR)
	number, _ := duckdb.NewTypeInfo(duckdb.TYPE_INTEGER)
	return duckdb.ScalarFuncConfig{InputTypeInfos: []duckdb.TypeInfo{text, text, number, number}, ResultTypeInfo: text}
}

func (op exactFunc) Executor() duckdb.ScalarFuncExecutor {
	return duckdb.ScalarFuncExecutor{RowExecutor: func(v []driver.Value) (any, error) {
		if v[0] == nil || v[1] == nil {
			return nil, nil
		}
		out, err := exactResult(op, v[0].(string), v[1].(string), int(v[2].(int32)), int(v[3].(int32)))
		if out == "" {
			return nil, err
		}
		return out, err
	}}
}

// fmodFunc is the remainder of doubles.
type fmodFunc struct{}

func (fmodFunc) Config() duckdb.ScalarFuncConfig {
	number, _ := duckdb.NewTypeInfo(duckdb.TYPE_DOUBLE)
	return duckdb.ScalarFuncConfig{InputTypeInfos: []duckdb.TypeInfo{number, number}, ResultTypeInfo: number}
}

func (fmodFunc) Executor() duckdb.ScalarFuncExecutor {
	return duckdb.ScalarFuncExecutor{RowExecutor: func(v []driver.Value) (any, error) {
		if v[0] == nil || v[1] == nil {
			return nil, nil
		}
		return math.Mod(v[0].(float64), v[1].(float64)), nil
	}}
}

// load makes the tables and views of a program in a schema of its own.
func (d *duck) load(t *text) error {
	list := []string{"DROP SCHEMA IF EXISTS random CASCADE", "CREATE SCHEMA random", "SET schema = 'random'"}
	for _, s := range t.tables {
		var cols []string
		for _, f := range s.fields {
			cols = append(cols, quoted(f.name, duckDB)+" "+duckType(f.typ))
		}
		def := "(" + strings.Join(cols, ", ") + ")"
		list = append(list, "CREATE TABLE "+quoted(s.name, duckDB)+def)
		var rows []string
		for _, r := range s.rows {
			var cells []string
			for i, v := range r {
				cell := "NULL"
				if v != null {
					cell = duckValue(v, s.fields[i].typ)
				}
				cells = append(cells, cell)
			}
			rows = append(rows, "("+strings.Join(cells, ", ")+")")
		}
		if len(rows) > 0 {
			list = append(list, "INSERT INTO "+quoted(s.name, duckDB)+" VALUES "+strings.Join(rows, ", "))
		}
	}
	for _, q := range append(list, t.views...) {
		if _, err := d.conn.ExecContext(context.Background(), q); err != nil {
			return fmt.Errorf("%w\n%s", err, q)
		}
	}
	return nil
}

// duckValue is the literal of a value of the data.
func duckValue(v string, t types.Type) string {
	switch t.Kind {
	case types.Bytes:
		return "from_base64(" + quoteText(v) + ")"
	case types.Interval:
		if i, ok := sqltime.ParseInterval(v); ok {
			return fmt.Sprintf("(to_months(%d) + to_days(%d) + to_microseconds(%d))", i.Months, i.Days, i.Micros)
		}
	}
	return "CAST(" + quoteText(v) + " AS " + duckType(t) + ")"
}

// unload drops what load made.
func (d *duck) unload() {
	_, _ = d.conn.ExecContext(context.Background(), "SET schema = 'main'; DROP SCHEMA IF EXISTS random CASCADE")
}

// query returns the rows of a result.
func (d *duck) query(r result) ([]row, error) {
	var cols []string
	for _, c := range r.cols {
		name := quoted(c.name, duckDB)
		switch c.typ.Kind {
		case types.Bytes:
			name = "to_base64(" + name + ")"
		case types.Interval: // months, days and microseconds
			cols = append(cols, fmt.Sprintf("CAST(datepart('year', %[1]s) * 12 + datepart('month', %[1]s) AS VARCHAR) || ' ' || CAST(datepart('day', %[1]s) AS VARCHAR) || ' ' || "+
				"CAST((datepart('hour', %[1]s) * 60 + datepart('minute', %[1]s)) * 60000000 + datepart('microsecond', %[1]s) AS VARCHAR)", name))
			continue
		}
		cols = append(cols, "CAST(CAST("+name+" AS "+duckType(c.typ)+") AS VARCHAR)")
	}
	res, err := d.conn.QueryContext(context.Background(), "SELECT "+strings.Join(cols, ", ")+" FROM "+quoted(r.name, duckDB))
	if err != nil {
		return nil, err
	}
	defer res.Close()
	var rows []row
	for res.Next() {
		cells := make([]sql.NullString, len(cols))
		ptrs := make([]any, len(cols))
		for i := range cells {
			ptrs[i] = &cells[i]
		}
		if err := res.Scan(ptrs...); err != nil {
			return nil, err
		}
		out := make(row, len(cols))
		for i, c := range cells {
			out[i] = null
			if c.Valid {
				out[i] = canonical(c.String, r.cols[i].typ)
			}
		}
		rows = append(rows, out)
	}
	return rows, res.Err()
}
