package event

import "github.com/velocsql/veloc/runtime/sqltime"

// Pattern is a strftime pattern such as `%Y-%m-%d %H:%M:%S%.3f`.
func Pattern(s string) (Format, error) {
	l, err := compile(s)
	if err != nil {
		return Format{}, &FormatError{s, err.Error()}
	}
	return Format{name: s, kind: pattern, layout: l}, nil
}

// compile compiles a pattern of strftime, or one of letters.
func compile(s string) (layout, error) { return sqltime.CompileAny(s) }
