//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package file

import (
	"os"
	"syscall"
)

// renameOpen: a file can be renamed while it is open, so that its lock lasts
// until it has its name.
const renameOpen = true

// lock takes the lock that ends with the process, however it ends. Where file
// systems do not have it, leftovers are not removed.
func lock(f *os.File) {
	for syscall.Flock(int(f.Fd()), syscall.LOCK_EX) == syscall.EINTR {
	}
}

// tryLock takes the lock if nobody holds it.
func tryLock(f *os.File) bool {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}
