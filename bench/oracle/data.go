package oracle

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/velocsql/veloc/compiler/types"
)

// texts are the strings that data and literals are made of.
var texts = []string{
	"", "a", "b", "ab", "abc", "A", "aB", " a ", "  ", "hello", "Hello World", "x,y", `q"q`, "it's", "é", "école", "ÉCOLE",
	"漢字", "😀a", "a😀b", "line\nbreak", "tab\t", "%", "a_c", "a%c", "1", "-5", "1.5", "null", "NULL", "true", "o'", "zz", "\\", "a\\b", "ab,abc,b", "Ω", "ñandú",
}

var (
	timesOfDay = []string{"00:00:00", "23:59:59.999999", "12:00:00", "01:02:03.5", "23:59:59", "00:00:00.000001"}
	days       = []string{
		"2024-02-29", "2023-02-28", "2024-02-28", "2024-03-01", "1900-02-28", "1900-03-01", "2000-02-29", "2100-02-28", "1970-01-01", "1969-12-31",
		"2024-12-31", "2025-01-01", "2024-01-31", "2023-12-31", "2021-01-03", "2020-12-28", "1999-12-31", "2026-07-15",
	}
	farDays = []string{"0001-01-01", "9999-12-31", "1582-10-15"}
)

// maybe is true once in n times.
func maybe(r *rand.Rand, n int) bool { return r.IntN(n) == 0 }

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// value is a random value of a type as CSV has it. Wild values are at the ends
// of the type.
func value(r *rand.Rand, t types.Type, wild bool) string {
	wild = wild && maybe(r, 6)
	switch t.Kind {
	case types.Boolean:
		return pick(r, []string{"true", "false"})
	case types.Int:
		if wild {
			return pick(r, []string{"2147483647", "-2147483648", "1000000000"})
		}
		return fmt.Sprint(r.IntN(21) - 8)
	case types.BigInt:
		if wild {
			return pick(r, []string{"9223372036854775807", "-9223372036854775808", "4611686018427387904", "3000000000", "-9007199254740993"})
		}
		return fmt.Sprint(r.IntN(2001) - 1000)
	case types.Float, types.Double:
		if wild {
			return pick(r, []string{"NaN", "Infinity", "-Infinity", "1e300", "-1e-300", "123456789012345.125"})
		}
		return pick(r, []string{"0", "-0.0", "1", "-1", "0.5", "2.5", "-2.5", "1.25", "3.75", "100", "-0.125", "1000.0625", "7", "1e3", "0.1", "-3.3"})
	case types.Decimal:
		return decimalValue(r, t, wild)
	case types.String:
		return pick(r, texts)
	case types.Bytes:
		return base64.StdEncoding.EncodeToString([]byte(pick(r, texts)))
	case types.Date:
		if wild {
			return pick(r, farDays)
		}
		return pick(r, days)
	case types.Time:
		return pick(r, timesOfDay)
	case types.Timestamp:
		if wild {
			return pick(r, farDays) + " " + pick(r, timesOfDay)
		}
		return pick(r, days) + " " + pick(r, timesOfDay)
	case types.Interval:
		return pick(r, []string{"PT1H", "P1D", "P1M", "PT0.5S", "P1Y2M3DT4H5M6S", "PT0S", "-P1D"})
	}
	panic("oracle: no values of " + t.String())
}

func decimalValue(r *rand.Rand, t types.Type, wild bool) string {
	digits := 1 + r.IntN(min(t.Precision, 6))
	if wild {
		digits = t.Precision
	}
	var b strings.Builder
	for range digits {
		b.WriteByte(byte('0' + r.IntN(10)))
	}
	text := b.String()
	if wild && maybe(r, 2) {
		text = strings.Repeat("9", digits)
	}
	text = strings.Repeat("0", max(0, t.Scale+1-len(text))) + text
	if t.Scale > 0 {
		text = text[:len(text)-t.Scale] + "." + text[len(text)-t.Scale:]
	}
	if maybe(r, 3) {
		text = "-" + text
	}
	whole, rest, ok := strings.Cut(text, ".")
	sign, digitsText := "", whole
	if after, neg := strings.CutPrefix(whole, "-"); neg {
		sign, digitsText = "-", after
	}
	digitsText = strings.TrimLeft(digitsText, "0")
	if digitsText == "" {
		digitsText = "0"
	}
	text = sign + digitsText
	if ok {
		text += "." + rest
	}
	return text
}

// file writes the data of a table.
func (s *table) file() file {
	var b strings.Builder
	if s.json {
		for _, row := range s.rows {
			b.WriteString(s.jsonRow(row) + "\n")
		}
		return file{s.name + ".jsonl", b.String()}
	}
	for i, f := range s.fields {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(f.name)
	}
	b.WriteByte('\n')
	for _, row := range s.rows {
		for i, v := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			switch {
			case v == null:
			case v == "" || strings.ContainsAny(v, ",\"\n") || s.fields[i].typ.Kind == types.String && len(v)%3 == 0:
				b.WriteString(`"` + strings.ReplaceAll(v, `"`, `""`) + `"`)
			default:
				b.WriteString(v)
			}
		}
		b.WriteByte('\n')
	}
	return file{s.name + ".csv", b.String()}
}

func (s *table) jsonRow(row []string) string {
	var parts []string
	for i, v := range row {
		f := s.fields[i]
		text := v
		switch {
		case v == null && i%3 == 1:
			continue // a missing field is NULL
		case v == null:
			text = "null"
		case f.typ.IsNumeric(), f.typ.Kind == types.Boolean:
		default:
			p, _ := json.Marshal(v)
			text = string(p)
		}
		parts = append(parts, fmt.Sprintf("%q:%s", f.name, text))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// newTable makes a source with random columns and data. A table of doubles
// without extremes can be summed up in any order.
func (g *gen) newTable(name string) *table {
	r := g.r
	s := &table{name: name, json: maybe(r, 3), fields: []field{{column{"id", types.Of(types.Int)}, true}}}
	names := slices.Clone(columnNames)
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for i := range 3 + r.IntN(6) {
		s.fields = append(s.fields, field{column{names[i], g.columnType()}, maybe(r, 4)})
	}
	n := pick(r, []int{0, 1, 5, 12, 25, 40})
	for id := range n {
		row := []string{fmt.Sprint(id)}
		for _, f := range s.fields[1:] {
			v := value(r, f.typ, g.wild)
			if s.json && f.typ.IsApprox() && strings.ContainsAny(v, "NI") {
				v = "0.25" // JSON has neither NaN nor infinities
			}
			if !f.notNull && maybe(r, 5) {
				v = null
			}
			row = append(row, v)
		}
		s.rows = append(s.rows, row)
	}
	return s
}

var columnNames = []string{
	"a", "b", "c", "d", "e", "n", "x", "y", "status", "key", "value", "name", "user", "count", "start", "type", "version", "list", "current", "Mixed", "two words", "date", "timestamp",
}

// columnType is a random type that a column can have.
func (g *gen) columnType() types.Type {
	k := pick(g.r, g.kinds())
	if k == types.Decimal {
		return g.decimalType()
	}
	return types.Of(k)
}

func (g *gen) decimalType() types.Type {
	return pick(g.r, []types.Type{types.Dec(5, 2), types.Dec(10, 0), types.Dec(12, 4), types.Dec(18, 6), types.Dec(18, 0), types.Dec(19, 3), types.Dec(9, 9), types.Dec(38, 4), types.Dec(30, 10)})
}

// kinds are the kinds of columns.
func (g *gen) kinds() []types.Kind {
	return []types.Kind{
		types.Boolean, types.Int, types.Int, types.BigInt, types.BigInt, types.Double, types.Double, types.Decimal, types.Decimal, types.String, types.String,
		types.Date, types.Timestamp, types.Time, types.Float, types.Bytes, types.Interval,
	}
}

// literal is a random constant of a type.
func (g *gen) literal(t types.Type) *node {
	v := value(g.r, t, g.wild)
	n := &node{typ: t}
	both := func(s string) { n.text = [2]string{s, s} }
	switch t.Kind {
	case types.Int:
		both(v)
		n.digits = len(strings.TrimLeft(v, "-"))
		if v == "-2147483648" {
			n.text[duckDB] = "CAST('-2147483648' AS INTEGER)"
		}
	case types.BigInt:
		n.text = [2]string{"CAST(" + v + " AS BIGINT)", "CAST('" + v + "' AS BIGINT)"}
	case types.Decimal:
		n.text[veloc] = "CAST('" + v + "' AS " + t.String() + ")"
		n.text[duckDB] = n.text[veloc]
	case types.Float, types.Double:
		n.text = [2]string{"CAST('" + v + "' AS " + t.String() + ")", "CAST('" + v + "' AS " + t.String() + ")"}
		if t.Kind == types.Double && !strings.ContainsAny(v, "NIe") && maybe(g.r, 2) {
			n.text[veloc] = v + "e0"
		}
	case types.Boolean:
		both(strings.ToUpper(v))
	case types.String:
		both(quoteText(v))
	case types.Bytes:
		n.text = [2]string{"CAST(" + quoteText(v) + " AS BYTES)", "CAST(" + quoteText(v) + " AS BLOB)"}
	case types.Date, types.Time, types.Timestamp:
		both(t.String() + " '" + v + "'")
	case types.Interval:
		both("INTERVAL " + pick(g.r, []string{"'1' HOUR", "'2' DAY", "'1' MONTH", "'1 day 2 hours'"}))
	}
	return n
}

func quoteText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// canonicalTime brings the texts of times of both sides to one form.
func canonicalTime(s string) string {
	if day, rest, ok := strings.Cut(s, " (BC)"); ok { // DuckDB counts years before Christ from 1
		if y, err := strconv.Atoi(day[:4]); err == nil && y == 1 {
			s = "0000" + day[4:] + rest
		}
	}
	s = strings.TrimPrefix(s, "+") // a year of five digits
	s = strings.TrimSuffix(strings.Replace(s, "T", " ", 1), "Z")
	if i := strings.LastIndexByte(s, '.'); i >= 0 {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if t, err := time.Parse("2006-01-02 15:04:05.999999", s); err == nil {
		return t.Format("2006-01-02 15:04:05.999999")
	}
	return s
}
