package agg

import "unsafe"

// view is a text that shares memory with b, as decoded columns do.
func view(b []byte) string { return unsafe.String(&b[0], len(b)) }
