package rt

import (
	"os"

	"golang.org/x/term"
)

// isTerminal reports whether f is a terminal, and its width in columns.
func isTerminal(f *os.File) (bool, int) {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return false, 0
	}
	w, _, err := term.GetSize(fd)
	if err != nil {
		w = 80
	}
	return true, w
}
