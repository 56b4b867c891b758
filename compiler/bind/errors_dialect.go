package bind

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

func (b *binder) errExplodeTable(at source.Span) {
	b.diags.Err(diag.ExplodeTable, at, "a table function over a table", "explode the elements of a stream")
}

func (b *binder) errKeyTwice(second, first *bound.Col) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.KeyTwice, Span: second.Loc, Msg: fmt.Sprintf("the key is selected twice, as %q and as %q", first.Name, second.Name),
		Labels: []diag.Label{{Span: first.Loc, Msg: "first here"}}, Hint: "copy it into the value with AS_VALUE(" + first.Name + ")",
	})
}

func (b *binder) errKeyNotSelected(sel *bound.Select, k keyColumn, name ast.Ident) {
	what := "key column"
	if sel.Grouped {
		what = "grouping expression"
	}
	b.diags.Err(diag.KeyNotSelected, sel.Loc, fmt.Sprintf("the query of %q does not select the %s %s", name.Name, what, k.sql), "add "+k.sql+" to the select list")
}

func (b *binder) errNoValueColumns(sel *bound.Select, what string) {
	b.diags.Err(diag.NoValueColumns, sel.Loc, what+" has no column beside its key", "select another column, or a copy of the key with AS_VALUE(key)")
}

func (b *binder) errResultKind(c *ast.Create, table bool) {
	yields, hint := "a stream", "write CREATE STREAM, or group the rows with GROUP BY"
	if table {
		yields, hint = "a table", "write CREATE TABLE"
	}
	b.diags.Err(diag.ResultKind, c.Name.Loc, fmt.Sprintf("the query of %q yields %s", c.Name.Name, yields), hint)
}

func (b *binder) errKeyWord(d *ast.ColumnDef, kind ast.RelKind) {
	msg, hint := "the key of a stream is a KEY", "write KEY instead of PRIMARY KEY"
	if kind == ast.Table {
		msg, hint = "the key of a table is a PRIMARY KEY", "write PRIMARY KEY instead of KEY"
	}
	b.diags.Err(diag.KeyWord, d.Loc, msg, hint)
}

func (b *binder) errTableWithoutKey(name ast.Ident) {
	b.diags.Err(diag.KeyWord, name.Loc, fmt.Sprintf("the table %q has no PRIMARY KEY", name.Name), "mark the column with the record's key: id STRING PRIMARY KEY")
}

func (b *binder) errPseudo(at source.Span, name string) {
	b.diags.Err(diag.PseudoColumn, at, fmt.Sprintf("%s is a column that every row has, and no other column can have the name", strings.ToUpper(name)), "give the column another name with AS")
}

func (b *binder) errUntypedNull(at source.Span, what string) {
	b.diags.Err(diag.UntypedNull, at, what+" has no type", "say which one it is: CAST(NULL AS STRING)")
}

func (b *binder) errPartitionNotSelected(sel *bound.Select, p partKey) {
	sql := ast.FormatExpr(p.ast)
	b.diags.Err(diag.KeyNotSelected, sel.Loc, fmt.Sprintf("the query does not select the expression %s of PARTITION BY", sql), "add "+sql+" to the select list")
}

func (b *binder) errNoGroupBy(sel *bound.Select, name ast.Ident) {
	b.diags.Err(diag.KeyNotSelected, sel.Loc, fmt.Sprintf("the table %q has no key, as nothing is grouped", name.Name), "group by what the rows have in common, or by a constant: SELECT 1 AS k, .. GROUP BY 1")
}

func (b *binder) errNestedOrder(x bound.Expr, at source.Span, what string) {
	b.diags.Err(diag.TypeMismatch, at, fmt.Sprintf("%s does not order values of %s", what, x.Type()), "compare them with = or <>, or compare their parts")
}

func (b *binder) errMapInKey(e *ends, c *bound.Col) {
	b.diags.Err(diag.PartFormat, e.formatLoc("key"), fmt.Sprintf("no key holds a MAP, and %q is %s", c.Name, c.Type), "take the parts of it that tell rows apart")
}
