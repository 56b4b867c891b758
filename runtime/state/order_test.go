package state

import (
	"slices"
	"unsafe"
)

func stableBy10(v []int) []int {
	out := slices.Clone(v)
	slices.SortStableFunc(out, func(a, b int) int { return a/10 - b/10 })
	return out
}

// viewOf is the text of b without a copy, as decoders hand it out.
func viewOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
