package state

import "unsafe"

// LargeTable is the size of entries in bytes from which on lookups often miss the
// second cache of a core. It is a variable for tests, in which tables are small.
var LargeTable uintptr = 512 << 10

// Entry is a key with its state.
type Entry[K comparable, S any] struct {
	Key   K
	State S
}

// Table maps keys to states. Entries are dense and stay in order of arrival,
// so that results do not depend on hashes; a small index finds them.
//
// The zero value is ready. An *Entry is valid until the next New.
type Table[K comparable, S any] struct {
	entries []Entry[K, S] // before the index, so that a line of the cache has all that Find reads
	index   index
}

// Find returns the entry of a key, nil if there is none.
func (t *Table[K, S]) Find(hash uint64, key K) *Entry[K, S] {
	slots := t.index.slots
	if len(slots) == 0 {
		return nil
	}
	mask, ref, tag := uint32(len(slots)-1), t.index.ref, uint32(hash>>32)
	for i := uint32(hash); ; i++ {
		s := slots[i&mask]
		if s == 0 {
			return nil
		}
		if (s^tag)&^ref == 0 {
			if e := &t.entries[s&ref-1]; e.Key == key {
				return e
			}
		}
	}
}

// New adds a key that Find did not find. The table keeps the key, so it must
// own its memory.
func (t *Table[K, S]) New(hash uint64, key K) *Entry[K, S] {
	t.index.add(hash)
	if len(t.entries) == cap(t.entries) {
		t.entries = doubled(t.entries)
	}
	t.entries = append(t.entries, Entry[K, S]{Key: key})
	return &t.entries[len(t.entries)-1]
}

// Large reports that the entries have outgrown the caches of a core. Then it pays
// to look up many keys in a row, without other work between: the processor waits
// for many entries at once.
func (t *Table[K, S]) Large() bool {
	return uintptr(len(t.entries))*unsafe.Sizeof(Entry[K, S]{}) > LargeTable
}

// Len returns the number of keys.
func (t *Table[K, S]) Len() int { return len(t.entries) }

// All returns the entries in order of arrival.
func (t *Table[K, S]) All() []Entry[K, S] { return t.entries }

// Hash returns the hash under which entry i was added.
func (t *Table[K, S]) Hash(i int) uint64 { return t.index.hashes[i] }

// Reset forgets all keys and keeps the memory.
func (t *Table[K, S]) Reset() {
	t.index.reset()
	clear(t.entries)
	t.entries = t.entries[:0]
}
