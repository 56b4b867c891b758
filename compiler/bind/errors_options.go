package bind

import (
	"fmt"
	"slices"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
	"github.com/velocsql/veloc/runtime/spec"
)

// endName names an end in messages.
func endName(role spec.Role) string {
	if role == spec.Sink {
		return "sink"
	}
	return "source"
}

func (b *binder) errUnknownOption(o *option, of string, known []string) {
	if catalog.PlannedOption(o.key) {
		b.errPlannedOption(o, "option '"+o.Key+"'")
		return
	}
	hint := "options: " + list(known)
	if catalog.KnownOption(o.key) {
		b.diags.Err(diag.OptionPlace, o.KeyLoc, fmt.Sprintf("option '%s' is not one of %s", o.Key, of), hint)
		return
	}
	b.diags.Add(diag.Diagnostic{
		Code: diag.UnknownOption, Span: o.KeyLoc, Msg: fmt.Sprintf("unknown option '%s'", o.Key), Inline: meant(o.key, append(known, b.optionKeys()...)), Hint: hint,
	})
}

// errUnused reports an option without a prefix that no part of the statement took.
func (b *binder) errUnused(o *option) {
	if i := strings.IndexByte(o.key, '.'); i > 0 && !catalog.KnownOption(o.key) && catalog.KnownOption(o.key[i+1:]) {
		b.diags.Err(diag.OptionPrefix, o.KeyLoc, fmt.Sprintf("the statement has no relation %q for the option '%s'", o.Key[:i], o.Key[i+1:]), "the prefix is the name of a relation that the statement reads or writes")
		return
	}
	known := b.statementKeys()
	if decl, ok := b.findOption(o.key); ok {
		if b.stmt.role != 0 && decl.Role&b.stmt.role == 0 {
			b.errOptionEnd(o, decl, b.stmt.role)
			return
		}
		hint := "give it where the source or sink is declared"
		if decl.Role == spec.Sink || decl.Role == spec.Both {
			hint = "options of a sink need its kind beside them: 'connector' = 'file'"
		}
		b.diags.Err(diag.OptionPlace, o.KeyLoc, fmt.Sprintf("nothing in this statement takes the option '%s'", o.Key), hint)
		return
	}
	b.errUnknownOption(o, "this statement", known)
}

func (b *binder) errUnusedOf(o *option, name string) {
	if _, ok := b.findOption(o.key); ok {
		b.diags.Err(diag.OptionPlace, o.KeyLoc, fmt.Sprintf("%q takes no option '%s' here", name, o.key), "give it where "+name+" is declared")
		return
	}
	b.errUnknownOption(o, "\""+name+"\"", b.statementKeys())
}

// statementKeys lists the keys that the statement at hand takes.
func (b *binder) statementKeys() []string {
	tables := b.stmt.tables
	if b.stmt.role == 0 || b.stmt.role == spec.Source {
		tables = append(tables, catalog.TimeOptions)
	}
	return catalog.OptionKeys(append(tables, catalog.StatementOptions)...)
}

// optionKeys lists all keys that are there.
func (b *binder) optionKeys() []string {
	var keys []string
	seen := map[string]bool{}
	for _, t := range catalog.Tables() {
		for _, k := range catalog.OptionKeys(t) {
			if !seen[k] {
				seen[k] = true
				keys = append(keys, k)
			}
		}
	}
	return keys
}

func (b *binder) findOption(key string) (*spec.Option, bool) {
	for _, t := range catalog.Tables() {
		if o, ok := spec.Find(t, key); ok {
			return o, true
		}
	}
	return nil, false
}

func (b *binder) errPlannedOption(o *option, what string) {
	hint := "leave it out"
	switch {
	case o.key == "config_file":
		hint = "write the options of the file into WITH (..)"
	}
	b.diags.Err(diag.OptionPlanned, o.KeyLoc, what+" is not supported yet", hint)
}

func (b *binder) errOptionEnd(o *option, decl *spec.Option, role spec.Role) {
	b.diags.Err(diag.OptionPlace, o.KeyLoc, fmt.Sprintf("option '%s' belongs to a %s, and this is a %s", o.Key, endName(decl.Role), endName(role)), "leave it out")
}

func (b *binder) errOptionTwice(o *option, old source.Span) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.OptionTwice, Span: o.KeyLoc, Msg: fmt.Sprintf("option '%s' is given twice", o.Key),
		Labels: []diag.Label{{Span: old, Msg: "given here"}}, Hint: "leave one of them out",
	})
}

func (b *binder) errOptionCheck(o *option, err error) {
	b.diags.Err(diag.OptionValue, o.ValueLoc, err.Error(), fmt.Sprintf("`veloc options` describes '%s'", o.key))
}

func (b *binder) errOptionValue(o *option, want string) {
	b.diags.Err(diag.OptionValue, o.ValueLoc, fmt.Sprintf("%s = %s: want %s", o.Key, o.Value, want), "write WITH (EMIT = CHANGES)")
}

func (b *binder) errVariable(o *option, decl *spec.Option) {
	b.diags.Err(diag.OptionVariable, o.ValueLoc, fmt.Sprintf("option '%s' shapes the program and must be known when it is compiled", decl.Key), "write the value itself; ${VAR} is resolved when the program starts")
}

func (b *binder) errNoConnector(at source.Span, name string, role spec.Role) {
	b.diags.Err(diag.NoConnector, at, fmt.Sprintf("%s %q has no connector", endName(role), name),
		"add WITH ('connector' = 'file', 'path' = '..', 'format' = 'csv')")
}

func (b *binder) errConnectorPlanned(at source.Span, name string, role spec.Role) {
	hint := "connectors of a " + endName(role) + ": " + list(b.connectors(role))
	if name == "kafka" {
		hint = "`veloc test` runs the program on topics in memory; " + hint
	}
	b.diags.Err(diag.ConnectorPlanned, at, fmt.Sprintf("the connector %q is not supported yet", name), hint)
}

// connectors lists the connectors that the program can have at an end.
func (b *binder) connectors(role spec.Role) []string {
	return slices.DeleteFunc(catalog.ConnectorNames(role), func(name string) bool {
		return name == catalog.Topic.Name && !b.opts.Topics
	})
}

func (b *binder) errConnectorEnd(o *option, name string, role spec.Role) {
	b.diags.Err(diag.ConnectorEnd, o.ValueLoc, fmt.Sprintf("the connector %q cannot be a %s", name, endName(role)), "connectors of a "+endName(role)+": "+list(b.connectors(role)))
}

func (b *binder) errUnknownConnector(o *option, role spec.Role) {
	known := b.connectors(role)
	b.diags.Add(diag.Diagnostic{
		Code: diag.UnknownConnector, Span: o.ValueLoc, Msg: fmt.Sprintf("unknown connector %q", o.Value), Inline: meant(o.Value, known),
		Hint: "connectors of a " + endName(role) + ": " + list(known),
	})
}

func (b *binder) errFormat(o *option, name string, standing catalog.Standing, c *spec.Connector) {
	at, hint := source.Span{}, "formats of "+c.Name+": "+list(c.Formats)
	if o != nil {
		at = o.ValueLoc
	}
	switch standing {
	case catalog.Planned:
		b.diags.Err(diag.FormatPlanned, at, fmt.Sprintf("the format %q is not supported yet", name), hint)
	case catalog.Found:
		b.diags.Err(diag.UnknownFormat, at, fmt.Sprintf("the connector %q does not carry the format %q", c.Name, name), hint)
	default:
		b.diags.Add(diag.Diagnostic{Code: diag.UnknownFormat, Span: at, Msg: fmt.Sprintf("unknown format %q", name), Inline: meant(name, c.Formats), Hint: hint})
	}
}

func (b *binder) errFormatOfPath(p *ast.StringLit) {
	b.diags.Err(diag.UnknownFormat, p.Loc, fmt.Sprintf("the name '%s' does not show the format of the file", p.Value), "say it: WITH ('format' = 'csv')")
}

func (b *binder) errMissingOption(at source.Span, key, connector string) {
	b.diags.Err(diag.MissingOption, at, fmt.Sprintf("the connector %q needs the option '%s'", connector, key), fmt.Sprintf("add '%s' = '..' to WITH", key))
}

func (b *binder) errWhichSource(o *option, reads []*relation) {
	if len(reads) == 0 {
		b.diags.Err(diag.OptionPlace, o.KeyLoc, fmt.Sprintf("option '%s' is for a source, and the query reads none", o.Key), "leave it out")
		return
	}
	var ways []string
	for _, r := range reads {
		ways = append(ways, fmt.Sprintf("'%s.%s'", r.name.Name, o.key))
	}
	b.diags.Err(diag.OptionPlace, o.KeyLoc, fmt.Sprintf("option '%s' could be for several sources", o.Key), "say which: "+strings.Join(ways, " or "))
}

func (b *binder) errRetime(o *option, name string) {
	b.diags.Err(diag.OptionPlanned, o.KeyLoc, fmt.Sprintf("option '%s' for the derived relation %q is not supported yet", o.Key, name), "set the event time where it is computed: SELECT .., expr AS _event_time")
}

func (b *binder) errSample(at source.Span, err error) {
	b.diags.Err(diag.SampleFailed, at, "the columns cannot be read from the data: "+err.Error(), "list the columns: CREATE STREAM s (column type, ..) WITH (..)")
}

func (b *binder) errNoTimeField(o *option) {
	b.diags.Err(diag.MissingOption, o.KeyLoc, fmt.Sprintf("option '%s' needs 'event.time.field'", o.Key), "add 'event.time.field' = 'the column with the time'")
}

func (b *binder) errTimeField(o *option, rel *bound.Relation) {
	known := columnNames(rel.Cols)
	b.diags.Add(diag.Diagnostic{
		Code: diag.EventTimeField, Span: o.ValueLoc, Msg: fmt.Sprintf("%s %q has no column %q for the event time", rel.Kind, rel.Name, o.Value),
		Inline: meant(o.Value, known), Hint: "columns: " + list(known),
	})
}

func (b *binder) errTimeFormat(o *option, err error) {
	b.diags.Err(diag.EventTimeFormat, o.ValueLoc, err.Error(), "formats: epoch_millis, epoch_seconds, epoch_micros, epoch_nanos, iso8601, or a pattern such as '%Y-%m-%d %H:%M:%S'")
}

func (b *binder) errTimeType(field, format *option, c *bound.Col) {
	at, msg := field.ValueLoc, fmt.Sprintf("column %q is %s and cannot hold an event time", c.Name, c.Type)
	hint := "name a TIMESTAMP, BIGINT or STRING column"
	if format != nil {
		at = format.ValueLoc
		msg = fmt.Sprintf("the event time format '%s' does not fit column %q of type %s", format.Value, c.Name, c.Type)
		hint = "leave the format out, or declare the column as STRING or BIGINT"
		if c.Type.Kind == types.Timestamp {
			hint = fmt.Sprintf("'timestamp.format' = '%s' says how columns of type TIMESTAMP are written", format.Value)
		}
	}
	b.diags.Add(diag.Diagnostic{Code: diag.EventTimeFormat, Span: at, Msg: msg, Labels: []diag.Label{{Span: c.Loc, Msg: "declared here"}}, Hint: hint})
}

func (b *binder) errAscending(o *option, strategy string) {
	b.diags.Err(diag.OptionValue, o.ValueLoc, "the watermark strategy "+strategy+" has no out-of-orderness", "leave one of the two options out")
}
