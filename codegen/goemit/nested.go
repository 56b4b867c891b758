package goemit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// TypeFunc renders the function that does an operation with values of a type.
func TypeFunc(op p.TypeOp, t types.Type) *jen.Statement {
	if t.IsNested() || op == p.OpAppend {
		if op == p.OpRead {
			return jen.Parens(jen.Op("*").Id("memory")).Dot(TypeFuncName(op, t))
		}
		return jen.Id(TypeFuncName(op, t))
	}
	switch op {
	case p.OpCompare:
		return compareFunc(t)
	case p.OpClone:
		switch t.Kind {
		case types.String, types.JSON, types.Null:
			return jen.Qual("strings", "Clone")
		case types.Bytes:
			return jen.Qual("bytes", "Clone")
		}
		return jen.Nil()
	}
	panic(fmt.Sprintf("goemit: no function to %s %s", op, t))
}

// TypeFuncName is the name of a generated function: compareTextArray.
func TypeFuncName(op p.TypeOp, t types.Type) string { return op.String() + p.TypeName(t) }

func compareFunc(t types.Type) *jen.Statement {
	switch t.Kind {
	case types.Boolean:
		return jen.Qual(runtimePath+"/state", "CompareBool")
	case types.Int, types.Date:
		return jen.Qual("cmp", "Compare").Types(jen.Int32())
	case types.BigInt, types.Time, types.Timestamp:
		return jen.Qual("cmp", "Compare").Types(jen.Int64())
	case types.Float:
		return jen.Qual(runtimePath+"/sqlfn", "CompareFloat32")
	case types.Double:
		return jen.Qual(runtimePath+"/sqlfn", "CompareFloat")
	case types.Decimal:
		if t.Wide() {
			return jen.Qual(runtimePath+"/decimal", "Int128").Dot("Cmp")
		}
		return jen.Qual("cmp", "Compare").Types(jen.Int64())
	case types.JSON:
		return jen.Qual(runtimePath+"/jsontext", "Compare")
	case types.Bytes:
		return jen.Qual("bytes", "Compare")
	case types.Interval:
		return jen.Qual(runtimePath+"/sqltime", "Compare")
	}
	return jen.Qual("strings", "Compare")
}
