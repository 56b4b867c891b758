package bind

import (
	"fmt"
	"math"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
	"github.com/velocsql/veloc/runtime/config"
	"github.com/velocsql/veloc/runtime/sqlzone"
)

var windowKinds = map[string]bound.WindowKind{
	"TUMBLING": bound.Tumbling, "HOPPING": bound.Hopping, "SLIDING": bound.Sliding, "SESSION": bound.Session, "CUMULATE": bound.Cumulate,
}

// windowFuncs are the names of windows in FROM and in GROUP BY.
var windowFuncs = map[string]bound.WindowKind{
	"TUMBLE": bound.Tumbling, "TUMBLING": bound.Tumbling, "HOP": bound.Hopping, "HOPPING": bound.Hopping, "SESSION": bound.Session, "CUMULATE": bound.Cumulate,
}

// windowBounds are the functions that name a side of the window: TUMBLE_START(..).
var windowBounds = map[string]string{
	"tumble_start": "window_start", "hop_start": "window_start", "session_start": "window_start", "cumulate_start": "window_start",
	"tumble_end": "window_end", "hop_end": "window_end", "session_end": "window_end", "cumulate_end": "window_end",
}

// window binds WINDOW, or the window function of GROUP BY.
func (k *block) window(s *ast.SelectBody) {
	if s.Window != nil {
		if w := k.windowClause(s.Window); w != nil {
			k.setWindow(w)
		}
	}
	for i := range s.GroupBy {
		for _, e := range groupExprs(&s.GroupBy[i]) {
			if !k.isWindowCall(e) {
				continue
			}
			c := unparen(e).(*ast.Call)
			name := strings.ToUpper(c.Name.Name)
			if w := k.windowCall(windowFuncs[name], name, c.Args, c.Loc, ast.FormatExpr(c)); w != nil {
				k.setWindow(w)
			}
		}
	}
}

func groupExprs(g *ast.GroupItem) []ast.Expr {
	if g.Expr == nil {
		return nil
	}
	if row, ok := unparen(g.Expr).(*ast.Row); ok {
		return row.Elems
	}
	return []ast.Expr{g.Expr}
}

// isWindowCall reports GROUP BY TUMBLE(ts, ..).
func (k *block) isWindowCall(e ast.Expr) bool {
	c, ok := unparen(e).(*ast.Call)
	if !ok {
		return false
	}
	_, ok = windowFuncs[strings.ToUpper(c.Name.Name)]
	return ok
}

// setWindow makes w the window of the block.
func (k *block) setWindow(w *bound.Window) {
	if old := k.sel.Window; old != nil {
		k.b.errSecondWindow(w.Loc, old.Loc)
		k.ok = false
		return
	}
	k.latePolicy(w)
	if o := k.b.stmt.lateness; o != nil {
		if w.Grace != 0 {
			k.b.errGraceTwice(o, w.Loc)
			k.ok = false
		}
		w.Grace = k.b.stmt.grace
	}
	w.EndsAtLast = w.Kind == bound.Session && k.b.rules.EndsAtLast
	w.FromEpoch = w.Kind == bound.Hopping && k.b.rules.FromEpoch
	ts := types.Of(types.Timestamp)
	w.Start = k.b.col("window_start", ts, false, w.Loc, "window_start")
	w.End = k.b.col("window_end", ts, false, w.Loc, "window_end")
	k.sel.Window = w
}

// windowRows gives each row the columns window_start and window_end, as a window
// function in FROM does where nothing groups the rows.
func (k *block) windowRows(t *ast.TableFunc) {
	w := k.sel.Window
	if w.Kind == bound.Session {
		k.b.errSessionRows(t)
		k.ok, k.badWindow = false, true
		return
	}
	if o := k.b.stmt.lateness; o != nil {
		k.b.errNoWindowFor(o)
		k.ok = false
	}
	k.sel.Window, k.rowWindow, k.tvf = nil, w, nil
	w.Grace = 0
	k.sel.From = &bound.Windowed{In: k.sel.From, Window: w, Loc: t.Loc}
	in := k.in.inputs[len(k.in.inputs)-1]
	in.cols = append(in.cols[:len(in.cols):len(in.cols)], w.Start, w.End)
}

// takeLateness takes 'allowed.lateness', the grace of the statement's windows.
func (b *binder) takeLateness() {
	decl := &catalog.WindowOptions[0]
	o := find(b.stmt.opts.own, append([]string{decl.Key}, decl.Aliases...)...)
	if o == nil {
		return
	}
	o.used = true
	if v, ok := b.value(o, decl); ok {
		d, _ := config.Duration(decl, v)
		b.stmt.lateness, b.stmt.grace = o, d.Microseconds()
	}
}

// failWindow marks a window that cannot be bound.
func (k *block) failWindow() *bound.Window {
	k.ok, k.badWindow = false, true
	return nil
}

// windowClause binds WINDOW kind(..).
func (k *block) windowClause(a *ast.Window) *bound.Window {
	w := &bound.Window{Kind: windowKinds[a.Kind], Loc: a.Loc, SQL: strings.Join(strings.Fields(strings.TrimPrefix(k.b.file.Slice(a.Loc), "WINDOW")), " ")}
	ok := true
	for _, p := range []struct {
		d  *ast.Duration
		to *int64
	}{{a.Size, &w.Size}, {a.Advance, &w.Advance}, {a.Offset, &w.Offset}, {a.Grace, &w.Grace}} {
		if p.d != nil {
			v, good := k.b.micros(p.d)
			*p.to, ok = v, ok && good
		}
	}
	if a.Grace == nil && k.b.stmt.lateness == nil {
		w.Grace = k.b.rules.Grace
	}
	if a.Column != nil {
		ok = k.timeColumn(w, a.Column) && ok
	}
	if a.Zone != nil {
		ok = k.windowZone(w, a.Zone) && ok
	}
	if !ok || a.Retention != nil && !k.retention(w, a.Retention) {
		return k.failWindow()
	}
	return k.checkWindow(w)
}

// retention checks the promise of how long a window is kept: it takes rows until
// its grace period is over, and is freed then, so that there is nothing to do.
func (k *block) retention(w *bound.Window, d *ast.Duration) bool {
	v, ok := k.b.micros(d)
	if !ok {
		return false
	}
	grace := w.Grace
	if k.b.stmt.lateness != nil {
		grace = k.b.stmt.grace
	}
	if v >= w.Size && v-w.Size >= grace {
		return true
	}
	k.b.errRetention(d.Loc, w)
	return false
}

// windowZone binds AT TIME ZONE: windows are of whole days of the zone.
func (k *block) windowZone(w *bound.Window, zone *ast.StringLit) bool {
	const day = 24 * 60 * 60 * 1_000_000
	switch _, err := sqlzone.NewZone(zone.Value); {
	case err != nil:
		k.b.diags.Err(diag.WindowZone, zone.Loc, err.Error(), "AT TIME ZONE 'Europe/Berlin'")
	case w.Kind != bound.Tumbling || w.Size%day != 0:
		k.b.diags.Err(diag.WindowZone, zone.Loc, "only TUMBLING windows of whole days go by a time zone", "leave the zone out, or write TUMBLING(1 DAY, AT TIME ZONE '"+zone.Value+"')")
	case w.Offset < 0 || w.Offset >= day:
		k.b.diags.Err(diag.WindowZone, zone.Loc, "days of a time zone begin within 24 hours after midnight", "give an OFFSET of 0 to 23 hours")
	default:
		w.Zone = zone.Value
		return true
	}
	return false
}

// windowCall binds the arguments of a window function: the time column, then
// the lengths in the order that the kind has them.
func (k *block) windowCall(kind bound.WindowKind, name string, args []ast.Expr, loc source.Span, sql string) *bound.Window {
	w := &bound.Window{Kind: kind, Loc: loc, SQL: sql}
	slots := []*int64{&w.Size}
	switch {
	case kind == bound.Cumulate, strings.HasPrefix(name, "HOP"):
		slots = []*int64{&w.Advance, &w.Size}
	}
	slots = append(slots, &w.Offset)
	if len(args) < len(slots) || len(args) > len(slots)+1 {
		k.b.errWindowCall(loc, name)
		return k.failWindow()
	}
	ok := k.timeColumn(w, args[0])
	for i, a := range args[1:] {
		d, good := unparen(a).(*ast.IntervalLit)
		if !good {
			k.b.errWindowCall(a.Span(), name)
			return k.failWindow()
		}
		v, good := k.b.micros(&d.Value)
		*slots[i], ok = v, ok && good
	}
	if !ok {
		return k.failWindow()
	}
	return k.checkWindow(w)
}

func (k *block) checkWindow(w *bound.Window) *bound.Window {
	if w.Kind == bound.Sliding && w.Advance > 0 {
		w.Kind = bound.Hopping // SLIDING(size, advance) is another name
	}
	switch {
	case w.Size <= 0:
		k.b.errWindowSize(w.Loc, "the length of a window is greater than zero")
	case w.Advance < 0 || w.Grace < 0:
		k.b.errWindowSize(w.Loc, "the lengths of a window are not negative")
	case w.Offset != 0 && (w.Kind == bound.Session || w.Kind == bound.Sliding):
		k.b.errWindowSize(w.Loc, "windows that begin with a row have no offset")
	case w.Kind == bound.Hopping && w.Advance > w.Size:
		k.b.errWindowSize(w.Loc, "windows that advance by more than their size would leave rows out")
	case w.Kind == bound.Cumulate && (w.Advance == 0 || w.Size%w.Advance != 0):
		k.b.errWindowSize(w.Loc, "the size of CUMULATE is a multiple of its step")
	default:
		return w
	}
	return k.failWindow()
}

// micros is a duration in microseconds; months have no fixed length.
func (b *binder) micros(d *ast.Duration) (int64, bool) {
	const day = 24 * 60 * 60 * 1000 * 1000
	if d.Months != 0 {
		b.errMonths(d.Loc)
		return 0, false
	}
	if d.Days > math.MaxInt64/day/2 || d.Days < -math.MaxInt64/day/2 {
		b.errMonths(d.Loc)
		return 0, false
	}
	return d.Days*day + d.Micros, true
}

// timeColumn binds the column that a window names. Which column has the event
// time is known when all options are, so it is checked at the end.
func (k *block) timeColumn(w *bound.Window, e ast.Expr) bool {
	if d, ok := e.(*ast.Descriptor); ok && len(d.Cols) == 1 {
		e = &ast.Name{Node: ast.Node{Loc: d.Cols[0].Loc}, Parts: d.Cols}
	}
	n, ok := unparen(e).(*ast.Name)
	if !ok {
		k.b.errWindowColumn(e.Span(), "a window is over a column", "compute it in a query in FROM: SELECT .., expr AS _event_time")
		return false
	}
	x := &env{block: k, clause: "WINDOW"}
	be := x.name(n)
	if be == nil {
		return false
	}
	r, ok := be.(*bound.Ref)
	if c, cast := be.(*bound.Cast); cast && !ok {
		r, ok = c.X.(*bound.Ref) // ROWTIME
	}
	if !ok {
		k.b.errWindowColumn(e.Span(), "a window is over a column", "name the column with the event time")
		return false
	}
	if r.Col.Name == "_event_time" && columnOf(k.in, r.Col) < 0 {
		return true
	}
	if t := r.Col.Type.Kind; t != types.Timestamp && t != types.BigInt && t != types.Int {
		k.b.errWindowColumn(e.Span(), fmt.Sprintf("column %q is %s and cannot be the time of a window", r.Col.Name, r.Col.Type), "a window needs a TIMESTAMP, or a BIGINT of epoch milliseconds")
		return false
	}
	k.b.later = append(k.b.later, func() { k.b.checkTimeColumn(k, w, r) })
	return true
}

func columnOf(s *scope, c *bound.Col) int {
	for _, in := range s.inputs {
		for i := range in.cols {
			if in.cols[i] == c {
				return i
			}
		}
	}
	return -1
}

// checkTimeColumn checks that the column of a window is the event time of what
// the block reads, or makes it so for a source that declares none.
func (b *binder) checkTimeColumn(k *block, w *bound.Window, r *bound.Ref) {
	src, col := origin(k.sel.From, r.Col)
	if read, ok := origins(k.sel.From).(*bound.Read); ok && src == nil && read.Rel.Query != nil && setsEventTime(read.Rel.Query) {
		src = nil
	}
	switch {
	case src != nil && !(src.Source.Time != nil && src.Source.Time.Col == col) && inline(k.sel.From) && b.ownClock(w, src, col):
	case src == nil:
		b.errWindowColumn(r.Loc, fmt.Sprintf("column %q is not the event time of what the query reads", r.Col.Name),
			fmt.Sprintf("make it the event time where it is computed: SELECT .., %s AS _event_time", r.Col.Name))
	case src.Source.Time != nil && src.Source.Time.Col == col:
	case src.Source.Time != nil:
		b.errWindowOtherColumn(r, src, col, inline(k.sel.From))
	default:
		if read, ok := origins(k.sel.From).(*bound.Read); ok && read.Rel == src {
			w.Time = r.Col
			return
		}
		if inline(k.sel.From) {
			w.Own = &bound.OwnTime{Rel: src, EventTime: bound.EventTime{Col: col, Strategy: "bounded_out_of_orderness", Loc: w.Loc}}
			return
		}
		b.errWindowColumn(r.Loc, fmt.Sprintf("column %q is not the event time of what the query reads", r.Col.Name),
			fmt.Sprintf("declare it at the source: '%s.event.time.field' = '%s'", src.Name, col.Name))
	}
}

func setsEventTime(q bound.Query) bool {
	s, ok := q.(*bound.Select)
	return ok && s.EventTime != nil
}

// origin follows a column that is passed through unchanged to the source that
// it comes from. It is nil for a computed column and behind a query that sets
// an event time of its own.
func origin(in bound.Input, c *bound.Col) (*bound.Relation, *bound.Col) {
	var q bound.Query
	switch in := in.(type) {
	case *bound.Read:
		i := indexOf(in.Cols, c)
		if i < 0 {
			return nil, nil
		}
		if in.Rel.Source != nil {
			return in.Rel, in.Rel.Cols[i]
		}
		if q = in.Rel.Query; q == nil {
			return nil, nil
		}
		c = q.Out()[i]
	case *bound.Derived:
		q = in.Query
	case *bound.Unnest:
		return origin(in.In, c)
	case *bound.Windowed:
		return origin(in.In, c)
	default:
		return nil, nil
	}
	s, ok := q.(*bound.Select)
	if !ok || s.EventTime != nil || s.Grouped {
		return nil, nil
	}
	for _, it := range s.Items {
		if r, ok := it.Expr.(*bound.Ref); ok && it.Col == c {
			return origin(s.From, r.Col)
		}
	}
	return nil, nil
}

func indexOf(cols []*bound.Col, c *bound.Col) int {
	for i := range cols {
		if cols[i] == c {
			return i
		}
	}
	return -1
}

// windowBound binds TUMBLE_START(..) and its kin. Arguments must be those of the
// window.
func (x *env) windowBound(c *ast.Call) (bound.Expr, bool) {
	side, ok := windowBounds[strings.ToLower(c.Name.Name)]
	if !ok {
		return nil, false
	}
	e := x.windowColumn(ast.Ident{Loc: c.Loc, Name: c.Name.Name}, side)
	if e == nil || len(c.Args) == 0 {
		return e, true
	}
	for _, a := range c.Args {
		d, ok := unparen(a).(*ast.IntervalLit)
		if !ok {
			continue
		}
		v, ok := x.b.micros(&d.Value)
		if w := x.sel.Window; ok && v != w.Size && v != w.Advance && v != w.Offset {
			x.b.errWindowCall(a.Span(), strings.ToUpper(c.Name.Name))
			x.ok = false
			return nil, true
		}
	}
	return e, true
}
