package funcs

import (
	"fmt"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	sqltypes "github.com/velocsql/veloc/compiler/types"
)

// goTypes are the Go types of values in generated code.
var goTypes = map[sqltypes.Kind]string{
	sqltypes.Boolean: "bool", sqltypes.Int: "int32", sqltypes.BigInt: "int64", sqltypes.Float: "float32", sqltypes.Double: "float64",
	sqltypes.Decimal: Decimal + ".Int128", sqltypes.String: "string", sqltypes.JSON: "string", sqltypes.Bytes: "[]byte", sqltypes.Date: "int32",
	sqltypes.Time: "int64", sqltypes.Timestamp: "int64", sqltypes.Interval: "github.com/velocsql/veloc/runtime/sqltime.Interval",
}

// goTypeText spells the Go type of a result.
func goTypeText(t sqltypes.Type) string {
	switch t.Kind {
	case sqltypes.Array:
		return Nested + ".Array[" + goTypeText(*t.Elem) + "]"
	case sqltypes.Map:
		return Nested + ".Map[" + goTypeText(*t.Key) + ", " + goTypeText(*t.Elem) + "]"
	}
	return goTypes[t.Kind]
}

var aName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// load loads the Go packages that the tables name.
func load(t *testing.T) map[string]*types.Package {
	t.Helper()
	paths := map[string]bool{}
	for _, f := range Scalars() {
		for _, o := range append(f.Overloads[:len(f.Overloads):len(f.Overloads)], f.KsqlDB...) {
			paths[o.Go.Path] = true
			if o.Const != nil {
				paths[o.Const.New.Path] = true
			}
		}
	}
	for _, f := range Aggregates() {
		for _, o := range stated(&f) {
			paths[o.Path] = true
		}
	}
	delete(paths, "")
	var list []string
	for p := range paths {
		list = append(list, p)
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps}, list...)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*types.Package{}
	for _, p := range pkgs {
		if len(p.Errors) > 0 {
			t.Fatal(p.Errors)
		}
		out[p.PkgPath] = p.Types
	}
	return out
}

func checkText(t *testing.T, name, doc string, examples int) {
	t.Helper()
	if !strings.HasPrefix(doc, name+" ") || !strings.HasSuffix(doc, ".") || strings.HasSuffix(doc, "..") {
		t.Errorf("%s: documentation %q", name, doc)
	}
	if examples == 0 {
		t.Errorf("%s has no example", name)
	}
}

func checkExample(t *testing.T, name string, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.TrimSpace(s) == "" || strings.Count(s, "'")%2 != 0 || strings.Count(s, "(") != strings.Count(s, ")") && !strings.Contains(s, "'") {
			t.Errorf("%s: example %q", name, s)
		}
	}
}

func TestNames(t *testing.T) {
	taken := map[string]string{}
	take := func(names []string) {
		for _, n := range names {
			if other, ok := taken[n]; ok {
				t.Errorf("%s and %s are both called %s", other, names[0], n)
			}
			taken[n] = names[0]
			if !aName.MatchString(n) {
				t.Errorf("name %q", n)
			}
		}
	}
	for _, f := range Scalars() {
		take(f.Names())
		checkText(t, f.Name, f.Doc, len(f.Examples))
		for _, e := range f.Examples {
			checkExample(t, f.Name, e.SQL, e.Want)
			if !usesOneOf(e.SQL, f.Names()) {
				t.Errorf("%s: example %q does not call it", f.Name, e.SQL)
			}
		}
		if f.Area == "" || (len(f.Overloads) == 0) != (f.Special != "") {
			t.Errorf("%s: area %q, %d overloads, special %q", f.Name, f.Area, len(f.Overloads), f.Special)
		}
	}
	for _, f := range Aggregates() {
		take(append([]string{f.Name}, f.Aliases...))
		checkText(t, f.Name, f.Doc, len(f.Examples))
		for _, e := range f.Examples {
			checkExample(t, f.Name, e.SQL, e.Rows, e.Want)
		}
	}
}

func usesOneOf(sql string, names []string) bool {
	for _, n := range names {
		if strings.Contains(strings.ToLower(sql), n) {
			return true
		}
	}
	return false
}

func TestFind(t *testing.T) {
	if f, ok := Find("UCASE"); !ok || f.Name != "upper" {
		t.Error("ucase is not upper")
	}
	if f, ok := FindAgg("Group_Concat"); !ok || f.Name != "string_agg" {
		t.Error("group_concat is not string_agg")
	}
	if _, ok := Find("sum"); ok {
		t.Error("sum is a scalar function")
	}
}

// result is an example of the type of a call, and whether there is one.
func result(params []sqltypes.Kind, ret sqltypes.Type, of func([]sqltypes.Type) sqltypes.Type) sqltypes.Type {
	if of == nil {
		return ret
	}
	args := make([]sqltypes.Type, len(params))
	for i, k := range params {
		args[i] = sqltypes.Of(k)
		switch k {
		case sqltypes.Decimal:
			args[i] = sqltypes.Dec(10, 2)
		case sqltypes.Invalid:
			args[i] = sqltypes.Of(sqltypes.BigInt)
		}
	}
	return of(args)
}

// wantSignature spells the Go function that an overload calls, leaving out one
// argument if it was prepared.
func wantSignature(o *Overload, prepared bool) string {
	var in []string
	if o.Go.Fault {
		in = append(in, "*github.com/velocsql/veloc/runtime/fault.Fault")
	}
	if o.Go.Clock {
		in = append(in, "int64")
	}
	for i, k := range o.Params {
		if prepared && o.Const.Takes(i) {
			continue
		}
		g := goTypes[k]
		if o.Variadic && i == len(o.Params)-1 {
			g = "..." + g
		}
		in = append(in, g)
		if k == sqltypes.Decimal {
			in = append(in, "int")
		}
	}
	ret := result(o.Params, o.Ret, o.RetOf)
	out := goTypeText(ret)
	if ret.Kind == sqltypes.Decimal {
		in = append(in, "int")
	}
	if o.Go.OrNull {
		out += ", bool"
	}
	return "(" + strings.Join(in, ", ") + ") (" + out + ")"
}

// signature spells a Go function.
func signature(s *types.Signature) string {
	spell := func(tuple *types.Tuple, variadic bool) string {
		var list []string
		for i := range tuple.Len() {
			typ := tuple.At(i).Type()
			text := types.TypeString(typ, nil) // never a type parameter: literals have no type to infer
			if variadic && i == tuple.Len()-1 {
				text = "..." + strings.TrimPrefix(text, "[]")
			}
			list = append(list, text)
		}
		return strings.Join(list, ", ")
	}
	return "(" + spell(s.Params(), s.Variadic()) + ") (" + spell(s.Results(), false) + ")"
}

func TestRecipesExist(t *testing.T) {
	pkgs := load(t)
	for _, f := range Scalars() {
		all := append(f.Overloads[:len(f.Overloads):len(f.Overloads)], f.KsqlDB...)
		for i := range all {
			o := &all[i]
			if o.Go.Path == "" {
				if types.Universe.Lookup(o.Go.Name) == nil {
					t.Errorf("%s: Go has no %s", f.Name, o.Go.Name)
				}
				continue
			}
			fn, ok := pkgs[o.Go.Path].Scope().Lookup(o.Go.Name).(*types.Func)
			if !ok {
				t.Errorf("%s: there is no function %s.%s", f.Name, o.Go.Path, o.Go.Name)
				continue
			}
			if o.Generic != nil {
				continue // its examples are compiled
			}
			if got, want := signature(fn.Signature()), wantSignature(o, false); got != want {
				t.Errorf("%s: %s has the signature\n\t%s, want\n\t%s", f.Name, o.Go.Name, got, want)
			}
			if o.Const != nil {
				checkConst(t, pkgs, &f, o)
			}
		}
	}
}

// checkConst checks the constructor and the method of a prepared argument.
func checkConst(t *testing.T, pkgs map[string]*types.Package, f *Func, o *Overload) {
	t.Helper()
	c := o.Const
	pkg := pkgs[c.New.Path]
	fn, ok := pkg.Scope().Lookup(c.New.Name).(*types.Func)
	if !ok {
		t.Errorf("%s: there is no constructor %s", f.Name, c.New.Name)
		return
	}
	made := fn.Signature().Results().At(0).Type()
	if got := types.TypeString(made, func(*types.Package) string { return "" }); got != c.Type {
		t.Errorf("%s: %s makes %s, not %s", f.Name, c.New.Name, got, c.Type)
	}
	obj, _, _ := types.LookupFieldOrMethod(made, true, pkg, c.Method)
	m, ok := obj.(*types.Func)
	if !ok {
		t.Errorf("%s: %s has no method %s", f.Name, c.Type, c.Method)
		return
	}
	if got, want := signature(m.Signature()), wantSignature(o, true); got != want {
		t.Errorf("%s: %s has the signature\n\t%s, want\n\t%s", f.Name, c.Method, got, want)
	}
	if (c.Also > 0) != (c.CheckAlso != nil) {
		t.Errorf("%s: the second constant has no check", f.Name)
	}
	if c.Check != nil && c.Check("\x00%!(") == nil {
		t.Errorf("%s: the check accepts anything", f.Name)
	}
}

// step checks the method of a step; params are the Go types that it takes.
func step(t *testing.T, name string, state types.Type, pkg *types.Package, s AggStep, params string) {
	t.Helper()
	if s.Kind != Method {
		return
	}
	obj, _, _ := types.LookupFieldOrMethod(state, true, pkg, s.Name)
	m, ok := obj.(*types.Func)
	if !ok {
		t.Errorf("%s: %s has no method %s", name, state, s.Name)
		return
	}
	if got, want := signature(m.Signature()), "("+params+") ()"; got != want {
		t.Errorf("%s: %s of %s has the signature %s, want %s", name, s.Name, state, got, want)
	}
}

func TestAggregateStatesExist(t *testing.T) {
	pkgs := load(t)
	for _, f := range Aggregates() {
		all := stated(&f)
		for i := range all {
			o := &all[i]
			if o.Path == "" {
				if o.State != "T" && types.Universe.Lookup(o.State) == nil {
					t.Errorf("%s: Go has no type %s", f.Name, o.State)
				}
				if o.Add.Kind == Method || o.Value.Method != "" {
					t.Errorf("%s: a method of %s", f.Name, o.State)
				}
				continue
			}
			checkState(t, pkgs, &f, o)
		}
	}
}

// stated are all overloads of an aggregate that have a state.
func stated(f *AggFunc) []AggOverload {
	all := slices.Concat(f.Overloads, f.Sorted, f.KsqlDB)
	for i := range all {
		if k := all[i].Kept; k != nil {
			all = append(all, *k)
		}
	}
	return all
}

// paramTypes are types of the parameters of an overload: BIGINT stands for any and
// for decimals that are an int64.
func paramTypes(o *AggOverload) []sqltypes.Type {
	var out []sqltypes.Type
	for _, k := range o.Params {
		if k == sqltypes.Invalid || k == sqltypes.Decimal && o.MaxPrecision > 0 {
			k = sqltypes.BigInt
		}
		out = append(out, sqltypes.Of(k))
	}
	return out
}

func checkState(t *testing.T, pkgs map[string]*types.Package, f *AggFunc, o *AggOverload) {
	t.Helper()
	var args []string
	for _, k := range o.Params {
		g := goTypes[k]
		if k == sqltypes.Invalid {
			g = "int64"
		}
		if k == sqltypes.Decimal && o.MaxPrecision > 0 && o.MaxPrecision <= 18 {
			g = "int64"
		}
		args = append(args, g)
	}
	plain := args
	args = nil
	for _, g := range plain[:len(plain)-o.Final] {
		args = append(args, g)
		if o.Nulls {
			args = append(args, "bool")
		}
	}
	if o.Funcs != nil {
		for _, f := range o.Funcs(paramTypes(o)) {
			g := goTypes[f.T.Kind]
			args = append(args, map[TypeOp]string{Compare: fmt.Sprintf("func(%s, %s) int", g, g), Clone: fmt.Sprintf("func(%s) %s", g, g)}[f.Op])
		}
	}
	if o.Arrival {
		args = append(args, "int64")
	}
	base, generic, _ := strings.Cut(o.State, "[")
	pkg := pkgs[o.Path]
	obj := pkg.Scope().Lookup(base)
	if obj == nil {
		t.Errorf("%s: there is no type %s", f.Name, o.State)
		return
	}
	state := obj.Type()
	if generic != "" {
		var list []types.Type
		for i := range strings.Split(generic, ",") {
			list = append(list, goType(pkgs, plain[i]))
		}
		inst, err := types.Instantiate(nil, state, list, true)
		if err != nil {
			t.Errorf("%s: %s of %s: %v", f.Name, base, list, err)
			return
		}
		state = inst
	}
	ptr := types.NewPointer(state)
	merges := types.TypeString(ptr, nil)
	step(t, f.Name, ptr, pkg, o.Add, strings.Join(args, ", "))
	step(t, f.Name, ptr, pkg, o.Remove, strings.Join(args, ", "))
	step(t, f.Name, ptr, pkg, o.Merge, merges)

	var in []string
	if o.Value.Fault {
		in = append(in, "*github.com/velocsql/veloc/runtime/fault.Fault")
	}
	if o.Value.Scale {
		in = append(in, "int", "int")
	}
	in = append(in, plain[len(plain)-o.Final:]...)
	ret := result(o.Params, o.Ret, o.RetOf)
	out := goTypeText(ret)
	if ret.Kind == sqltypes.Decimal && o.MaxPrecision > 0 && ret.Precision <= narrow {
		out = "int64"
	}
	if o.Value.OrNull {
		out += ", bool"
	}
	m, _, _ := types.LookupFieldOrMethod(ptr, true, pkg, o.Value.Method)
	fn, ok := m.(*types.Func)
	if !ok {
		t.Errorf("%s: %s has no method %s", f.Name, state, o.Value.Method)
		return
	}
	if got, want := signature(fn.Signature()), "("+strings.Join(in, ", ")+") ("+out+")"; got != want {
		t.Errorf("%s: %s of %s has the signature %s, want %s", f.Name, o.Value.Method, state, got, want)
	}
}

// goType finds a type by its spelling.
func goType(pkgs map[string]*types.Package, name string) types.Type {
	if name == "[]byte" {
		return types.NewSlice(types.Universe.Lookup("byte").Type())
	}
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		if p := pkgs[name[:i]]; p != nil {
			return p.Scope().Lookup(name[i+1:]).Type()
		}
		for _, p := range pkgs {
			for _, imp := range p.Imports() {
				if imp.Path() == name[:i] {
					return imp.Scope().Lookup(name[i+1:]).Type()
				}
			}
		}
	}
	return types.Universe.Lookup(name).Type()
}

func TestOverloadsByPrecision(t *testing.T) {
	for _, name := range []string{"sum", "avg", "min", "max"} {
		f, _ := FindAgg(name)
		for p := 1; p <= sqltypes.MaxPrecision; p++ {
			arg := []sqltypes.Type{sqltypes.Dec(p, 0)}
			for i := range f.Overloads {
				o := &f.Overloads[i]
				if o.Params[0] != sqltypes.Decimal || !o.Fits(arg) {
					continue
				}
				if wide := o.MaxPrecision == 0; wide != (p > 18) {
					t.Errorf("%s of %s uses %s", name, arg[0], o.State)
				}
				break
			}
		}
	}
}
