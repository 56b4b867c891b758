package diag

// VL1xxx: the text is not SQL that veloc understands.
const (
	Syntax Code = "VL1001" // unexpected token
)

var syntaxCodes = []Info{
	{Code: Syntax, Title: "unexpected text", Text: "The statement cannot be read: something stands where another thing is expected. The message names both.", Bad: "SELECT a, FROM t;", Good: "SELECT a FROM t;"},
}
