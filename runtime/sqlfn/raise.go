package sqlfn

import (
	"strings"

	"github.com/velocsql/veloc/runtime/fault"
)

// Raise fails with a message.
func Raise(f *fault.Fault, message string) string {
	f.Set(strings.Clone(message))
	return ""
}
