package bind

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

func (b *binder) errPartFormat(e *ends, part, format, why string) {
	hint := "give another format: '" + part + ".format' = 'json'"
	b.diags.Err(diag.PartFormat, e.formatLoc(part), fmt.Sprintf("the format %q cannot hold the %s: %s", format, part, why), hint)
}

func (b *binder) errBareValue(e *ends, n int) {
	b.diags.Err(diag.BareValue, e.loc, fmt.Sprintf("'wrap.single.value' is about values of one column, and these have %d", n), "leave 'wrap.single.value' out")
}

func (b *binder) errMetadata(name *ast.StringLit) {
	b.diags.Err(diag.MetadataName, name.Loc, fmt.Sprintf("records have no metadata %q", name.Value), "there are: timestamp, offset, partition, topic, key")
}

func (b *binder) errHeaderType(d *ast.ColumnDef) {
	b.diags.Err(diag.MetadataName, d.Loc, "a header is BYTES", "declare the column as BYTES")
}

func (b *binder) errNoValueFormat(at source.Span) {
	b.diags.Err(diag.MissingOption, at, "the topic has no format of values, and there is no default of it", "add VALUE_FORMAT = 'JSON' to WITH")
}

func (b *binder) errKeyWindow(at source.Span, msg, hint string) {
	b.diags.Err(diag.KeyWindow, at, msg, hint)
}

func (b *binder) errHeadersType(d *ast.ColumnDef, t types.Type) {
	b.diags.Err(diag.MetadataName, d.Loc, "the headers of a record are "+bound.HeadersType.String()+", not "+t.String(), "declare the column so")
}

func (b *binder) errMetadataType(d *ast.ColumnDef, want types.Type) {
	b.diags.Err(diag.MetadataName, d.Loc, fmt.Sprintf("the metadata %q is %s", d.Metadata.Value, want), "declare the column as "+want.String())
}
