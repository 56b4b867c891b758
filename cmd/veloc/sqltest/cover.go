package sqltest

import (
	"slices"
	"strings"

	"github.com/velocsql/veloc/compiler/pipeline"
)

// Covered is what the cases of a run cover of one program.
type Covered struct {
	// Program is what the cases call it: a path, or the name of the SQL of a file.
	Program string
	Ran     int // branches that ran
	Missing []Branch
}

// Branch is an outcome of a WHERE, a HAVING or a CASE.
type Branch struct {
	Line, Column int
	// Text is the condition, What what it was in all cases: "WHERE qty > 1" was
	// "always true", "never true" or, of CASE, "never chosen".
	Text, What string
}

// Coverage is what cases cover, by program, in the order of the cases. Programs
// without a branch are left out. The suite must have run with Cover.
func Coverage(results []*Result) []Covered {
	type seen struct {
		job *job
		ran map[int]bool
	}
	byProgram := map[string]*seen{}
	var order []*seen
	for _, r := range results {
		if r.job == nil || r.job.answer == nil {
			continue
		}
		k := r.Case.SQLName + "\x00" + r.Case.SQL
		s := byProgram[k]
		if s == nil {
			s = &seen{job: r.job, ran: map[int]bool{}}
			byProgram[k] = s
			order = append(order, s)
		}
		for _, b := range r.job.answer.Covered {
			s.ran[b] = true
		}
	}
	var list []Covered
	for _, s := range order {
		branches := s.job.pipe.Branches
		if len(branches) == 0 {
			continue
		}
		c := Covered{Program: s.job.c.SQLName, Ran: len(s.ran)}
		for i, b := range branches {
			if !s.ran[i] {
				c.Missing = append(c.Missing, s.job.branch(b))
			}
		}
		slices.SortStableFunc(c.Missing, func(a, b Branch) int {
			if a.Line != b.Line {
				return a.Line - b.Line
			}
			return a.Column - b.Column
		})
		list = append(list, c)
	}
	return list
}

func (p *program) branch(b pipeline.Outcome) Branch {
	line, column := p.pipe.File.Position(b.Pos)
	what := "never " + b.Outcome
	if b.Outcome == "not true" {
		what = "always true"
	}
	return Branch{Line: line, Column: column, Text: strings.TrimSpace(b.Text), What: what}
}
