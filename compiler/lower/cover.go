package lower

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/parser/source"
)

// Options are what the caller decides.
type Options struct {
	// Cover makes the program tell which branches of WHERE, HAVING and CASE run.
	Cover bool
}

// cover is the steps that tell that a branch runs, none unless that was asked for.
// A branch that is lowered in several places, as that of a view, is one branch.
func (b *body) cover(branch p.Outcome) []p.Step {
	pl := b.l.pl
	if !pl.options.Cover {
		return nil
	}
	at := -1
	for i, o := range pl.out.Branches {
		if o.Pos == branch.Pos && o.Clause == branch.Clause && o.Outcome == branch.Outcome && o.Text == branch.Text {
			at = i
		}
	}
	if at < 0 {
		at = len(pl.out.Branches)
		pl.out.Branches = append(pl.out.Branches, branch)
	}
	return []p.Step{&p.Do{X: &p.Method{X: field(field(v("q"), "w"), "connect"), Name: "Cover", Args: []p.Expr{intLit(int64(at))}}}}
}

// coverClause is the steps for an outcome of WHERE or HAVING.
func (b *body) coverClause(clause string, loc source.Span, outcome string) []p.Step {
	if !b.l.pl.options.Cover {
		return nil
	}
	return b.cover(p.Outcome{Clause: clause, Outcome: outcome, Text: clause + " " + b.l.sqlOf(loc, clause), Pos: loc.Start})
}

// coverCase is the steps for a branch of CASE; when is nil for ELSE. What is
// rewritten to CASE, such as COALESCE, has no branches in the SQL.
func (b *body) coverCase(e *bound.Case, when *bound.When) []p.Step {
	if !b.l.pl.options.Cover {
		return nil
	}
	file := b.l.pl.plan.Bound.File
	if text := file.Slice(e.Loc); len(text) < 4 || !strings.EqualFold(text[:4], "CASE") {
		return nil
	}
	branch := p.Outcome{Clause: "CASE", Outcome: "chosen", Text: "ELSE of " + oneLine(file.Slice(e.Loc), ""), Pos: e.Loc.Start}
	if when != nil {
		loc := when.Cond.Span()
		branch.Text, branch.Pos = "WHEN "+oneLine(file.Slice(loc), "WHEN"), loc.Start
	}
	return b.cover(branch)
}
