package bind

import (
	"slices"

	"github.com/velocsql/veloc/compiler/types"
)

// javaTargets are the types that ksqlDB casts a type to, beside itself.
var javaTargets = map[types.Kind][]types.Kind{
	types.Boolean:   {types.String},
	types.Int:       {types.BigInt, types.Decimal, types.Double, types.String},
	types.BigInt:    {types.Int, types.Decimal, types.Double, types.String},
	types.Decimal:   {types.Int, types.BigInt, types.Double, types.String},
	types.Double:    {types.Int, types.BigInt, types.Decimal, types.String},
	types.String:    {types.Boolean, types.Int, types.BigInt, types.Decimal, types.Double, types.Date, types.Time, types.Timestamp, types.Bytes},
	types.Date:      {types.Timestamp, types.String},
	types.Time:      {types.Timestamp, types.String},
	types.Timestamp: {types.Date, types.Time, types.String},
	types.Bytes:     {types.String},
	types.Array:     {types.String},
	types.Map:       {types.String},
	types.Struct:    {types.String},
}

// javaCasts reports a cast that ksqlDB knows; types that it does not have are left
// to the rules of veloc.
func javaCasts(from, to types.Type) bool {
	targets, known := javaTargets[from.Kind]
	_, ours := javaTargets[to.Kind]
	if from.Kind != to.Kind {
		return !known || !ours || slices.Contains(targets, to.Kind)
	}
	switch from.Kind {
	case types.Array:
		return javaCasts(*from.Elem, *to.Elem)
	case types.Map:
		return javaCasts(*from.Key, *to.Key) && javaCasts(*from.Elem, *to.Elem)
	case types.Struct:
		for _, f := range to.Fields {
			if i := from.FieldIndex(f.Name); i >= 0 && !javaCasts(from.Fields[i].Type, f.Type) {
				return false
			}
		}
	}
	return true
}
