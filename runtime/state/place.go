package state

import "unsafe"

// IndexOf returns the place of an entry among all entries of its table.
func IndexOf[T any](all []T, e *T) int32 {
	return int32((uintptr(unsafe.Pointer(e)) - uintptr(unsafe.Pointer(&all[0]))) / unsafe.Sizeof(*e))
}
