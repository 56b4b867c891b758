package parser

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// unit is a unit of time: months, or days, or nanoseconds.
type unit struct{ months, days, nanos int64 }

const (
	nanosPerMicro  = 1_000
	nanosPerMilli  = 1_000_000
	nanosPerSecond = 1_000_000_000
)

// units are the spellings of units in words, in the singular and upper case.
var units = map[string]unit{
	"NANOSECOND": {nanos: 1}, "MICROSECOND": {nanos: nanosPerMicro}, "MILLISECOND": {nanos: nanosPerMilli},
	"SECOND": {nanos: nanosPerSecond}, "MINUTE": {nanos: 60 * nanosPerSecond}, "HOUR": {nanos: 3600 * nanosPerSecond},
	"DAY": {days: 1}, "WEEK": {days: 7}, "MONTH": {months: 1}, "QUARTER": {months: 3}, "YEAR": {months: 12},
	"SEC": {nanos: nanosPerSecond}, "MIN": {nanos: 60 * nanosPerSecond}, "HR": {nanos: 3600 * nanosPerSecond},
	"MILLI": {nanos: nanosPerMilli}, "MICRO": {nanos: nanosPerMicro}, "NANO": {nanos: 1}, "MSEC": {nanos: nanosPerMilli},
}

// shortUnits are the spellings in bare durations such as 1h30m.
var shortUnits = map[string]unit{
	"ns": {nanos: 1}, "us": {nanos: nanosPerMicro}, "µs": {nanos: nanosPerMicro}, "ms": {nanos: nanosPerMilli},
	"s": {nanos: nanosPerSecond}, "m": {nanos: 60 * nanosPerSecond}, "h": {nanos: 3600 * nanosPerSecond},
	"d": {days: 1}, "w": {days: 7},
}

// lookupUnit finds a unit by its word, singular or plural.
func lookupUnit(word string) (unit, bool) {
	w := upperWord(word)
	if u, ok := units[w]; ok {
		return u, true
	}
	u, ok := units[strings.TrimSuffix(w, "S")]
	return u, ok
}

// lookupAnyUnit finds a unit by its word or its abbreviation.
func lookupAnyUnit(word string) (unit, bool) {
	if u, ok := shortUnits[strings.ToLower(word)]; ok {
		return u, true
	}
	return lookupUnit(word)
}

// addTo adds n units to d; it fails for a fraction that has no exact length, and
// when the sum is too large.
func (u unit) addTo(d *ast.Duration, n *big.Rat) bool {
	add := func(to *int64, size int64) bool {
		v := new(big.Rat).Mul(n, new(big.Rat).SetInt64(size))
		v.Add(v, new(big.Rat).SetInt64(*to))
		if !v.IsInt() || !v.Num().IsInt64() {
			return false
		}
		*to = v.Num().Int64()
		return true
	}
	switch {
	case u.months > 0:
		return add(&d.Months, u.months)
	case u.days > 0 && n.IsInt():
		return add(&d.Days, u.days)
	case u.days > 0:
		u.nanos = u.days * 24 * 3600 * nanosPerSecond
	}
	if u.nanos >= nanosPerMicro {
		return add(&d.Micros, u.nanos/nanosPerMicro)
	}
	n = new(big.Rat).Quo(n, new(big.Rat).SetInt64(nanosPerMicro))
	return add(&d.Micros, 1)
}

// compactDuration reads 30s, 1h30m, 1.5h.
func compactDuration(s string) (ast.Duration, bool) {
	var d ast.Duration
	for s != "" {
		n := numberPrefix(s)
		num, rest := s[:n], s[n:]
		end := strings.IndexAny(rest, "0123456789")
		if end < 0 {
			end = len(rest)
		}
		u, ok := shortUnits[strings.ToLower(rest[:end])]
		if !ok && rest[:end] != "" {
			u, ok = lookupUnit(rest[:end])
		}
		v, okNum := parseRat(num)
		if !ok || !okNum || !u.addTo(&d, v) {
			return d, false
		}
		s = rest[end:]
	}
	return d, true
}

// numberPrefix returns the length of the decimal number that s begins with.
func numberPrefix(s string) int {
	i := 0
	for i < len(s) && (isDigit(s[i]) || s[i] == '.' || s[i] == '_') {
		i++
	}
	return i
}

func parseRat(s string) (*big.Rat, bool) {
	s = strings.ReplaceAll(s, "_", "")
	if s == "" || len(s) > 40 || strings.ContainsAny(s, "/eExX") {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// verboseDuration reads '1 day 2 hours', '30s', '-5 minutes', '01:30:00'.
func verboseDuration(s string) (ast.Duration, bool) {
	var d ast.Duration
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return d, false
	}
	for i := 0; i < len(fields); i++ {
		f, neg := strings.CutPrefix(fields[i], "-")
		f = strings.TrimPrefix(f, "+")
		if f == "" {
			return d, false
		}
		ok := false
		switch n := numberPrefix(f); {
		case strings.Contains(f, ":"):
			ok = clockDuration(&d, f, neg)
		case n == len(f) && i+1 < len(fields):
			i++
			u, known := lookupAnyUnit(fields[i])
			ok = known && u.addText(&d, f, neg)
		case n > 0:
			var part ast.Duration
			if part, ok = compactDuration(f); ok {
				ok = addDuration(&d, part, neg)
			}
		}
		if !ok {
			return d, false
		}
	}
	return d, true
}

// addText adds the number in text, negated if neg, to d.
func (u unit) addText(d *ast.Duration, text string, neg bool) bool {
	v, ok := parseRat(text)
	if !ok {
		return false
	}
	if neg {
		v.Neg(v)
	}
	return u.addTo(d, v)
}

// addDuration adds e, or its opposite, to d and reports whether the sum fits.
func addDuration(d *ast.Duration, e ast.Duration, neg bool) bool {
	ok := true
	add := func(to *int64, v int64) {
		if neg {
			v = -v
		}
		sum := *to + v
		ok = ok && (sum > *to) == (v > 0)
		*to = sum
	}
	add(&d.Months, e.Months)
	add(&d.Days, e.Days)
	add(&d.Micros, e.Micros)
	return ok
}

// clockDuration reads h:m and h:m:s.
func clockDuration(d *ast.Duration, s string, neg bool) bool {
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return false
	}
	for i, name := range []string{"HOUR", "MINUTE", "SECOND"}[:len(parts)] {
		if !units[name].addText(d, parts[i], neg) {
			return false
		}
	}
	return true
}

// durationNode is a length of time where one is expected: INTERVAL in its
// forms, 5 MINUTES, 30s, '30 seconds'.
type durationNode struct{ ast.Duration }

// Parse implements participle.Parseable.
func (d *durationNode) Parse(lex *lexer.PeekingLexer) error {
	dur, err := parseDuration(lex)
	if err != nil {
		return err
	}
	d.Duration = *dur
	return nil
}

// ptr returns the duration, nil for an absent one.
func (d *durationNode) ptr() *ast.Duration {
	if d == nil {
		return nil
	}
	return &d.Duration
}

var _ participle.Parseable = (*durationNode)(nil)

// startsDuration reports whether a duration stands at the next token.
func startsDuration(lex *lexer.PeekingLexer) bool {
	t := lex.Peek()
	switch t.Type {
	case tokNumber, tokDuration, tokString:
		return true
	case tokIdent:
		if strings.EqualFold(t.Value, "INTERVAL") {
			next := ahead(lex, 1)
			return next.Type == tokNumber || next.Type == tokDuration || next.Type == tokString ||
				next.Value == "-" || next.Type == tokQuoted
		}
	}
	return false
}

// parseDuration reads a duration, with or without INTERVAL before it.
func parseDuration(lex *lexer.PeekingLexer) (*ast.Duration, error) {
	first := *lex.Peek()
	if !startsDuration(lex) {
		return nil, unexpected(&first, "a duration such as 5 MINUTES or 30s")
	}
	if first.Type == tokIdent {
		lex.Next()
	}
	neg := lex.Peek().Value == "-"
	if neg {
		lex.Next()
	}
	t := *lex.Next()
	var part ast.Duration
	var ok bool
	end := tokenEnd(&t)
	switch t.Type {
	case tokDuration:
		part, ok = compactDuration(t.Value)
	case tokString, tokQuoted:
		text, err := stringValue(&t)
		if err != nil {
			return nil, err
		}
		if part, ok, err = qualifiedDuration(lex, text, &end); err != nil {
			return nil, err
		}
	default:
		u := *lex.Peek()
		size, known := lookupAnyUnit(u.Value)
		if u.Type != tokIdent || !known {
			return nil, missingUnit(&u, &t)
		}
		lex.Next()
		end = tokenEnd(&u)
		var n *big.Rat
		if n, ok = parseRat(t.Value); ok {
			ok = size.addTo(&part, n)
		}
	}
	d := &ast.Duration{Loc: source.Span{Start: source.At(first.Pos.Offset), End: end}}
	if !ok || !addDuration(d, part, neg) {
		return nil, badDuration(d.Loc)
	}
	return d, nil
}

// qualifiedDuration reads the text of an interval and the unit behind it:
// '5' MINUTE, '1:30' HOUR TO MINUTE, '1 day 2 hours'.
func qualifiedDuration(lex *lexer.PeekingLexer, text string, end *source.Pos) (d ast.Duration, ok bool, err error) {
	u := *lex.Peek()
	size, known := lookupUnit(u.Value)
	if u.Type != tokIdent || !known {
		d, ok = verboseDuration(text)
		return d, ok, nil
	}
	lex.Next()
	*end = tokenEnd(&u)
	if strings.EqualFold(lex.Peek().Value, "TO") {
		lex.Next()
		last := *lex.Next()
		*end = tokenEnd(&last)
		d, ok = rangeDuration(text, upperWord(u.Value), upperWord(last.Value))
		return d, ok, nil
	}
	num, neg := strings.CutPrefix(strings.TrimSpace(text), "-")
	ok = size.addText(&d, num, neg)
	return d, ok, nil
}

// rangeDuration reads the text of INTERVAL '..' from TO to: its numbers stand
// for the units between the two.
func rangeDuration(text, from, to string) (d ast.Duration, ok bool) {
	order := []string{"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"}
	at := func(w string) int {
		for i, name := range order {
			if w == name || w == name+"S" {
				return i
			}
		}
		return -1
	}
	first, last := at(from), at(to)
	nums := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ':' || r == '-' })
	if first < 0 || last <= first || len(nums) != last-first+1 {
		return d, false
	}
	for i, n := range nums {
		if !units[order[first+i]].addText(&d, n, false) {
			return d, false
		}
	}
	return d, true
}

// numberNode is a plain number, as LIMIT takes it.
type numberNode struct{ ast.NumberLit }

// Parse implements participle.Parseable.
func (n *numberNode) Parse(lex *lexer.PeekingLexer) error {
	t := *lex.Peek()
	if t.Type != tokNumber {
		return unexpected(&t, "a number")
	}
	lex.Next()
	n.NumberLit = *numberLit(&t)
	return nil
}

func (n *numberNode) ptr() *ast.NumberLit {
	if n == nil {
		return nil
	}
	return &n.NumberLit
}

// numberLit returns the literal of a number token.
func numberLit(t *lexer.Token) *ast.NumberLit {
	n := &ast.NumberLit{Node: ast.Node{Loc: tokenSpan(t)}, Text: strings.ReplaceAll(t.Value, "_", "")}
	n.Exponent = strings.ContainsAny(n.Text, "eE")
	return n
}

// intParam returns the value of a number token that counts something small.
func intParam(t *lexer.Token) (int, bool) {
	n, err := strconv.Atoi(strings.ReplaceAll(t.Value, "_", ""))
	return n, err == nil && n >= 0
}
