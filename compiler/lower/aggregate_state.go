package lower

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// stateFields lays out the state struct; owned says that rows can be taken back.
func (l *queryLowering) stateFields(t *p.Table, aggs []*bound.Agg, owned bool) {
	names := newMembers()
	names.used["nulls"], names.used["sent"] = true, true
	for _, a := range aggs {
		s := &p.AggState{Agg: a, Overload: a.Overload, Seen: -1, Owned: owned}
		s.Field = &p.Field{Name: names.pick(l.aggName(a)), Doc: a.Col.SQL, SQL: a.Col.Type, Null: -1}
		s.Field.Type = stateType(a)
		if a.Overload != nil && a.Overload.NullOnEmpty && a.Col.Nullable {
			s.Field.Null = t.State.NullBits
			s.Seen = t.State.NullBits
			t.State.NullBits++
		}
		s.Init = initOf(a)
		t.State.Fields = append(t.State.Fields, s.Field)
		if a.Distinct && !distinctFree(a) {
			s.SetKey = setKeyType(a)
			set := "Set"
			if s.Owned {
				set = "Counts"
			}
			s.Set = &p.Field{
				Name: names.pick(s.Field.Name + "Seen"), Doc: "the values of " + a.Col.SQL, Null: -1,
				Type: p.GoType{Path: statePath, Name: set, Args: []p.GoType{s.SetKey}},
			}
			t.State.Fields = append(t.State.Fields, s.Set)
		}
		t.Aggs = append(t.Aggs, s)
	}
}

// distinctFree reports aggregates that DISTINCT does not change.
func distinctFree(a *bound.Agg) bool {
	return a.Func.Same
}

// aggName is a short name for the state of an aggregate: the alias when the
// select list has one, else function and column.
func (l *queryLowering) aggName(a *bound.Agg) string {
	if n := l.aliases[a.Col]; n != "" {
		return unexported(n)
	}
	if a.Star {
		return "n"
	}
	name := a.Func.Name
	if r, ok := a.Args[0].(*bound.Ref); ok {
		name += "_" + r.Col.Name
	}
	return unexported(name)
}

// stateType is the Go type of an aggregate's state.
func stateType(a *bound.Agg) p.GoType {
	if a.Overload == nil {
		return builtin("int64")
	}
	name := a.Overload.State
	if name == "T" {
		return goType(a.Args[0].Type())
	}
	t := p.GoType{Path: a.Overload.Path, Name: name}
	if i := strings.IndexByte(name, '['); i >= 0 {
		t.Name = name[:i]
		for j := range strings.Split(name[i:], ",") { // [T] or [T,K]
			t.Args = append(t.Args, goType(a.Args[j].Type()))
		}
	}
	return t
}

// distinctPair reports an aggregate whose rows are told apart by two numbers.
func distinctPair(a *bound.Agg) bool {
	kinds := a.Overload.Params
	return len(kinds) == 2 && a.Overload.Final == 0 && kinds[0] == types.Double && kinds[1] == types.Double
}

// setKey is the value by which DISTINCT tells rows apart: the first argument, or
// both of two numbers.
func setKey(a *bound.Agg, in aggArgs) p.Expr {
	_, key := keyForm(a.Args[0].Type(), in.vals[0].x)
	if !distinctPair(a) {
		return key
	}
	_, second := keyForm(a.Args[1].Type(), in.vals[1].x)
	return &p.Composite{T: p.PairKey, Fields: []p.FieldValue{{X: key}, {X: second}}}
}

// setKeyType is the comparable type that DISTINCT keeps for a row.
func setKeyType(a *bound.Agg) p.GoType {
	if distinctPair(a) {
		return p.PairKey
	}
	t := a.Args[0].Type()
	switch t.Kind {
	case types.Float, types.Double:
		return builtin("uint64")
	case types.Bytes, types.Array, types.Map, types.Struct:
		return builtin("string")
	}
	return goType(t)
}

func initOf(a *bound.Agg) p.Expr {
	if a.Overload == nil {
		return nil
	}
	switch a.Overload.Init {
	case funcs.InitTrue:
		return yes
	case funcs.InitOnes:
		return lit("-1")
	case funcs.InitMax, funcs.InitMin:
		side := "Max"
		if a.Overload.Init == funcs.InitMin {
			side = "Min"
		}
		switch goType(a.Args[0].Type()).Name {
		case "int32":
			return &p.Symbol{Path: "math", Name: side + "Int32"}
		case "int64":
			return &p.Symbol{Path: "math", Name: side + "Int64"}
		}
		panic("lower: no extreme value of " + a.Args[0].Type().String())
	}
	return nil
}
