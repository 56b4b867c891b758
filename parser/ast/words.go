package ast

// reserved is the structural core of the language.
var reserved = map[string]bool{
	"SELECT": true, "FROM": true, "WHERE": true, "GROUP": true, "HAVING": true,
	"UNION": true, "ON": true, "AS": true, "AND": true, "OR": true, "NOT": true,
	"CASE": true, "WHEN": true, "THEN": true, "ELSE": true, "IN": true, "IS": true,
	"NULL": true, "BETWEEN": true, "LIKE": true, "JOIN": true, "CREATE": true,
}

// Reserved reports whether an upper-case word is part of the structural core,
// which names something only in quotes. END is not: only CASE knows it.
func Reserved(word string) bool { return reserved[word] }
