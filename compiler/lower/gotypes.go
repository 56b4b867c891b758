package lower

import (
	"fmt"

	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// Import paths that generated code uses.
const (
	runtimePath = "github.com/velocsql/veloc/runtime"
	decimalPath = runtimePath + "/decimal"
	sqlfnPath   = runtimePath + "/sqlfn"
	sqltimePath = runtimePath + "/sqltime"
	statePath   = runtimePath + "/state"
	aggPath     = runtimePath + "/agg"
	eventPath   = runtimePath + "/event"
)

func builtin(n string) p.GoType { return p.GoType{Name: n} }

// goType returns the Go type of an SQL type in generated code.
func goType(t types.Type) p.GoType {
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
			return p.GoType{Path: decimalPath, Name: "Int128"}
		}
		return builtin("int64")
	case types.String:
		return builtin("string")
	case types.Bytes:
		return p.GoType{Name: "byte", Slice: true}
	case types.Interval:
		return p.GoType{Path: sqltimePath, Name: "Interval"}
	case types.Null:
		return builtin("string")
	}
	panic(fmt.Sprintf("lower: no Go type for %s", t))
}

// unitDoc tells what the number in a field of this type counts.
func unitDoc(t types.Type) string {
	switch t.Kind {
	case types.Decimal:
		return t.String() + scaleDoc(t.Scale)
	case types.Date:
		return "DATE, days since 1970-01-01"
	case types.Time:
		return "TIME, microseconds of the day"
	case types.Timestamp:
		return "TIMESTAMP, microseconds since the epoch"
	}
	return ""
}

func scaleDoc(s int) string {
	switch s {
	case 0:
		return ""
	case 1:
		return ", in tenths"
	case 2:
		return ", in hundredths"
	case 3:
		return ", in thousandths"
	}
	return fmt.Sprintf(", times 10^%d", s)
}
