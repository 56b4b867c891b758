//go:build unix

package cli

import "syscall"

// replaceProcess makes this process the program. It returns only if it fails.
func replaceProcess(bin string, args, env []string) error {
	return syscall.Exec(bin, append([]string{bin}, args...), env)
}
