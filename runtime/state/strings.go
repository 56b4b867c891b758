package state

import "unsafe"

// StringEntry is a text key with its state. What tells the key apart stands
// beside the state, so that one line of the cache has all that a row needs.
type StringEntry[S any] struct {
	key   words
	text  *byte
	State S
}

// Key returns the key.
func (e *StringEntry[S]) Key() string { return unsafe.String(e.text, e.key.len()) }

// Strings is a Table for keys of text, the most frequent kind.
//
// The zero value is ready. A *StringEntry is valid until the next New.
type Strings[S any] struct {
	index   index
	entries []StringEntry[S]
	texts   texts
}

// Find returns the entry of a key, nil if there is none, and the hash of the
// key for New. It does not keep the key.
func (t *Strings[S]) Find(key string) (e *StringEntry[S], hash uint64) {
	if !loadable(key) {
		return t.findSlow(key)
	}
	w := load(key)
	hash = w.hash()
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
		if e := &t.entries[s&ref-1]; e.key == w {
			return e, hash
		}
	}
}

// findSlow is Find for keys that are empty, long or at the end of a page.
//
//go:noinline
func (t *Strings[S]) findSlow(key string) (*StringEntry[S], uint64) {
	hash := HashString(key)
	slots := t.index.slots
	if len(slots) == 0 {
		return nil, hash
	}
	want := wordsOf(key, hash)
	mask, ref, tag := uint32(len(slots)-1), t.index.ref, uint32(hash>>32)
	for i := uint32(hash); ; i++ {
		s := slots[i&mask]
		if s == 0 {
			return nil, hash
		}
		if (s^tag)&^ref != 0 {
			continue
		}
		if e := &t.entries[s&ref-1]; e.key == want && (len(key) <= maxShort || e.Key() == key) {
			return e, hash
		}
	}
}

// New adds a key that Find did not find. The table keeps a copy of it.
func (t *Strings[S]) New(hash uint64, key string) *StringEntry[S] {
	t.index.add(hash)
	key = t.texts.copy(key)
	if len(t.entries) == cap(t.entries) {
		t.entries = doubled(t.entries)
	}
	t.entries = append(t.entries, StringEntry[S]{key: wordsOf(key, hash), text: unsafe.StringData(key)})
	return &t.entries[len(t.entries)-1]
}

// Large reports that the entries have outgrown the caches of a core. Then it pays
// to look up many keys in a row, without other work between: the processor waits
// for many entries at once.
func (t *Strings[S]) Large() bool {
	return uintptr(len(t.entries))*unsafe.Sizeof(StringEntry[S]{}) > LargeTable
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
