package plan

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/source"
)

// Info describes one relation for `veloc explain`.
type Info struct {
	Name     string       `json:"name"`
	Kind     string       `json:"kind"`
	At       string       `json:"at"`
	Columns  []ColumnInfo `json:"columns"`
	Key      []string     `json:"key,omitempty"`
	Output   string       `json:"output"` // "append", "updating", "updating with deletes"
	Bounded  bool         `json:"bounded"`
	Time     *TimeInfo    `json:"time,omitempty"`
	Windows  []WindowInfo `json:"windows,omitempty"`
	State    []string     `json:"state,omitempty"`
	Sources  []string     `json:"reads,omitempty"`
	Sinks    []string     `json:"sinks,omitempty"`
	Workers  string       `json:"workers,omitempty"`
	Meta     []MetaInfo   `json:"annotations,omitempty"`
	Operator *Operator    `json:"plan,omitempty"`
}

// MetaInfo is a `-- @key: value` line of a statement.
type MetaInfo struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// ColumnInfo is a column of a relation.
type ColumnInfo struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Nullable bool   `json:"nullable"`
}

// Operator is a node of the plan.
type Operator struct {
	Op     string      `json:"op"`
	Detail string      `json:"detail,omitempty"`
	Inputs []*Operator `json:"inputs,omitempty"`
}

// Describe lists what there is to know about every relation.
func Describe(p *Program) []Info {
	var out []Info
	f := p.Bound.File
	for _, r := range p.Sources {
		i := Info{Name: r.Name, Kind: "source " + r.Kind.String(), At: f.Loc(r.Loc.Start), Output: "append", Bounded: r.Source.Bounded()}
		i.Columns = columns(r.Cols)
		if r.Kind == bound.Table {
			i.Output = "updating"
			for _, k := range r.Key {
				i.Key = append(i.Key, r.Cols[k].Name)
			}
			if r.Source.Message != nil {
				i.Output = "updating with deletes"
			}
		}
		i.Time = timeInfo(r.Source, r.Source.Time)
		i.Sources = []string{strings.TrimSpace(r.Source.Connector.Name + " " + optionText(r.Source.Options))}
		out = append(out, i)
	}
	for _, r := range p.Relations {
		out = append(out, describe(p, r))
	}
	return out
}

func describe(p *Program, r *Relation) Info {
	props := r.Root.Props()
	i := Info{Name: r.Bound.Name, Kind: r.Bound.Kind.String(), At: p.Bound.File.Loc(r.Bound.Loc.Start), Bounded: props.Bounded}
	i.Columns = columns(r.Bound.Query.Out())
	for _, k := range props.Key {
		i.Key = append(i.Key, k.Name)
	}
	switch {
	case props.Deletes:
		i.Output = "updating with deletes"
	case props.Updating:
		i.Output = "updating"
	default:
		i.Output = "append"
	}
	for _, s := range r.Bound.Sinks {
		i.Sinks = append(i.Sinks, strings.TrimSpace(s.Connector.Name+" "+optionText(s.Options)))
	}
	i.State = stateOf(r.Root, nil)
	i.Windows = windowsOf(r.Root, nil)
	if filtersChanges(r.Root) {
		i.State = append(i.State, fmt.Sprintf("one entry per %s that tells whether the row is out", keyNames(r.Root)))
	}
	i.Workers = r.Workers
	for _, m := range r.Bound.Meta {
		i.Meta = append(i.Meta, MetaInfo{m.Key, m.Value})
	}
	i.Operator = operator(r.Root, p.Bound.File)
	return i
}

func columns(cols []*bound.Col) []ColumnInfo {
	var out []ColumnInfo
	for _, c := range cols {
		out = append(out, ColumnInfo{c.Name, c.Type.String(), c.Nullable})
	}
	return out
}

func optionText(opts []bound.Option) string {
	for _, o := range opts {
		if o.Key == "path" {
			return o.Value
		}
	}
	return ""
}

// stateOf lists the state that operators keep.
func stateOf(n Node, to []string) []string {
	for _, in := range n.Inputs() {
		to = stateOf(in, to)
	}
	switch n := n.(type) {
	case *Aggregate:
		s := fmt.Sprintf("one entry per %s with %d aggregate%s", keyText(n.Keys), len(n.Aggs), plural(len(n.Aggs)))
		if n.Window != nil {
			s += " in each open window, freed when it closes"
		}
		if n.Retracts {
			to = append(to, fmt.Sprintf("one entry per %s with what the row has brought to its group", keyNames(n.In)))
		}
		to = append(to, s)
	case *Distinct:
		to = append(to, "one entry per different row")
	case *Content:
		to = append(to, fmt.Sprintf("one row per %s, until the input ends", keyNames(n.In)))
	case *Sort:
		if n.Limit >= 0 {
			to = append(to, fmt.Sprintf("the first %d rows", n.Limit))
		} else {
			to = append(to, "every row, until the input ends")
		}
	}
	return to
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// unnested are the columns that an Unnest makes.
func unnested(n *Unnest) []string {
	var names []string
	for _, c := range n.Cols {
		names = append(names, c.Name)
	}
	return names
}

func keyText(keys []bound.Computed) string {
	if len(keys) == 0 {
		return "program"
	}
	var names []string
	for _, k := range keys {
		names = append(names, k.Col.Name)
	}
	return strings.Join(names, ", ")
}

func micros(us int64) string {
	switch {
	case us%1_000_000 == 0:
		return fmt.Sprintf("%d s", us/1_000_000)
	case us%1000 == 0:
		return fmt.Sprintf("%d ms", us/1000)
	}
	return fmt.Sprintf("%d µs", us)
}

func operator(n Node, f *source.File) *Operator {
	o := &Operator{}
	for _, in := range n.Inputs() {
		o.Inputs = append(o.Inputs, operator(in, f))
	}
	switch n := n.(type) {
	case *Scan:
		o.Op, o.Detail = "Scan", n.Rel.Name
	case *Derived:
		o.Op, o.Detail = "Read", n.Rel.Bound.Name
	case *One:
		o.Op = "OneRow"
	case *Values:
		o.Op, o.Detail = "Values", fmt.Sprintf("%d row%s", len(n.Rows), plural(len(n.Rows)))
	case *Filter:
		o.Op, o.Detail = "Filter", filterText(n, f)
	case *Windows:
		o.Op, o.Detail = "Windows", n.Window.SQL
	case *Unnest:
		o.Op, o.Detail = "Unnest", strings.Join(unnested(n), ", ")
	case *Project:
		var items []string
		for _, it := range n.Items {
			items = append(items, it.Col.Name)
		}
		o.Op, o.Detail = "Project", strings.Join(items, ", ")
	case *Aggregate:
		o.Op = "Aggregate"
		var parts []string
		if len(n.Keys) > 0 {
			parts = append(parts, "by "+keyText(n.Keys))
		}
		for _, a := range n.Aggs {
			parts = append(parts, a.Col.SQL)
		}
		if n.Window != nil {
			parts = append(parts, "window "+n.Window.SQL)
		}
		switch {
		case n.Every > 0:
			parts = append(parts, "emit changes every "+micros(n.Every))
		case n.Coalesce:
			parts = append(parts, "emit the changes of each batch")
		case n.Changes:
			parts = append(parts, "emit changes")
		case n.Refires:
			parts = append(parts, "emit final, again for late rows")
		default:
			parts = append(parts, "emit final")
		}
		o.Detail = strings.Join(parts, "; ")
	case *Expand:
		var sets []string
		for _, s := range n.Sets {
			var names []string
			for _, k := range s {
				names = append(names, n.Keys[k].To.Name)
			}
			sets = append(sets, "("+strings.Join(names, ", ")+")")
		}
		o.Op, o.Detail = "Expand", "for each of "+strings.Join(sets, ", ")
	case *Repeat:
		o.Op, o.Detail = "Repeat", bound.Text(n.Count)
	case *Distinct:
		o.Op = "Distinct"
	case *Content:
		o.Op, o.Detail = "Content", "by "+keyNames(n.In)
	case *Sort:
		var keys []string
		for _, k := range n.Order {
			s := k.Col.Name
			if k.Desc {
				s += " desc"
			}
			keys = append(keys, s)
		}
		o.Op, o.Detail = "Sort", strings.Join(keys, ", ")
		if n.EachWindow {
			o.Detail += " in each window"
		}
		if n.Limit >= 0 {
			o.Detail += fmt.Sprintf("; first %d", n.Limit)
		}
	case *Limit:
		o.Op, o.Detail = "Limit", fmt.Sprint(n.N)
	case *Union:
		o.Op = "Union"
	default:
		panic(fmt.Sprintf("plan: unknown node %T", n))
	}
	return o
}

// filterText is the condition as written, on one line.
func filterText(n *Filter, f *source.File) string {
	s := strings.Join(strings.Fields(f.Slice(n.Loc)), " ")
	if strings.HasPrefix(strings.ToUpper(s), n.Clause) {
		return s
	}
	return n.Clause + " " + s
}

// Explain is the text of `veloc explain`.
func Explain(p *Program) string {
	var b strings.Builder
	for k, i := range Describe(p) {
		if k > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s %s (%s)\n", i.Kind, i.Name, i.At)
		var cols []string
		for _, c := range i.Columns {
			s := c.Name + " " + c.Type
			if !c.Nullable {
				s += " NOT NULL"
			}
			cols = append(cols, s)
		}
		fmt.Fprintf(&b, "  columns: %s\n", strings.Join(cols, ", "))
		if len(i.Key) > 0 {
			fmt.Fprintf(&b, "  key:     %s\n", strings.Join(i.Key, ", "))
		}
		fmt.Fprintf(&b, "  output:  %s\n", i.Output)
		if i.Time != nil {
			fmt.Fprintf(&b, "  time:    %s\n", i.Time)
		}
		for k := range i.Windows {
			fmt.Fprintf(&b, "  window:  %s\n", &i.Windows[k])
		}
		for _, s := range i.State {
			fmt.Fprintf(&b, "  state:   %s\n", s)
		}
		for _, s := range i.Sources {
			fmt.Fprintf(&b, "  from:    %s\n", s)
		}
		for _, s := range i.Sinks {
			fmt.Fprintf(&b, "  to:      %s\n", s)
		}
		if i.Workers != "" {
			fmt.Fprintf(&b, "  workers: %s\n", i.Workers)
		}
		for _, m := range i.Meta {
			fmt.Fprintf(&b, "  @%s: %s\n", m.Key, m.Value)
		}
		if i.Operator != nil {
			b.WriteString("  plan:\n")
			printOperator(&b, i.Operator, "    ")
		}
	}
	return b.String()
}

func printOperator(b *strings.Builder, o *Operator, indent string) {
	b.WriteString(indent + o.Op)
	if o.Detail != "" {
		b.WriteString(" " + o.Detail)
	}
	b.WriteByte('\n')
	for _, in := range o.Inputs {
		printOperator(b, in, indent+"  ")
	}
}

// ExplainJSON is the same for machines.
func ExplainJSON(p *Program) ([]byte, error) {
	return json.MarshalIndent(map[string]any{"program": p.Bound.Name, "relations": Describe(p)}, "", "  ")
}
