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
	nestedPath  = runtimePath + "/nested"
	jsonPath    = runtimePath + "/format/json"
	textPath    = runtimePath + "/jsontext"
)

func builtin(n string) p.GoType { return p.GoType{Name: n} }

// goType returns the Go type of an SQL type in generated code.
func goType(t types.Type) p.GoType { return p.ValueType(t) }

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
