package sqltest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/velocsql/veloc/codegen"
	"github.com/velocsql/veloc/compiler"
	"github.com/velocsql/veloc/compiler/bind"
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// program is the SQL of one or more cases, compiled.
type program struct {
	first   *Case // one that has it
	observe bind.Observe
	pkg     string
	files   []codegen.File
	pipe    *pipeline.Program
	// relations are all relations of the program.
	relations []*bound.Relation
	// refused is what the compiler says, whole; "" if the program is good.
	refused string
	diags   []diag.Diagnostic
	// defect is a failure that is not the user's.
	defect string
}

// programKey tells programs apart.
func programKey(c *Case) string {
	parts := []string{c.SQL, c.SQLName, c.Dir, c.Dialect}
	for _, t := range c.Topics {
		parts = append(parts, t.Name, t.Spec.JSON())
	}
	for k, v := range c.settings() {
		parts = append(parts, k+"="+v)
	}
	slices.Sort(parts[4:])
	return strings.Join(parts, "\x00")
}

// compileAll compiles the programs of cases, each once, on all processors.
func compileAll(ctx context.Context, cases []*Case, cover bool) map[*Case]*program {
	byKey := map[string]*program{}
	of := map[*Case]*program{}
	var list []*program
	for _, c := range cases {
		k := programKey(c)
		p := byKey[k]
		if p == nil {
			p = &program{first: c, observe: bind.Rows}
			byKey[k] = p
			list = append(list, p)
		}
		p.observe = max(p.observe, c.observes())
		of[c] = p
	}
	work := make(chan *program)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for p := range work {
				p.compile(ctx, cover)
			}
		})
	}
	for _, p := range list {
		work <- p
	}
	close(work)
	wg.Wait()
	return of
}

// compile takes the program through all stages.
func (p *program) compile(ctx context.Context, cover bool) {
	c := p.first
	name := filepath.Base(c.SQLName)
	if name == "." || name == "" {
		name = "test.sql"
	}
	res, list := compiler.Compile(ctx, compiler.Input{
		File: source.NewFile(name, c.SQL), Dir: c.Dir, Dialect: c.Dialect, Topics: true, Settings: c.settings(), Observe: p.observe, Cover: cover,
	})
	p.diags = list.All()
	var errs []diag.Diagnostic
	for _, d := range p.diags {
		if d.Code == diag.Internal {
			p.defect = d.Msg + "\n" + d.Hint
			return
		}
		if d.Severity == diag.Error {
			errs = append(errs, d)
		}
	}
	if len(errs) > 0 {
		var b strings.Builder
		if err := diag.Text(&b, errs, diag.TextStyle{Limit: -1}); err != nil {
			p.defect = err.Error()
			return
		}
		p.refused = strings.TrimRight(b.String(), "\n")
		return
	}
	if res == nil || res.Pipeline == nil {
		p.defect = "the compiler gave neither a program nor an error"
		return
	}
	p.pipe, p.relations = res.Pipeline, res.Bound.Relations
	// One name for all packages, so that equal programs are equal files.
	files, err := codegen.Generate(p.pipe, codegen.Options{Package: "program"})
	if err != nil {
		p.defect = err.Error()
		return
	}
	p.files = files
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%s %d\n", f.Name, len(f.Content))
		h.Write(f.Content)
	}
	p.pkg = "t" + hex.EncodeToString(h.Sum(nil))[:16]
}

// observes is what a case has to see of relations.
func (c *Case) observes() bind.Observe {
	for _, o := range c.Outputs {
		if o.Key != nil || o.HasTime || o.Window != nil || o.Partition != nil || o.Headers != nil || !o.None && o.Value.IsNull() {
			return bind.Records
		}
	}
	return bind.Rows
}

// topicName is the topic that options name, by default that of the relation; "" for
// what is no topic.
func topicName(messages bool, opts []bound.Option, name string) string {
	if !messages {
		return ""
	}
	if t, ok := bound.Get(opts, "topic"); ok {
		return t
	}
	return name
}

// topicOf is the topic of a sink, "" if it has none.
func topicOf(s *pipeline.Sink) string {
	return topicName(s.Bound.Connector.Messages, s.Bound.Options, s.Name)
}

// sourceTopic is the topic of a declared relation, "" if it has none.
func sourceTopic(r *bound.Relation) string {
	return topicName(r.Source.Connector.Messages, r.Source.Options, r.Name)
}

// declared are the relations with a source of their own that rows for a relation or
// a topic go to.
func (p *program) declared(stream, topic string) []*bound.Relation {
	var list []*bound.Relation
	if topic != "" {
		for _, r := range p.relations {
			if r.Source != nil && sourceTopic(r) == topic {
				list = append(list, r)
			}
		}
		if len(list) > 0 {
			return list
		}
		stream = topic
	}
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		for _, r := range p.relations {
			if r.Source != nil && same(r.Name, stream) {
				return []*bound.Relation{r}
			}
		}
	}
	return nil
}

// sources are the sources of a relation in the program: none if nothing reads it,
// several if several stages do.
func (p *program) sources(r *bound.Relation) []*pipeline.Source {
	var list []*pipeline.Source
	for _, s := range p.pipe.Sources {
		if s.Rel == r {
			list = append(list, s)
		}
	}
	return list
}

// sink is where the rows of a relation or a topic can be seen, nil if there is no
// such place.
func (p *program) sink(stream, topic string) *pipeline.Sink {
	if topic != "" {
		for _, s := range p.pipe.Sinks {
			if topicOf(s) == topic {
				return s
			}
		}
		stream = topic
	}
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		for _, r := range p.relations {
			if !same(r.Name, stream) || len(r.Sinks) == 0 {
				continue
			}
			for _, s := range p.pipe.Sinks {
				if s.Bound == r.Sinks[0] {
					return s
				}
			}
		}
		for _, s := range p.pipe.Sinks {
			if same(s.Name, stream) {
				return s
			}
		}
	}
	return nil
}

// names lists the relations that rows come in or go out by, for messages.
func (p *program) names(in bool) []string {
	var list []string
	if in {
		for _, r := range p.relations {
			if r.Source != nil {
				list = append(list, r.Name)
			}
		}
		return list
	}
	for _, s := range p.pipe.Sinks {
		if !observing(s) {
			list = append(list, s.Name)
		}
	}
	return list
}

// writer is the relation whose rows a sink takes; of several, the first.
func (p *program) writer(s *pipeline.Sink) *pipeline.Query {
	for _, q := range p.pipe.Queries {
		if slices.Contains(q.Sinks, s) {
			return q
		}
	}
	return nil
}

// observing reports a sink that is there for the records of another.
func observing(s *pipeline.Sink) bool { return strings.HasPrefix(topicOf(s), bind.ObservedTopic("")) }
