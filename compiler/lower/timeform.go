package lower

import (
	"strconv"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

const scanPath = runtimePath + "/format/scan"

// epochUnits are the values of timestamp.format that count since the epoch.
var epochUnits = map[string]string{"epoch_seconds": "Seconds", "epoch_millis": "Millis", "epoch_micros": "Micros", "epoch_nanos": "Nanos"}

// timeForm is how the options of a source or sink have its columns of type
// TIMESTAMP written; nil: in ISO 8601.
func (l *queryLowering) timeForm(owner string, options []bound.Option, cols []*bound.Col) *p.TimeForm {
	format, ok := bound.Get(options, "timestamp.format")
	if !ok || format == "iso8601" {
		return nil
	}
	if unit := epochUnits[format]; unit != "" {
		return &p.TimeForm{Unit: unit}
	}
	for _, c := range cols {
		if c.Type.Kind == types.Timestamp {
			return &p.TimeForm{Pattern: l.timePattern(owner, format)}
		}
	}
	return nil
}

// timePattern is the package variable of a pattern. A source has one in each
// query that reads it.
func (l *queryLowering) timePattern(owner, format string) string {
	name := l.q.Var
	if owner != name {
		name += exported(owner)
	}
	name = l.pl.names.pick(name + "Times")
	l.q.Prepared = append(l.q.Prepared, &p.Prepared{Name: name, Doc: "times such as " + format, X: call(scanPath, "MustTimePattern", lit(strconv.Quote(format)))})
	return name
}
