//go:build cgo

package oracle

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// verdict is what comparing one program came to.
type verdict struct {
	err     error  // a difference
	skipped string // why there is nothing to compare, "" if there is
}

// kind tells differences of the same sort: a program that is made smaller must
// keep it.
func (v verdict) kind() string {
	if v.err == nil {
		return ""
	}
	k, _, _ := strings.Cut(v.err.Error(), ":")
	return k
}

// differential builds programs into one binary, runs them and compares what
// they do with DuckDB.
func differential(dir string, check *checker, d *duck, list []*text) ([]verdict, error) {
	out := make([]verdict, len(list))
	programs := make([]*compiled, len(list))
	any := false
	first := map[string]int{} // programs that differ in their data alone are built once
	at := make([]int, len(list))
	for i, t := range list {
		at[i] = i
		if j, ok := first[t.sql]; ok {
			at[i], out[i] = j, out[j]
			continue
		}
		first[t.sql] = i
		c, err := t.compile()
		switch {
		case err != nil:
			out[i].err = fmt.Errorf("compile: %w", err)
		case c.refused != "":
			out[i].skipped = "refused: " + c.refused
		default:
			if err := check.check(c.files); err != nil {
				out[i].err = fmt.Errorf("check: %w", err)
				continue
			}
			programs[i] = c
			any = true
		}
	}
	if !any {
		return out, nil
	}
	b, err := build(dir, programs)
	if err != nil {
		return nil, err
	}
	for i, t := range list {
		if programs[at[i]] != nil {
			out[i] = compareOne(b, at[i], d, t)
		}
	}
	return out, nil
}

// compareOne runs one program on both sides.
func compareOne(b *binary, i int, d *duck, t *text) verdict {
	one, err := b.run(i, t, 1)
	if err != nil {
		return verdict{err: fmt.Errorf("run: %w", err)}
	}
	two, err := b.run(i, t, 2)
	if err != nil {
		return verdict{err: fmt.Errorf("run: %w", err)}
	}
	if len(one.rejected) != len(two.rejected) {
		return verdict{err: fmt.Errorf("workers: one worker rejects %d records, two reject %d", len(one.rejected), len(two.rejected))}
	}
	for _, r := range t.results {
		if err := sameRows(two.results[r.name], one.results[r.name], r); err != nil {
			return verdict{err: fmt.Errorf("workers: two workers, compared with one: %w", err)}
		}
	}
	want, err := d.answer(t)
	if err == nil && len(one.rejected) == 0 {
		return compareRows(t, one, want)
	}
	if err != nil && fatal(err) {
		return verdict{skipped: "DuckDB: " + firstLine(err)}
	}
	bad, err := d.failing(t)
	if err != nil {
		return verdict{skipped: "DuckDB: " + firstLine(err)}
	}
	if t.perRow && !t.lazy && len(t.results) == 1 {
		if n := count(bad); n > len(one.rejected) {
			return verdict{err: fmt.Errorf("overflow: DuckDB fails on %d rows, veloc rejects %d", n, len(one.rejected))}
		}
	}
	// Rows that one of the sides cannot compute are left out, and both asked again.
	for _, r := range one.rejected {
		for k, s := range t.tables {
			if at := rowAt(s, r.Line); s.file().name == filepath.Base(r.File) && at >= 0 {
				bad[k][at] = true
			}
		}
	}
	if count(bad) == 0 {
		return verdict{skipped: "groups fail"}
	}
	clean := t.without(bad)
	if one, err = b.run(i, clean, 1); err != nil {
		return verdict{err: fmt.Errorf("run: %w", err)}
	}
	if len(one.rejected) > 0 {
		return verdict{skipped: "groups fail"}
	}
	if want, err = d.answer(clean); err != nil {
		return verdict{skipped: "DuckDB: " + firstLine(err)}
	}
	return compareRows(clean, one, want)
}

func compareRows(t *text, got *outcome, want map[string][]row) verdict {
	for _, r := range t.results {
		if err := sameRows(got.results[r.name], want[r.name], r); err != nil {
			return verdict{err: fmt.Errorf("differs: %w", err)}
		}
	}
	return verdict{}
}

// answer asks DuckDB for all results.
func (d *duck) answer(t *text) (map[string][]row, error) {
	defer d.unload()
	if err := d.load(t); err != nil {
		return nil, fmt.Errorf("%w: %w", errLoad, err)
	}
	out := map[string][]row{}
	for _, r := range t.results {
		rows, err := d.query(r)
		if err != nil {
			return nil, err
		}
		out[r.name] = rows
	}
	return out, nil
}

var errLoad = fmt.Errorf("load")

// fatal reports an error of DuckDB that has nothing to do with values.
func fatal(err error) bool {
	return strings.HasPrefix(err.Error(), "load: ") || strings.Contains(err.Error(), "Binder Error") || strings.Contains(err.Error(), "INTERNAL")
}

// failing returns the rows that DuckDB fails on alone, by table.
func (d *duck) failing(t *text) ([][]bool, error) {
	bad := make([][]bool, len(t.tables))
	for k, s := range t.tables {
		bad[k] = make([]bool, len(s.rows))
		for i := range s.rows {
			alone := *t
			alone.tables = nil
			for j, o := range t.tables {
				only := *o
				only.rows = nil
				if j == k {
					only.rows = o.rows[i : i+1]
				}
				alone.tables = append(alone.tables, &only)
			}
			_, err := d.answer(&alone)
			if err != nil && fatal(err) {
				return nil, err
			}
			bad[k][i] = err != nil
		}
	}
	return bad, nil
}

func count(bad [][]bool) int {
	n := 0
	for _, list := range bad {
		for _, b := range list {
			if b {
				n++
			}
		}
	}
	return n
}

// without is the program without some rows of its data.
func (t *text) without(bad [][]bool) *text {
	out := *t
	out.tables, out.files = nil, nil
	for k, s := range t.tables {
		c := *s
		c.rows = nil
		for i, r := range s.rows {
			if !bad[k][i] {
				c.rows = append(c.rows, r)
			}
		}
		out.tables = append(out.tables, &c)
		out.files = append(out.files, c.file())
	}
	return &out
}

// rowAt is the row of a table that begins on a line of its file, or -1.
func rowAt(s *table, line int) int {
	at := 1
	for i := range s.rows {
		one := *s
		one.rows = s.rows[i : i+1]
		lines := strings.Count(one.file().text, "\n")
		if !s.json {
			lines-- // the header
			if i == 0 {
				at++
			}
		}
		if at == line {
			return i
		}
		at += lines
	}
	return -1
}

func firstLine(err error) string {
	s, _, _ := strings.Cut(err.Error(), "\n")
	for _, kind := range []string{"Conversion Error", "Out of Range Error"} {
		if strings.Contains(s, kind) {
			return kind // of which value does not matter
		}
	}
	return s[:min(len(s), 160)]
}

// worst returns the index of the first verdict of a kind, or -1.
func worst(list []verdict, kind string) int {
	return slices.IndexFunc(list, func(v verdict) bool { return v.kind() == kind })
}
