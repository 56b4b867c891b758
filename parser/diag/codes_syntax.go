package diag

// VL1xxx: the text is not SQL that veloc understands.
const (
	Syntax              Code = "VL1001" // unexpected token
	UnterminatedString  Code = "VL1002"
	UnterminatedComment Code = "VL1003"
	BadCharacter        Code = "VL1004"
	BadNumber           Code = "VL1005"
	Unclosed            Code = "VL1006" // bracket without its partner
	ReservedName        Code = "VL1007"
	RepeatedClause      Code = "VL1008"
	TooDeep             Code = "VL1009"
	BadDuration         Code = "VL1010"
	BadWindow           Code = "VL1011"
	MisplacedClause     Code = "VL1012"
	ChainedComparison   Code = "VL1013"
	NotInLanguage       Code = "VL1014" // a construct of another dialect, refused by name
	BadEscape           Code = "VL1015"
	MissingClause       Code = "VL1016" // a part that the statement cannot do without
)

var syntaxCodes = []Info{
	{
		Code: Syntax, Title: "unexpected text",
		Text: "The statement cannot be read: something stands where another thing is expected. The message names both.",
		Bad:  "SELECT a, FROM t;", Good: "SELECT a FROM t;",
	},
	{
		Code: UnterminatedString, Title: "a quote is never closed",
		Text: "A string or a quoted name begins here and the text ends before its closing quote. A quote inside a string is written twice.",
		Bad:  "SELECT 'it's' FROM t;", Good: "SELECT 'it''s' FROM t;",
	},
	{
		Code: UnterminatedComment, Title: "a comment is never closed",
		Text: `A comment that begins with "/*" ends with "*/". Such comments nest: each "/*" needs its own "*/".`,
		Bad:  "SELECT a /* the key FROM t;", Good: "SELECT a /* the key */ FROM t;",
	},
	{
		Code: BadCharacter, Title: "unexpected character",
		Text: "The character has no meaning in SQL outside of quotes. Quote a name that contains it.",
		Bad:  "SELECT @id FROM t;", Good: "SELECT \"@id\" FROM t;",
	},
	{
		Code: BadNumber, Title: "neither a number nor a duration",
		Text: "A number with a point runs into letters that are no unit of time. Durations are written 30s, 5m, 1.5h, 1h30m or 5 MINUTES.",
		Bad:  "SELECT 1.5kg FROM t;", Good: "SELECT 1.5 AS kg FROM t;",
	},
	{
		Code: Unclosed, Title: "a bracket has no partner",
		Text: "A bracket is opened and never closed, or closed and never opened. The message points at the bracket, the label at the place where its partner was missed.",
		Bad:  "SELECT SUM(qty FROM t;", Good: "SELECT SUM(qty) FROM t;",
	},
	{
		Code: ReservedName, Title: "a reserved word stands for a name",
		Text: "The words of the structural core (SELECT, FROM, WHERE, GROUP, ON, AS, AND, OR, CASE ..) name a column or relation only in quotes.",
		Bad:  "SELECT from FROM mails;", Good: "SELECT \"from\" FROM mails;",
	},
	{
		Code: RepeatedClause, Title: "a clause is written twice",
		Text: "The clauses after FROM may come in any order, each at most once. The same holds for the parts of a window, of a join and of a column.",
		Bad:  "SELECT a FROM t WHERE a > 1 WHERE b > 2;", Good: "SELECT a FROM t WHERE a > 1 AND b > 2;",
	},
	{
		Code: TooDeep, Title: "too deeply nested",
		Text: "Brackets, CASE expressions and chains of operators nest too deeply to be read by a person or a compiler. Split the query with WITH or a view.",
		Bad:  "SELECT ((((..))));", Good: "WITH part AS (SELECT ..) SELECT .. FROM part;",
	},
	{
		Code: BadDuration, Title: "not a length of time",
		Text: "A duration is a number and a unit: 5 MINUTES, 30s, 1h30m, INTERVAL '5' MINUTE, INTERVAL '1 day 2 hours'. The smallest unit is a microsecond; months have whole numbers.",
		Bad:  "SELECT COUNT(*) FROM t WINDOW TUMBLING(SIZE 5);", Good: "SELECT COUNT(*) FROM t WINDOW TUMBLING(SIZE 5 SECONDS);",
	},
	{
		Code: BadWindow, Title: "the window's arguments do not fit its kind",
		Text: "TUMBLING(size), HOPPING(size, advance), SLIDING(size [, advance]), SESSION(gap) and CUMULATE(step, size) take these lengths, optionally the time column, and GRACE PERIOD, RETENTION, OFFSET.",
		Bad:  "SELECT COUNT(*) FROM t WINDOW HOPPING(SIZE 5 MINUTES);", Good: "SELECT COUNT(*) FROM t WINDOW HOPPING(SIZE 5 MINUTES, ADVANCE BY 1 MINUTE);",
	},
	{
		Code: MisplacedClause, Title: "a clause stands where it cannot",
		Text: "ORDER BY, LIMIT, EMIT, INTO and WITH belong to a whole query and stand behind its last SELECT; the other clauses belong to one SELECT. Parentheses say which query is meant.",
		Bad:  "SELECT a FROM t LIMIT 1 UNION ALL SELECT a FROM u;", Good: "(SELECT a FROM t LIMIT 1) UNION ALL SELECT a FROM u;",
	},
	{
		Code: ChainedComparison, Title: "a comparison of a comparison",
		Text: "Comparisons do not chain: a < b < c would compare TRUE or FALSE with c. Say what is meant with AND or parentheses.",
		Bad:  "SELECT a FROM t WHERE 1 < a < 5;", Good: "SELECT a FROM t WHERE 1 < a AND a < 5;",
	},
	{
		Code: NotInLanguage, Title: "not supported",
		Text: "The construct belongs to another dialect, or is not made yet. Nothing is read and ignored, so the statement is refused; the hint says what to write instead.",
		Bad:  "SELECT a FROM t LIMIT 5 OFFSET 10;", Good: "SELECT a FROM t LIMIT 5;",
	},
	{
		Code: BadEscape, Title: "unknown escape",
		Text: "E'..' strings know \\n \\t \\r \\b \\f \\v \\0 \\\\ \\' \\\" \\xHH \\uHHHH and \\UHHHHHHHH. X'..' holds pairs of hexadecimal digits.",
		Bad:  "SELECT E'a\\q' FROM t;", Good: "SELECT E'a\\\\q' FROM t;",
	},
	{
		Code: MissingClause, Title: "a part is missing",
		Text: "The statement lacks a part that it cannot do without, for example the condition of a join or the body of a function.",
		Bad:  "SELECT * FROM a ASOF JOIN b ON a.k = b.k;", Good: "SELECT * FROM a ASOF JOIN b ON a.k = b.k MATCH_CONDITION (a.ts >= b.ts);",
	},
}
