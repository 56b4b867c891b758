package lower

import (
	"slices"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

// sourceAt is a source as it is read in one stage.
type sourceAt struct {
	rel   *bound.Relation
	stage int
}

// allSources lays out the sources in the order of the stages that read them.
// Names are given by the last one, which the embedding program sees.
func (pl *programLowering) allSources() {
	read := map[sourceAt]bool{}
	for _, r := range pl.plan.Relations {
		for _, rel := range scanned(r) {
			read[sourceAt{rel, r.Stage}] = true
		}
	}
	last := pl.plan.Stages - 1
	for stage := last; stage >= 0; stage-- {
		for _, rel := range pl.plan.Sources {
			if at := (sourceAt{rel, stage}); read[at] {
				pl.source(at)
			}
		}
	}
	for stage := range last + 1 {
		for _, rel := range pl.plan.Sources {
			if s := pl.sources[sourceAt{rel, stage}]; s != nil {
				s.Index = len(pl.out.Sources)
				pl.out.Sources = append(pl.out.Sources, s)
			}
		}
	}
}

// scanned are the sources that a relation reads.
func scanned(r *plan.Relation) []*bound.Relation {
	var out []*bound.Relation
	var look func(n plan.Node)
	look = func(n plan.Node) {
		if s, ok := n.(*plan.Scan); ok && !slices.Contains(out, s.Rel) {
			out = append(out, s.Rel)
		}
		for _, in := range n.Inputs() {
			look(in)
		}
	}
	look(r.Root)
	return out
}

// source lays out the public row of a declared relation, or takes over that of
// a later stage.
func (pl *programLowering) source(at sourceAt) {
	rel := at.rel
	s := &p.Source{Rel: rel, Name: rel.Name}
	pl.sources[at] = s
	for stage := at.stage + 1; stage < pl.plan.Stages; stage++ {
		if later := pl.sources[sourceAt{rel, stage}]; later != nil && later.Twin == nil {
			s.GoName, s.Var, s.Row, s.Twin = later.GoName, later.Var, later.Row, later
			return
		}
	}
	s.GoName = pl.names.pick(exported(rel.Name))
	s.Var = pl.names.pick(unexported(rel.Name))
	s.Row = &p.Struct{Name: s.GoName, Exported: true, Doc: s.GoName + " is a row of " + rel.Kind.String() + " " + rel.Name + " " + pl.place(rel.Loc) + "."}
	s.Row.Fields = columnFields(s.Row, rel.Cols, exported)
}

// stages counts what belongs to each stage.
func (pl *programLowering) stages() {
	if pl.plan.Stages < 2 {
		return
	}
	pl.out.Stages = make([]p.Stage, pl.plan.Stages)
	for at := range pl.sources {
		pl.out.Stages[at.stage].Sources++
	}
	for _, r := range pl.plan.Relations {
		pl.out.Stages[r.Stage].Queries++
	}
}
