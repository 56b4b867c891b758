package state

import (
	"syscall"
	"unsafe"
)

// hugePage is the usual size of a huge page, in bytes.
const hugePage = 2 << 20

// huge asks for huge pages behind a large slice that is not yet in use. Lookups
// of keys go all over it, and with pages of 4 KiB most of them miss the
// processor's cache of page addresses too. It is only advice: an error means
// that there are none.
func huge[T any](s []T) {
	var t T
	from := uintptr(unsafe.Pointer(unsafe.SliceData(s)))
	to := (from + uintptr(cap(s))*unsafe.Sizeof(t)) &^ (hugePage - 1)
	from = (from + hugePage - 1) &^ (hugePage - 1)
	if from < to {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, from, to-from, syscall.MADV_HUGEPAGE)
	}
}
