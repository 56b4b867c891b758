package pipeline

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/types"
)

const runtimePath = "github.com/velocsql/veloc/runtime"

func builtin(n string) GoType { return GoType{Name: n} }

// ValueType returns the Go type of an SQL type in generated code.
func ValueType(t types.Type) GoType {
	switch t.Kind {
	case types.Boolean:
		return builtin("bool")
	case types.Int, types.Date:
		return builtin("int32")
	case types.BigInt, types.Time, types.Timestamp:
		return builtin("int64")
	case types.Float:
		return builtin("float32")
	case types.Double:
		return builtin("float64")
	case types.Decimal:
		if t.Wide() {
			return GoType{Path: runtimePath + "/decimal", Name: "Int128"}
		}
		return builtin("int64")
	case types.String:
		return builtin("string")
	case types.Bytes:
		return GoType{Name: "byte", Slice: true}
	case types.Interval:
		return GoType{Path: runtimePath + "/sqltime", Name: "Interval"}
	case types.Null, types.JSON:
		return builtin("string")
	case types.Array:
		return GoType{Path: runtimePath + "/nested", Name: "Array", Args: []GoType{ValueType(*t.Elem)}}
	case types.Map:
		return GoType{Path: runtimePath + "/nested", Name: "Map", Args: []GoType{ValueType(*t.Key), ValueType(*t.Elem)}}
	case types.Struct:
		return builtin(t.Named.Go)
	}
	panic(fmt.Sprintf("pipeline: no Go type for %s", t))
}
