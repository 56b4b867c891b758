package codegen

import (
	"fmt"
	"sort"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	filesink "github.com/velocsql/veloc/runtime/sink/file/spec"
	filesource "github.com/velocsql/veloc/runtime/source/file/spec"
	"github.com/velocsql/veloc/runtime/spec"
)

// shared emits the file of what all statements share: the package comment with
// the SQL, the rows of sources, the definition and the worker.
func (g *generator) shared(f *jen.File) {
	g.packageComment(f)
	f.Comment("// The runtime must be new enough for this code.")
	f.Const().Id("_").Op("=").Qual(rtPath, "SupportsGen1")
	f.Line()
	for _, s := range g.inputs() {
		g.structType(f, s.Row)
	}
	for _, s := range g.prog.Structs {
		g.structType(f, s)
	}
	g.embedding(f)
	g.definition(f)
	g.workerType(f)
	g.workerMethods(f)
	g.typeFunctions(f)
}

func (g *generator) packageComment(f *jen.File) {
	f.PackageComment(goemit.Comment(fmt.Sprintf("Package %s is the streaming program %s:", g.pkg, g.prog.Name)))
	f.PackageComment("//")
	for _, l := range strings.Split(strings.TrimRight(g.prog.File.Text, "\n"), "\n") {
		f.PackageComment(goemit.Comment(strings.TrimRight("\t"+strings.TrimRight(l, "\r"), " \t")))
	}
}

// definition emits Program, which hands the program to the runtime.
func (g *generator) definition(f *jen.File) {
	doc(f, fmt.Sprintf("Program returns the definition of %s: its sources, its sinks and its workers.", g.prog.Name))
	f.Func().Id("Program").Params().Op("*").Qual(rtPath, "Program").Block(
		jen.Return(jen.Op("&").Qual(rtPath, "Program").ValuesFunc(func(v *jen.Group) {
			v.Line().Id("Name").Op(":").Lit(g.prog.Name)
			if len(g.prog.Sources) > 0 {
				v.Line().Id("Sources").Op(":").Index().Qual(rtPath, "SourceDef").ValuesFunc(func(v *jen.Group) {
					for _, s := range g.prog.Sources {
						v.Line().Add(g.sourceDef(s))
					}
					v.Line()
				})
			}
			if len(g.prog.Sinks) > 0 {
				v.Line().Id("Sinks").Op(":").Index().Qual(rtPath, "SinkDef").ValuesFunc(func(v *jen.Group) {
					for _, s := range g.prog.Sinks {
						v.Line().Add(g.sinkDef(s))
					}
					v.Line()
				})
			}
			if why := g.serial(); why != "" {
				v.Line().Id("Serial").Op(":").True()
				v.Line().Id("Why").Op(":").Lit(why)
			}
			if n := setting(g.prog.Settings, "workers"); n != "" {
				v.Line().Id("Workers").Op(":").Id(n)
			}
			g.errorPolicies(v)
			v.Line().Id("Queries").Op(":").Lit(len(g.prog.Queries))
			if len(g.prog.Stages) > 0 {
				v.Line().Id("Stages").Op(":").Index().Qual(rtPath, "Stage").ValuesFunc(func(v *jen.Group) {
					for _, s := range g.prog.Stages {
						v.Values(jen.Id("Sources").Op(":").Lit(s.Sources), jen.Id("Queries").Op(":").Lit(s.Queries))
					}
				})
			}
			if every := g.every(); every > 0 {
				v.Line().Id("Every").Op(":").Id(fmt.Sprint(every))
			}
			v.Line().Id("NewWorker").Op(":").Func().Params(jen.Id("c").Op("*").Qual(rtPath, "Connect")).Qual(rtPath, "Worker").Block(
				jen.Return(jen.Id("newWorker").Call(jen.Id("c"), jen.Nil())))
			v.Line()
		})),
	)
	f.Line()
}

// setting is the value of a SET statement, "" if there is none.
func setting(list []bound.Setting, key string) string {
	for _, s := range list {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}

// errorPolicies emits what SET and the statements say of records that fail.
func (g *generator) errorPolicies(v *jen.Group) {
	type policy struct{ statement, onError, path string }
	var list []policy
	if on, path := setting(g.prog.Settings, "on.error"), setting(g.prog.Settings, "dead_letter.path"); on != "" || path != "" {
		list = append(list, policy{"", on, path})
	}
	for _, q := range g.prog.Queries {
		on, path := failureOption(q, "on.error"), failureOption(q, "dead_letter.path")
		if on != "" || path != "" {
			list = append(list, policy{q.Name, on, path})
		}
	}
	if len(list) == 0 {
		return
	}
	v.Line().Id("Errors").Op(":").Index().Qual(rtPath, "ErrorPolicy").CustomFunc(goemit.OnePerLine, func(v *jen.Group) {
		for _, p := range list {
			v.Add(jen.ValuesFunc(func(v *jen.Group) {
				if p.statement != "" {
					v.Id("Statement").Op(":").Lit(p.statement)
				}
				if p.onError != "" {
					v.Id("OnError").Op(":").Lit(p.onError)
				}
				if p.path != "" {
					v.Id("DeadLetter").Op(":").Lit(p.path)
				}
			}))
		}
	})
}

// failureOption is an option of a statement, or else of a source that it reads.
func failureOption(q *p.Query, key string) string {
	if v, ok := bound.Get(q.Rel.Options, key); ok {
		return v
	}
	for _, fn := range q.Funcs {
		if fn.Kind == p.Process {
			if v, ok := bound.Get(fn.Source.Rel.Options, key); ok {
				return v
			}
		}
	}
	return ""
}

// serial is why the program runs on one worker, "" if it need not.
func (g *generator) serial() string {
	for _, q := range g.prog.Queries {
		if q.Parallel == p.Single {
			return q.Name + ": " + q.Why
		}
	}
	return ""
}

func (g *generator) sourceDef(s *p.Source) *jen.Statement {
	src := s.Rel.Source
	return jen.ValuesFunc(func(v *jen.Group) {
		v.Line().Id("Name").Op(":").Lit(s.Name)
		v.Line().Id("Config").Op(":").Add(config(src.Options, src.Connector, spec.Source))
		v.Line().Id("New").Op(":").Add(g.sourceMaker(src))
		v.Line().Id("Framing").Op(":").Add(framing(src))
		if s.Clock && src.Idle > 0 {
			v.Line().Id("Idle").Op(":").Id(fmt.Sprint(src.Idle))
		}
		v.Line()
	})
}

// sourceMaker emits the constructor of a source:
//
//	func(name string, c rt.Config) rt.Source { return file.NewSource(name, c) }
func (g *generator) sourceMaker(src *bound.Source) *jen.Statement {
	args := []jen.Code{jen.Id("name"), jen.Id("c")}
	if src.Connector.Name == "file" {
		path, _ := bound.Get(src.Options, "path")
		how, _ := bound.Get(src.Options, "compression")
		args = append(args, codecArgs(filesource.Codecs(path, how))...)
	}
	return jen.Func().Params(jen.Id("name").String(), jen.Id("c").Qual(rtPath, "Config")).Qual(rtPath, "Source").Block(
		jen.Return(jen.Qual(src.Connector.Import, "NewSource").Call(args...)))
}

// codecArgs are the codecs that a file may need, as arguments of its
// constructor.
func codecArgs(paths []string) []jen.Code {
	var args []jen.Code
	for _, path := range paths {
		args = append(args, jen.Qual(path, "Codec"))
	}
	return args
}

func framing(src *bound.Source) *jen.Statement {
	get := func(key, def string) string {
		if v, ok := bound.Get(src.Options, key); ok {
			return v
		}
		return def
	}
	return jen.Qual(rtPath, "Framing").ValuesFunc(func(v *jen.Group) {
		if src.Message != nil && src.Format.Name != "json" {
			return // records need no framing
		}
		if src.Format.Name == "csv" {
			v.Id("Kind").Op(":").Qual(rtPath, "CSV")
			v.Id("Delim").Op(":").Add(byteLit(get("delimiter", ",")[0]))
			if q := get("quote", `"`); q != "none" {
				v.Id("Quote").Op(":").Add(byteLit(q[0]))
			}
			if get("multiline", "true") == "false" {
				v.Id("SingleLine").Op(":").True()
			}
			if get("header", "true") == "true" {
				v.Id("Header").Op(":").True()
			}
		} else {
			v.Id("Kind").Op(":").Qual(rtPath, "JSONAuto")
		}
		if n := get("skip_lines", "0"); n != "0" {
			v.Id("SkipLines").Op(":").Id(n)
		}
	})
}

// config emits the options of a connector, in order of their keys. Options of
// the format are in the code already.
func config(opts []bound.Option, c *spec.Connector, role spec.Role) *jen.Statement {
	var kept []bound.Option
	for _, o := range opts {
		if d, ok := spec.Find(c.Options, o.Key); ok && d.Role&role != 0 {
			kept = append(kept, o)
		}
	}
	sort.Slice(kept, func(i, j int) bool { return kept[i].Key < kept[j].Key })
	return jen.Qual(rtPath, "Config").ValuesFunc(func(v *jen.Group) {
		for _, o := range kept {
			v.Line().Lit(o.Key).Op(":").Lit(o.Value)
		}
		if len(kept) > 0 {
			v.Line()
		}
	})
}

func (g *generator) sinkDef(s *p.Sink) *jen.Statement {
	c := s.Bound.Connector
	return jen.ValuesFunc(func(v *jen.Group) {
		v.Line().Id("Name").Op(":").Lit(s.Name)
		v.Line().Id("Config").Op(":").Add(config(g.titled(s), c, spec.Sink))
		v.Line().Id("New").Op(":").Func().Params(jen.Id("name").String(), jen.Id("c").Qual(rtPath, "Config")).Qual(rtPath, "Sink").Block(
			jen.Return(jen.Qual(c.Import, "NewSink").Call(append([]jen.Code{jen.Id("name"), jen.Id("c")}, g.packers(s)...)...)))
		if head := g.head(s); head != "" {
			v.Line().Id("Head").Op(":").Index().Byte().Call(jen.Lit(head))
		}
		v.Line()
	})
}

func (g *generator) packers(s *p.Sink) []jen.Code {
	if s.Bound.Connector.Name != "file" {
		return nil
	}
	path, _ := bound.Get(s.Bound.Options, "path")
	how, _ := bound.Get(s.Bound.Options, "compression")
	return codecArgs(filesink.Codecs(path, how))
}

// titled are the options of a sink; a terminal sink that is not the only one
// gets a title.
func (g *generator) titled(s *p.Sink) []bound.Option {
	opts := s.Bound.Options
	if s.Bound.Connector.Name != "terminal" {
		return opts
	}
	others := 0
	for _, k := range g.prog.Sinks {
		if k.Bound.Connector.Name == "terminal" {
			others++
		}
	}
	if _, ok := bound.Get(opts, "title"); ok || others < 2 {
		return opts
	}
	return append(opts[:len(opts):len(opts)], bound.Option{Key: "title", Value: s.Name})
}

// head is what stands before the first row of a sink.
func (g *generator) head(s *p.Sink) string {
	e := newEncodePrinter(g, s)
	var names, kinds []string
	if g.deletes(s) {
		names, kinds = append(names, "op"), append(kinds, "STRING")
	}
	for _, fd := range s.Row.Fields {
		names = append(names, fd.Column)
		kinds = append(kinds, fd.SQL.String())
	}
	switch e.form {
	case formCSV:
		if h, ok := bound.Get(s.Bound.Options, "header"); ok && h == "false" {
			return ""
		}
		for i, n := range names {
			if strings.ContainsAny(n, "\"\r\n"+string(rune(e.sep))) {
				names[i] = `"` + strings.ReplaceAll(n, `"`, `""`) + `"`
			}
		}
		return strings.Join(names, string(rune(e.sep))) + "\n"
	case formCells:
		return strings.Join(names, "\x1f") + "\x1e\n" + strings.Join(kinds, "\x1f") + "\x1e\n"
	}
	return ""
}

// deletes reports whether a query that writes to the sink can withdraw rows.
func (g *generator) deletes(s *p.Sink) bool {
	for _, q := range g.prog.Queries {
		for _, k := range q.Sinks {
			if k == s && q.HasOp() {
				return true
			}
		}
	}
	return false
}

// workerType emits the struct with one of each query.
func (g *generator) workerType(f *jen.File) {
	doc(f, "worker is one copy of the pipeline.")
	f.Type().Id("worker").StructFunc(func(b *jen.Group) {
		b.Id("connect").Op("*").Qual(rtPath, "Connect")
		b.Id("out").Index().Op("*").Qual(rtPath, "Output").Comment("one per sink")
		b.Id("current").Qual(rtPath, "Current").Comment("the record that rows come from")
		if g.prog.Clock {
			b.Id("now").Int64().Comment("the current time, in microseconds since the epoch: one for all rows of a batch")
		}
		for _, q := range g.prog.Queries {
			b.Id(q.Var).Id(q.Var + "Query")
		}
	})
	f.Line()
	doc(f, "newWorker makes a worker with its outputs. p is nil in a program of its own.")
	f.Func().Id("newWorker").Params(jen.Id("c").Op("*").Qual(rtPath, "Connect"), jen.Id("p").Op("*").Id("Pipeline")).Qual(rtPath, "Worker").BlockFunc(func(b *jen.Group) {
		b.Id("w").Op(":=").Op("&").Id("worker").Values(jen.Id("connect").Op(":").Id("c"))
		b.Id("w").Dot("current").Dot("Init").Call(jen.Id("c"))
		for i := range g.prog.Sinks {
			b.Id("w").Dot("out").Op("=").Append(jen.Id("w").Dot("out"), jen.Id("c").Dot("Output").Call(jen.Lit(i)))
		}
		for _, q := range g.prog.Queries {
			b.Id("w").Dot(q.Var).Dot("init").Call(jen.Id("w"))
		}
		b.If(jen.Id("p").Op("!=").Nil()).BlockFunc(func(b *jen.Group) {
			for _, q := range g.results() {
				b.Id("w").Dot(q.Var).Dot("tap").Op("=").Qual(rtPath, "NewTap").Call(jen.Id("c"), jen.Op("&").Id("p").Dot(q.GoName))
			}
		})
		b.Return(jen.Id("w"))
	})
	f.Line()
}

// perQuery emits a switch over the numbers of the queries that want a case.
func (g *generator) perQuery(b *jen.Group, wants func(*p.Query) bool, body func(*jen.Group, *p.Query)) {
	any := false
	for _, q := range g.prog.Queries {
		any = any || wants(q)
	}
	if !any {
		return
	}
	b.Switch(jen.Id("query")).BlockFunc(func(b *jen.Group) {
		for i, q := range g.prog.Queries {
			if wants(q) {
				b.Case(jen.Lit(i)).BlockFunc(func(b *jen.Group) {
					b.Comment(goemit.Comment(q.Name))
					body(b, q)
				})
			}
		}
	})
}

func (g *generator) workerMethods(f *jen.File) {
	w := func() *jen.Statement { return jen.Id("w").Op("*").Id("worker") }
	doc(f, "Process takes a batch of a source to the queries that read it.")
	f.Func().Params(w()).Id("Process").Params(jen.Id("source").Int(), jen.Id("b").Op("*").Qual(rtPath, "Batch")).BlockFunc(func(b *jen.Group) {
		if g.prog.Clock {
			b.Id("w").Dot("now").Op("=").Id("b").Dot("Arrival")
		}
		b.Switch(jen.Id("source")).BlockFunc(func(b *jen.Group) {
			for _, s := range g.prog.Sources {
				b.Case(jen.Lit(s.Index)).BlockFunc(func(b *jen.Group) {
					b.Comment(goemit.Comment(s.Name))
					for _, r := range s.Readers {
						b.Id("w").Dot(r.Query.Var).Dot(r.Name).Call(jen.Id("b"))
					}
				})
			}
		})
	})
	f.Line()
	g.letAllCome(f)
	doc(f, "Merge takes over the groups of a query from another worker, if they merge.")
	f.Func().Params(w()).Id("Merge").Params(jen.Id("query").Int(), jen.Id("other").Qual(rtPath, "Worker")).Bool().BlockFunc(func(b *jen.Group) {
		g.perQuery(b, merges, func(b *jen.Group, q *p.Query) {
			b.Id("w").Dot(q.Var).Dot("merge").Call(jen.Op("&").Id("other").Assert(jen.Op("*").Id("worker")).Dot(q.Var))
			b.Return(jen.True())
		})
		b.Return(jen.False())
	})
	f.Line()
	doc(f, "Finish emits what a query holds back until the end of input.")
	f.Func().Params(w()).Id("Finish").Params(jen.Id("query").Int()).BlockFunc(func(b *jen.Group) {
		b.Id("w").Dot("current").Dot("Clear").Call()
		if g.prog.Clock {
			b.Id("w").Dot("now").Op("=").Id("w").Dot("connect").Dot("Now").Call()
		}
		g.perQuery(b, finishes, func(b *jen.Group, q *p.Query) { b.Id("w").Dot(q.Var).Dot("finish").Call() })
	})
	f.Line()
	doc(f, "Outputs returns the worker's ends of the sinks.")
	f.Func().Params(w()).Id("Outputs").Params().Index().Op("*").Qual(rtPath, "Output").Block(jen.Return(jen.Id("w").Dot("out")))
	f.Line()
}
