package diag

// VL2xxx: names and types.
const (
	UnknownRelation Code = "VL2001"
	UnknownColumn   Code = "VL2003"
)

var nameCodes = []Info{
	{Code: UnknownRelation, Title: "unknown relation", Text: "The query reads a stream, table or view that no statement before it declares.", Bad: "SELECT * FROM trads;", Good: "CREATE STREAM trades FROM 'trades.csv'; SELECT * FROM trades;"},
	{Code: UnknownColumn, Title: "unknown column", Text: "No relation in scope has a column of this name.", Bad: "SELECT amout FROM orders;", Good: "SELECT amount FROM orders;"},
}
