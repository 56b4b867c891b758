//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package rt

import "os"

// isTerminal does not know terminals here: output is plain.
func isTerminal(*os.File) (bool, int) { return false, 0 }
