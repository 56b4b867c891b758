package parser

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// dump writes a tree without its positions.
func dump(f *ast.File) string {
	var b strings.Builder
	for _, s := range f.Stmts {
		dumpValue(&b, reflect.ValueOf(s))
		b.WriteByte('\n')
	}
	var comments []string
	for _, c := range f.Comments {
		comments = append(comments, c.Text)
	}
	slices.Sort(comments)
	fmt.Fprintf(&b, "%q\n", comments)
	return b.String()
}

func dumpExpr(x ast.Expr) string {
	var b strings.Builder
	dumpValue(&b, reflect.ValueOf(x))
	return b.String()
}

func dumpValue(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		dumpValue(b, v.Elem())
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			fmt.Fprintf(b, "%x", v.Bytes())
			return
		}
		b.WriteByte('[')
		for i := range v.Len() {
			dumpValue(b, v.Index(i))
			b.WriteByte(' ')
		}
		b.WriteByte(']')
	case reflect.Struct:
		t := v.Type()
		if t == reflect.TypeFor[source.Span]() {
			b.WriteByte('@')
			if v.Interface().(source.Span).IsZero() {
				b.WriteByte('0')
			}
			return
		}
		b.WriteString(t.Name() + "{")
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				b.WriteString(t.Field(i).Name + ":")
				dumpValue(b, v.Field(i))
				b.WriteByte(' ')
			}
		}
		b.WriteByte('}')
	default:
		fmt.Fprintf(b, "%#v", v.Interface())
	}
}

// checkFormat fails the test unless formatting text keeps its tree and is a fixpoint.
func checkFormat(t *testing.T, text string) string {
	t.Helper()
	first, list := Parse(source.NewFile("in.sql", text))
	if list.HasErrors() {
		t.Fatalf("%s\ndoes not parse: %v", text, list.All()[0].Msg)
	}
	formatted := ast.Format(first)
	f := source.NewFile("out.sql", formatted)
	second, list := Parse(f)
	if list.HasErrors() {
		d := list.All()[0]
		t.Fatalf("%s\nis formatted as\n%s\nwhich does not parse: %s: %s", text, formatted, f.Loc(d.Span.Start), d.Msg)
	}
	if a, b := dump(first), dump(second); a != b {
		t.Fatalf("formatting changes the tree of\n%s\nformatted\n%s\nfrom %s\nto   %s", text, formatted, a, b)
	}
	if again := ast.Format(second); again != formatted {
		t.Fatalf("formatting twice differs for\n%s\nonce\n%s\ntwice\n%s", text, formatted, again)
	}
	return formatted
}

func TestSuiteFormats(t *testing.T) {
	for _, tests := range readSuite(t) {
		for _, c := range tests {
			if _, list := Parse(source.NewFile("in.sql", c.SQL)); !list.HasErrors() {
				checkFormat(t, c.SQL)
			}
		}
	}
}
