package golden

import (
	"testing"

	"github.com/velocsql/veloc/parser/diag"
)

// elsewhere lists the codes that no case shows, and why.
var elsewhere = map[diag.Code]string{
	diag.GoCompile:       "of building a binary",
	diag.OldRuntime:      "of building a binary",
	diag.NoGo:            "of building a binary",
	diag.MissingModule:   "of building a binary",
	diag.UserGo:          "of building a binary",
	diag.NotARuntime:     "of building a binary",
	diag.Internal:        "a defect of the compiler",
	diag.AmbiguousColumn: "needs a query over two relations, which is refused so far",
	diag.NoColumns:       "needs a connector without a schema of its own",

	diag.UnterminatedString:  "tested with the parser",
	diag.UnterminatedComment: "tested with the parser",
	diag.BadCharacter:        "tested with the parser",
	diag.BadNumber:           "tested with the parser",
	diag.ReservedName:        "tested with the parser",
	diag.TooDeep:             "tested with the parser",
	diag.BadDuration:         "tested with the parser",
	diag.MisplacedClause:     "tested with the parser",
	diag.NotInLanguage:       "tested with the parser",
	diag.BadEscape:           "tested with the parser",
	diag.MissingClause:       "tested with the parser",
}

// TestCodes checks that some case shows each code, and that codes have the
// severity of their table.
func TestCodes(t *testing.T) {
	shown := map[diag.Code]string{}
	for _, c := range loadCases(t) {
		p, err := c.compile(t)
		if err != nil {
			continue // TestGolden says so
		}
		for _, d := range p.diags {
			shown[d.Code] = c.Name
			info, ok := diag.Lookup(d.Code)
			if !ok {
				t.Errorf("%s: code %s is in no table", c.Name, d.Code)
			} else if info.Severity != d.Severity {
				t.Errorf("%s: %s is a %s, its table says %s", c.Name, d.Code, d.Severity, info.Severity)
			}
		}
	}
	for _, info := range diag.Codes() {
		name, ok := shown[info.Code]
		why, listed := elsewhere[info.Code]
		switch {
		case !ok && !listed:
			t.Errorf("no case shows %s (%s)", info.Code, info.Title)
		case ok && listed:
			t.Errorf("%s shows %s, which is listed as %q", name, info.Code, why)
		}
	}
}
