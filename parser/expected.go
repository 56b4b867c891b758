package parser

import (
	"slices"
	"strings"
)

// productionNames are the user's words for productions of the grammar. Those
// that are left out can be absent and are not worth naming.
var productionNames = map[string]string{
	"Expr": "an expression", "name": "a name", "aliasName": "", "columnName": "a column", "typeNode": "a type",
	"QueryNode": "a query", "BareQuery": "a query", "OperandNode": "a query", "SelectItem": "an expression",
	"itemTarget": "an expression", "stringNode": "a string in single quotes", "numberNode": "a number",
	"durationNode": "a duration such as 5 MINUTES", "optionKey": "an option", "optionValue": "a value",
	"OptionNode": "an option such as 'format' = 'json'", "ColumnItem": "a column", "ColumnDef": "a column",
	"PrimaryRel": "a relation", "RelationNode": "a relation", "GroupItem": "an expression", "OrderItem": "an expression",
	"boundNode": "a bound such as CURRENT ROW", "windowKind": "a kind of window", "windowOperand": "a duration",
	"FieldNode": "a name", "showKind": "STREAMS, TABLES or FUNCTIONS", "RowNode": `"("`, "NameList": `"("`,
	"OptionList": `"("`, "ColumnList": `"("`, "OverSpec": `"("`, "OrderList": `"ORDER BY"`, "WindowNode": "a kind of window",
	"relationName": "a relation", "RelationDecl": createKinds,
	"FunctionAttr": `"LANGUAGE", "AS"`, "EmitNode": `"CHANGES", "FINAL", "EVERY" or "ON WINDOW CLOSE"`,
	"CreateStmt": createKinds, "relationKind": createKinds,
}

const createKinds = "STREAM, TABLE, VIEW, SINK, TYPE or FUNCTION"

// expectedWords returns what the grammar's message says was expected, as far as
// the next token goes: the message holds the rest of the production in EBNF.
func expectedWords(message string) string {
	_, rule, ok := strings.Cut(message, " (expected ")
	if !ok {
		return ""
	}
	e := ebnf{rest: strings.TrimSuffix(rule, ")")}
	words, _ := e.alternatives()
	var seen []string
	for _, w := range words {
		if w != "" && !slices.Contains(seen, w) {
			seen = append(seen, w)
		}
	}
	if n := len(seen); n > 1 {
		return strings.Join(seen[:n-1], ", ") + " or " + seen[n-1]
	}
	return strings.Join(seen, "")
}

// ebnf reads the EBNF of a production for the things that it can begin with.
type ebnf struct{ rest string }

// alternatives reads a | b up to the end or a closing bracket. It returns what
// the text can begin with, and whether it can be empty.
func (e *ebnf) alternatives() (words []string, empty bool) {
	for {
		w, optional := e.sequence()
		words = append(words, w...)
		empty = empty || optional
		if !e.skip("|") {
			return words, empty
		}
	}
}

func (e *ebnf) sequence() (words []string, empty bool) {
	empty = true
	for {
		e.rest = strings.TrimLeft(e.rest, " ")
		if e.rest == "" || e.rest[0] == '|' || e.rest[0] == ')' {
			return words, empty
		}
		w, optional := e.element()
		if empty {
			words = append(words, w...)
		}
		empty = empty && optional
	}
}

// element reads a literal, a token, a production or a group, with its modifier.
func (e *ebnf) element() (words []string, optional bool) {
	switch {
	case e.skip("(?= "), e.skip("(?! "):
		e.alternatives()
		e.skip(")")
		return nil, true
	case e.skip("("):
		words, optional = e.alternatives()
		e.skip(")")
	case e.rest[0] == '"':
		end := 1
		for end < len(e.rest)-1 && e.rest[end] != '"' {
			end++
		}
		words = []string{e.rest[:end+1]}
		e.rest = e.rest[end+1:]
	default:
		end := strings.IndexAny(e.rest, " ()|?*+!")
		if end < 0 {
			end = len(e.rest)
		}
		end = max(end, 1)
		if w := e.rest[:end]; w[0] == '<' {
			words = []string{"a name"}
		} else {
			words = []string{productionNames[w]}
		}
		e.rest = e.rest[end:]
	}
	if e.rest != "" && strings.IndexByte("?*+!", e.rest[0]) >= 0 {
		optional = optional || e.rest[0] == '?' || e.rest[0] == '*'
		e.rest = e.rest[1:]
	}
	return words, optional
}

func (e *ebnf) skip(prefix string) bool {
	trimmed := strings.TrimLeft(e.rest, " ")
	if !strings.HasPrefix(trimmed, prefix) {
		return false
	}
	e.rest = trimmed[len(prefix):]
	return true
}
