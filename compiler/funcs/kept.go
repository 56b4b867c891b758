package funcs

import "github.com/velocsql/veloc/compiler/types"

// kept gives an overload that cannot retract one that can: its state has the
// methods Add, Remove and the one that reads the result.
func kept(o AggOverload, state, value string) AggOverload {
	k := o
	k.Path, k.State = Agg, state
	k.Add, k.Remove, k.Merge, k.Init = add, remove, AggStep{}, InitZero
	k.Value.Method, k.Keeps, k.Snapshot = value, false, 0
	o.Kept = &k
	return o
}

// arriving is kept of an aggregate that goes by the order of arrival.
func arriving(o AggOverload, state, value string) AggOverload {
	o = kept(o, state, value)
	o.Kept.Arrival, o.Kept.Funcs = true, nil
	return o
}

// stepping names the methods that change a kept state.
func stepping(o AggOverload, add, remove string) AggOverload {
	o.Kept.Add.Name, o.Kept.Remove.Name = add, remove
	return o
}

// comparing1 passes the order of the first argument, comparing2 that of the second.
func comparing1(args []types.Type) []TypeFunc { return []TypeFunc{{Compare, args[0]}} }
func comparing2(args []types.Type) []TypeFunc { return []TypeFunc{{Compare, args[1]}} }

// keptInOrder is kept in the order of the values.
func keptInOrder(o AggOverload, value string) AggOverload {
	o = kept(o, "Kept[T]", value)
	o.Kept.Funcs = comparing1
	return o
}

// finally leaves the parameters behind the first to the reading of a kept state.
func finally(o AggOverload) AggOverload {
	o.Kept.Final = len(o.Params) - 1
	return o
}

// each applies a change to all overloads.
func each(list []AggOverload, change func(AggOverload) AggOverload) []AggOverload {
	for i := range list {
		list[i] = change(list[i])
	}
	return list
}

func keptEnd(value string) func(AggOverload) AggOverload {
	return func(o AggOverload) AggOverload { return arriving(o, "Arrivals[T]", value) }
}
