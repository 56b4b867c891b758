package state

import "unsafe"

// StringEntry is a text key with its state. The first bytes of the key are kept
// beside it, so that short keys are compared without following the pointer.
type StringEntry[S any] struct {
	Key    string
	prefix uint64
	State  S
}

// Strings is a Table for keys of text, the most frequent kind.
//
// The zero value is ready. A *StringEntry is valid until the next New.
type Strings[S any] struct {
	index   []slot
	mask    uint32
	entries []StringEntry[S]
	hashes  []uint32
}

// Find returns the entry of a key, nil if there is none, and the hash of the
// key for New. It does not keep the key.
func (t *Strings[S]) Find(key string) (e *StringEntry[S], hash uint64) {
	prefix := Prefix(key)
	hash = hashWith(prefix, key)
	if len(t.index) == 0 {
		return nil, hash
	}
	tag := uint32(hash >> 32)
	for i := uint32(hash); ; i++ {
		s := &t.index[i&t.mask]
		if s.tag == tag && s.ref != 0 {
			e := &t.entries[s.ref-1]
			if e.prefix == prefix && len(e.Key) == len(key) && (len(key) <= 8 || e.Key == key) {
				return e, hash
			}
		} else if s.ref == 0 {
			return nil, hash
		}
	}
}

// New adds a key that Find did not find. The table keeps the key, so it must
// own its memory.
func (t *Strings[S]) New(hash uint64, key string) *StringEntry[S] {
	if len(t.entries)*2 >= len(t.index) {
		t.grow()
	}
	t.entries = append(t.entries, StringEntry[S]{Key: key, prefix: Prefix(key)})
	t.hashes = append(t.hashes, uint32(hash))
	place(t.index, t.mask, uint32(hash), uint32(hash>>32), uint32(len(t.entries)))
	return &t.entries[len(t.entries)-1]
}

func (t *Strings[S]) grow() {
	t.index, t.mask = regrow(t.index, t.hashes)
}

// Len returns the number of keys.
func (t *Strings[S]) Len() int { return len(t.entries) }

// All returns the entries in order of arrival.
func (t *Strings[S]) All() []StringEntry[S] { return t.entries }

// Reset forgets all keys and keeps the memory.
func (t *Strings[S]) Reset() {
	clear(t.index)
	clear(t.entries)
	t.entries = t.entries[:0]
	t.hashes = t.hashes[:0]
}

// Prefix returns the first up to 8 bytes of s as a little-endian word, padded
// with zeros.
//
//go:nocheckptr
func Prefix(s string) uint64 {
	p := unsafe.Pointer(unsafe.StringData(s))
	n := uint(len(s))
	if n >= 8 {
		return *(*uint64)(p)
	}
	if n == 0 {
		return 0
	}
	// A load of 8 bytes stays in mapped memory unless it crosses into another
	// page; the bytes behind s are masked out.
	if uintptr(p)&4095 <= 4088 {
		return *(*uint64)(p) & (1<<(8*n) - 1)
	}
	return short(s)
}
