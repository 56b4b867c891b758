package nested

import "unsafe"

// Keys is the memory of keys of groups that are written to be looked up. What
// has been written stays as it is, so that a key holds as long as it is used.
type Keys struct{ free []byte }

// chunk is how much memory is taken at once.
const chunk = 4096

// Start returns where a key is appended.
func (k *Keys) Start() []byte {
	if cap(k.free) < chunk/8 {
		k.free = make([]byte, 0, chunk)
	}
	return k.free
}

// Text makes a key of what has been appended to Start.
func (k *Keys) Text(b []byte) string {
	if len(b) <= cap(k.free) { // it has not outgrown its memory
		k.free = k.free[len(b):len(b):cap(k.free)]
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}
