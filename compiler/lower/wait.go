package lower

import (
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// maxWaiting is the number of columns up to which rows are copied to wait; wider
// ones cost more than the wait gains.
const maxWaiting = 16

// letWait splits the last part of a decoding loop off, in which a row is brought to
// its group, where the groups come out at the end of input. While the table is
// large, rows wait for each other before it: the lookups of many keys in a row
// overlap in the processor, those between the decoding of records hardly do.
func letWait(q *p.Query) {
	for _, f := range q.Funcs {
		if f.Kind != p.Process || f.Message != nil || f.Time != nil {
			continue
		}
		at, find := lastGroup(f.Steps)
		if find == nil || !canWait(f, find, f.Steps[at:]) {
			continue
		}
		for at > 0 && isClause(f.Steps[at-1]) {
			at--
		}
		add := &p.Func{
			Query: q, Kind: p.Block, Name: "addWaiting" + f.Name[len("process"):], In: f.In, Loc: f.Loc,
			Waiting: "waiting" + f.Name[len("process"):], Steps: f.Steps[at:],
		}
		f.Block = add
		f.Steps = append(f.Steps[:at:at], append([]p.Step{&p.Wait{Table: find.Table, To: add}}, f.Steps[at:]...)...)
		q.Funcs = append(q.Funcs, add)
	}
}

// lastGroup returns the place of the only step that finds a group.
func lastGroup(steps []p.Step) (at int, find *p.FindGroup) {
	for i, s := range steps {
		if f, ok := s.(*p.FindGroup); ok {
			if find != nil {
				return 0, nil
			}
			at, find = i, f
		}
	}
	return at, find
}

func isClause(s p.Step) bool {
	_, ok := s.(*p.Clause)
	return ok
}

// canWait reports whether steps need nothing but the decoded row and the state of
// its group.
func canWait(f *p.Func, find *p.FindGroup, steps []p.Step) bool {
	t := find.Table
	if !t.Final || t.Window != nil || t.Exchange != nil || len(t.Key) == 0 || len(t.Aggs) == 0 || t.Latest || t.Replaces || find.Known || find.Time != nil {
		return false
	}
	if len(f.In.Fields) > maxWaiting {
		return false
	}
	for _, fd := range f.In.Fields {
		switch fd.SQL.Kind {
		case types.Array, types.Map, types.Struct: // in memory that the next record uses
			return false
		}
	}
	known := map[string]bool{"in": true, "e": true, "g": true, "nil": true}
	if !plain(steps, known) {
		return false
	}
	ok, reads := true, false // nothing has to wait for a key that is constant
	p.EachExpr(steps, func(x p.Expr) {
		if v, is := x.(*p.Var); is {
			ok = ok && known[v.Name]
			reads = reads || v.Name == "in"
		}
	})
	return ok && reads
}

// plain reports steps that neither leave the row nor hand it on. It adds the
// variables that they define.
func plain(steps []p.Step, defined map[string]bool) bool {
	for _, s := range steps {
		switch s := s.(type) {
		case *p.Clause, *p.Assign, *p.Do, *p.MarkSeen, *p.FindGroup:
		case *p.Let:
			defined[s.Name], defined[s.OK] = true, true
		case *p.Declare:
			defined[s.Name] = true
		case *p.If:
			if !plain(s.Then, defined) || !plain(s.Else, defined) {
				return false
			}
		case *p.FindSeen:
			if !plain(s.Then, defined) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
