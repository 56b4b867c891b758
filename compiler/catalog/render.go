package catalog

import (
	"strings"
)

// ColumnList renders the columns of a schema as they stand in CREATE STREAM, to
// be pasted.
func (s *Schema) ColumnList() string {
	width := 0
	names := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		names[i] = quoteName(c.Name)
		width = max(width, len(names[i]))
	}
	var b strings.Builder
	b.WriteString("(\n")
	for i, c := range s.Columns {
		b.WriteString("  " + names[i] + strings.Repeat(" ", width-len(names[i])+1) + c.Type.String())
		if i < len(s.Columns)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteByte(')')
	return b.String()
}

// reserved are the words that stand for themselves only in quotes.
var reserved = map[string]bool{
	"SELECT": true, "FROM": true, "WHERE": true, "GROUP": true, "HAVING": true, "UNION": true, "ON": true, "AS": true, "AND": true,
	"OR": true, "NOT": true, "CASE": true, "WHEN": true, "THEN": true, "ELSE": true, "END": true, "IN": true, "IS": true, "NULL": true,
	"BETWEEN": true, "LIKE": true, "JOIN": true, "CREATE": true, "PRIMARY": true,
}

// quoteName puts a name in quotes if it is not a plain word.
func quoteName(name string) string {
	plain := name != "" && !reserved[strings.ToUpper(name)]
	for i := 0; i < len(name) && plain; i++ {
		c := name[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		plain = letter || i > 0 && '0' <= c && c <= '9'
	}
	if plain {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
