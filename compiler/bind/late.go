package bind

import (
	"slices"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/runtime/config"
	"github.com/velocsql/veloc/runtime/spec"
)

// lateKey is the option that says what happens to late rows.
const lateKey = "late.data.strategy"

var latePolicies = map[string]bound.LatePolicy{
	"drop": bound.LateDrop, "dead_letter": bound.LateDeadLetter,
	"include_in_next_window": bound.LateNextWindow, "update_previous_window": bound.LateUpdate,
}

// lateOption is the option of a statement about late rows, nil without one.
func (s *optionSet) lateOption() *option {
	decl, _ := spec.Find(catalog.StatementOptions, lateKey)
	for _, o := range s.own {
		if o.key == decl.Key || slices.Contains(decl.Aliases, o.key) {
			return o
		}
	}
	return nil
}

// latePolicy settles what a window does with late rows when all options are
// known: what its statement says, else the source that it reads, else SET.
func (k *block) latePolicy(w *bound.Window) {
	b := k.b
	b.stmt.windows++
	own, reads := b.stmt.opts.lateOption(), b.stmt.reads
	b.later = append(b.later, func() {
		loc, policy := w.Loc, bound.LateDrop
		switch {
		case own != nil:
			loc, policy = own.ValueLoc, lateValue(own.Value)
		default:
			for _, s := range b.prog.Settings {
				if s.Key == lateKey {
					loc, policy = s.Loc, lateValue(s.Value)
				}
			}
			for _, r := range reads {
				if r.rel == nil || r.rel.Source == nil {
					continue
				}
				for _, o := range r.rel.Options {
					if o.Key == lateKey {
						loc, policy = o.Loc, lateValue(o.Value)
					}
				}
			}
		}
		if b.checkLate(k, w, policy, loc) {
			w.Late = policy
		}
	})
}

// lateValue is the policy of a value that has been checked.
func lateValue(v string) bound.LatePolicy {
	decl, _ := spec.Find(catalog.StatementOptions, lateKey)
	name, _ := config.Enum(decl, v)
	return latePolicies[name]
}
