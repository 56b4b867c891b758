//go:build linux || darwin || freebsd || netbsd || openbsd

package rt

import (
	"os"
	"syscall"
	"unsafe"
)

// isTerminal reports whether f is a terminal, and its width in columns. It asks
// the kernel itself: a module for this one call would have to be fetched before
// any program can be built.
func isTerminal(f *os.File) (bool, int) {
	var size struct{ rows, cols, x, y uint16 }
	_, _, e := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&size)))
	if e != 0 {
		return false, 0
	}
	if size.cols == 0 {
		return true, 80
	}
	return true, int(size.cols)
}
