package rt

import "unsafe"

// viewOf is the text of b without a copy; b must not change while it is used.
func viewOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
