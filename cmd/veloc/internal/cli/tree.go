package cli

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// dumpTree prints a syntax tree: one line per node and per field that is set,
// nodes with their place.
//
//	CreateView 1:1
//	  Name: v
//	  Query: Query 1:18
func dumpTree(f *ast.File) string {
	t := tree{file: f.Source}
	for _, s := range f.Stmts {
		t.value("", reflect.ValueOf(s), 0)
	}
	return t.out.String()
}

type tree struct {
	out  strings.Builder
	file *source.File
}

var (
	spanType  = reflect.TypeFor[source.Span]()
	identType = reflect.TypeFor[ast.Ident]()
)

func (t *tree) line(depth int, label, text string) {
	t.out.WriteString(strings.Repeat("  ", depth))
	if label != "" {
		t.out.WriteString(label + ": ")
	}
	t.out.WriteString(text + "\n")
}

func (t *tree) value(label string, v reflect.Value, depth int) {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	switch {
	case v.Type() == spanType:
	case v.Type() == identType:
		t.line(depth, label, t.ident(v.Interface().(ast.Ident)))
	case v.Kind() == reflect.Struct:
		t.line(depth, label, v.Type().Name()+t.place(v))
		t.fields(v, depth+1)
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		for i := range v.Len() {
			t.value(fmt.Sprintf("%s[%d]", label, i), v.Index(i), depth)
		}
	case v.Kind() == reflect.String:
		t.line(depth, label, fmt.Sprintf("%q", v.String()))
	default:
		t.line(depth, label, fmt.Sprint(v.Interface()))
	}
}

// fields prints what is set in a node; embedded structs count as the node.
func (t *tree) fields(v reflect.Value, depth int) {
	for i := range v.NumField() {
		f, field := v.Field(i), v.Type().Field(i)
		switch {
		case !field.IsExported() || f.IsZero():
		case field.Anonymous && f.Kind() == reflect.Struct:
			t.fields(f, depth)
		default:
			t.value(field.Name, f, depth)
		}
	}
}

func (t *tree) ident(i ast.Ident) string {
	if i.Quoted {
		return fmt.Sprintf("%q", i.Name)
	}
	return i.Name
}

// place is where a node begins.
func (t *tree) place(v reflect.Value) string {
	loc := v.FieldByName("Loc")
	if t.file == nil || !loc.IsValid() || loc.Type() != spanType {
		return ""
	}
	span := loc.Interface().(source.Span)
	if span.IsZero() {
		return ""
	}
	line, col := t.file.Position(span.Start)
	return fmt.Sprintf(" %d:%d", line, col)
}
