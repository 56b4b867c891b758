package state

import (
	"strings"
	"unsafe"
)

// texts keeps copies of texts. Many of them share one piece of memory, which is
// freed when none is in use: the garbage collector has few pieces to look after,
// and a new key costs no allocation. Memory that a text is in is never written
// again.
//
// The zero value is ready.
type texts struct{ piece []byte }

// Sizes of pieces in bytes: they double, so that a small table stays small.
const (
	firstPiece = 256
	lastPiece  = 32 << 10
)

// copy returns a copy of s that owns its memory, as far as others can tell.
func (t *texts) copy(s string) string {
	if s == "" {
		return ""
	}
	if len(s) > cap(t.piece)-len(t.piece) {
		if len(s) > lastPiece/8 {
			return strings.Clone(s) // a piece of its own
		}
		t.piece = make([]byte, 0, max(len(s), min(max(2*cap(t.piece), firstPiece), lastPiece)))
	}
	n := len(t.piece)
	t.piece = append(t.piece, s...)
	return unsafe.String(&t.piece[n], len(s))
}
