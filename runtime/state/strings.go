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
	index   index
	entries []StringEntry[S]
}

// Find returns the entry of a key, nil if there is none, and the hash of the
// key for New. It does not keep the key.
//
//go:nocheckptr
func (t *Strings[S]) Find(key string) (e *StringEntry[S], hash uint64) {
	n := len(key)
	p := unsafe.Pointer(unsafe.StringData(key))
	var prefix, suffix uint64
	switch {
	case n > 16:
		return t.findLong(key)
	case n > 8:
		prefix, suffix = *(*uint64)(p), *(*uint64)(unsafe.Add(p, n-8))
	case n > 0 && uintptr(p)&4095 <= 4088: // as in Prefix, which is not inlined
		prefix = *(*uint64)(p) & (1<<(8*uint(n)) - 1)
	default:
		prefix = short(key)
	}
	hash = fold(prefix^hashK0, suffix^hashK1^uint64(n))
	slots := t.index.slots
	if len(slots) == 0 {
		return nil, hash
	}
	mask, ref, tag := uint32(len(slots)-1), t.index.ref, uint32(hash>>32)
	for i := uint32(hash); ; i++ {
		s := slots[i&mask]
		if s == 0 {
			return nil, hash
		}
		if (s^tag)&^ref != 0 {
			continue
		}
		e := &t.entries[s&ref-1]
		if e.prefix == prefix && len(e.Key) == n && (n <= 8 || *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(e.Key)), n-8)) == suffix) {
			return e, hash
		}
	}
}

func (t *Strings[S]) findLong(key string) (*StringEntry[S], uint64) {
	hash := HashString(key)
	slots := t.index.slots
	if len(slots) == 0 {
		return nil, hash
	}
	mask, ref, tag := uint32(len(slots)-1), t.index.ref, uint32(hash>>32)
	for i := uint32(hash); ; i++ {
		s := slots[i&mask]
		if s == 0 {
			return nil, hash
		}
		if (s^tag)&^ref == 0 {
			if e := &t.entries[s&ref-1]; e.Key == key {
				return e, hash
			}
		}
	}
}

// New adds a key that Find did not find. The table keeps the key, so it must
// own its memory.
func (t *Strings[S]) New(hash uint64, key string) *StringEntry[S] {
	t.index.add(hash)
	t.entries = append(t.entries, StringEntry[S]{Key: key, prefix: Prefix(key)})
	return &t.entries[len(t.entries)-1]
}

// Len returns the number of keys.
func (t *Strings[S]) Len() int { return len(t.entries) }

// All returns the entries in order of arrival.
func (t *Strings[S]) All() []StringEntry[S] { return t.entries }

// Reset forgets all keys and keeps the memory.
func (t *Strings[S]) Reset() {
	t.index.reset()
	clear(t.entries)
	t.entries = t.entries[:0]
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
	// A load of 8 bytes stays in mapped memory unless it crosses into another
	// page; the bytes behind s are masked out.
	if n > 0 && uintptr(p)&4095 <= 4088 {
		return *(*uint64)(p) & (1<<(8*n) - 1)
	}
	return short(s)
}
