package parser

// Words are of three kinds. Reserved words are the structural core of the
// language and never name anything unless quoted: ast.Reserved. Clause words may begin a
// clause behind a select item or a relation: they are usable as names, but not
// as an alias without AS. Every other word is an ordinary name, and a keyword
// only where the grammar asks for it.

// clauseWords maps a clause word to the word that must follow it for the clause
// to begin; "" means that the word alone is enough, "#" that a number follows.
var clauseWords = map[string]string{
	"WINDOW": "", "QUALIFY": "", "ORDER": "", "LIMIT": "", "EMIT": "", "INTO": "", "WITH": "",
	"INTERSECT": "", "EXCEPT": "", "PRIMARY": "KEY", "PARTITION": "BY", "STATE": "UNBOUNDED",
	"INNER": "", "LEFT": "", "RIGHT": "", "FULL": "", "CROSS": "", "ASOF": "", "NATURAL": "",
	"LATERAL": "", "USING": "", "WITHIN": "", "GRACE": "PERIOD", "FOR": "SYSTEM_TIME",
	"MATCH_CONDITION": "", "MATCH_RECOGNIZE": "", "TABLESAMPLE": "", "OFFSET": "#", "FETCH": "FIRST",
}

// suggestions are the words that a misspelt keyword is compared with.
var suggestions = []string{
	"SELECT", "FROM", "WHERE", "GROUP", "HAVING", "UNION", "CREATE", "STREAM", "TABLE", "VIEW",
	"SINK", "FUNCTION", "INSERT", "VALUES", "WINDOW", "TUMBLING", "HOPPING", "SLIDING", "SESSION",
	"CUMULATE", "QUALIFY", "ORDER", "LIMIT", "EMIT", "CHANGES", "FINAL", "INTO", "WITH", "JOIN",
	"INNER", "LEFT", "RIGHT", "FULL", "CROSS", "ASOF", "WITHIN", "GRACE", "PERIOD", "PARTITION",
	"BETWEEN", "EXPLAIN", "DESCRIBE", "SHOW", "INTERSECT", "EXCEPT", "ADVANCE", "RETENTION",
	"LANGUAGE", "RETURNS", "DISTINCT", "PRIMARY", "METADATA",
}

// refusedVerbs are the statements that veloc knows by name and leaves to other
// tools. The value says whether the word after the verb belongs to its name.
var refusedVerbs = map[string]bool{
	"UPDATE": false, "DELETE": false, "MERGE": false, "TRUNCATE": false, "PRINT": false,
	"TERMINATE": false, "DEFINE": false, "UNDEFINE": false, "UNSET": false, "USE": false,
	"BEGIN": false, "COMMIT": false, "GRANT": false, "REVOKE": false, "CALL": false,
	"COPY": false, "ANALYZE": false, "SPOOL": false, "VACUUM": false,
	"DROP": true, "ALTER": true, "ASSERT": true, "START": true, "STOP": true, "DEPLOY": true,
	"PAUSE": true, "RESUME": true, "ROLLBACK": true, "RUN": true, "REFRESH": true,
}

// refusedCreate are the things that CREATE makes elsewhere.
var refusedCreate = map[string]bool{
	"CONNECTOR": true, "INDEX": true, "DATABASE": true, "SCHEMA": true, "USER": true, "ROLE": true,
	"MATERIALIZED": true, "CATALOG": true, "SEQUENCE": true, "TRIGGER": true, "PROCEDURE": true,
	"TEMPORARY": true, "SECRET": true, "EXTENSION": true, "JOB": true,
}

// refusedClauses are constructs of other dialects that are refused by name. The
// value holds the word that must follow ("#" a number, "@" a name, "JOIN" any kind of join), and the way out.
var refusedClauses = map[string]struct{ next, name, hint string }{
	"OFFSET":          {"#", "OFFSET", "a stream has no fixed order of rows to skip; filter with WHERE"},
	"FETCH":           {"FIRST", "FETCH FIRST", "write LIMIT n"},
	"TABLESAMPLE":     {"@", "TABLESAMPLE", "filter with WHERE XXHASH64(column) % 10 = 0"},
	"MATCH_RECOGNIZE": {"(", "MATCH_RECOGNIZE", "express the pattern with LAG and LEAD, or with a self join"},
	"WATERMARK":       {"FOR", "WATERMARK FOR", "say 'event.time.field' and 'watermark.max_out_of_orderness' in WITH (..)"},
	"RECURSIVE":       {"@", "WITH RECURSIVE", "a stream program has no fixed point to reach; unroll the steps as CTEs"},
	"NATURAL":         {"JOIN", "NATURAL JOIN", "write JOIN .. USING (columns)"},
}

// canonical returns the upper-case form of a word without allocating when the
// word is known to one of the tables of the expression parser.
func canonical(word string) string {
	if len(word) > maxWord {
		return ""
	}
	var buf [maxWord]byte
	for i := 0; i < len(word); i++ {
		c := word[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		buf[i] = c
	}
	return exprWords[string(buf[:len(word)])]
}

const maxWord = 16

// exprWords are the words that mean something inside an expression.
var exprWords = wordTable(
	"AND", "OR", "NOT", "IS", "IN", "NULL", "BETWEEN", "LIKE", "ILIKE", "CASE", "WHEN", "THEN",
	"ELSE", "END", "SELECT", "WITH", "VALUES", "EXISTS", "CAST", "TRY_CAST", "EXTRACT", "INTERVAL",
	"DATE", "TIME", "TIMESTAMP", "ARRAY", "MAP", "STRUCT", "ROW", "TRUE", "FALSE", "TABLE",
	"DESCRIPTOR", "DIV", "AT", "ANY", "SOME", "ALL", "DISTINCT", "ORDER", "FILTER", "OVER", "WITHIN",
	"IGNORE", "RESPECT", "SUBSTRING", "TRIM", "POSITION", "FROM", "FOR", "LEADING", "TRAILING",
	"BOTH", "ESCAPE", "SYMMETRIC", "UNION", "INTERSECT", "EXCEPT", "LIMIT", "EMIT", "JSON", "COLLATE", "LEFT", "RIGHT",
	"SIMILAR", "RLIKE", "REGEXP", "ISNULL", "NOTNULL", "UNKNOWN", "RETURNING", "KEY", "VALUE",
)

func wordTable(words ...string) map[string]string {
	m := make(map[string]string, len(words))
	for _, w := range words {
		m[w] = w
	}
	return m
}
