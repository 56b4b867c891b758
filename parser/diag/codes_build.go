package diag

// VL5xxx: building and running the generated program. VL9xxx: defects of veloc itself.
const (
	Internal Code = "VL9001"
)

var buildCodes = []Info{}

var internalCodes = []Info{
	{Code: Internal, Title: "internal error", Text: "veloc itself failed. Please report the statement that the message names."},
}
