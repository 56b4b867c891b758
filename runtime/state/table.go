package state

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
	index   []slot
	mask    uint32
	entries []Entry[K, S]
	hashes  []uint32
}

// slot points to an entry; tag is the upper half of the hash. ref is the number
// of the entry plus one, 0 is free.
type slot struct{ tag, ref uint32 }

// Find returns the entry of a key, nil if there is none.
func (t *Table[K, S]) Find(hash uint64, key K) *Entry[K, S] {
	if len(t.index) == 0 {
		return nil
	}
	tag := uint32(hash >> 32)
	for i := uint32(hash); ; i++ {
		s := &t.index[i&t.mask]
		if s.tag == tag && s.ref != 0 {
			if e := &t.entries[s.ref-1]; e.Key == key {
				return e
			}
		} else if s.ref == 0 {
			return nil
		}
	}
}

// New adds a key that Find did not find. The table keeps the key, so it must
// own its memory.
func (t *Table[K, S]) New(hash uint64, key K) *Entry[K, S] {
	if len(t.entries)*2 >= len(t.index) {
		t.grow()
	}
	t.entries = append(t.entries, Entry[K, S]{Key: key})
	t.hashes = append(t.hashes, uint32(hash))
	place(t.index, t.mask, uint32(hash), uint32(hash>>32), uint32(len(t.entries)))
	return &t.entries[len(t.entries)-1]
}

func (t *Table[K, S]) grow() { t.index, t.mask = regrow(t.index, t.hashes) }

// place puts a reference into the first free slot from at on.
func place(index []slot, mask, at, tag, ref uint32) {
	for index[at&mask].ref != 0 {
		at++
	}
	index[at&mask] = slot{tag, ref}
}

// regrow doubles an index.
func regrow(old []slot, hashes []uint32) ([]slot, uint32) {
	n := max(16, len(old)*2)
	index := make([]slot, n)
	mask := uint32(n - 1)
	for _, s := range old {
		if s.ref != 0 {
			place(index, mask, hashes[s.ref-1], s.tag, s.ref)
		}
	}
	return index, mask
}

// Len returns the number of keys.
func (t *Table[K, S]) Len() int { return len(t.entries) }

// All returns the entries in order of arrival.
func (t *Table[K, S]) All() []Entry[K, S] { return t.entries }

// Hash returns the hash under which entry i was added.
func (t *Table[K, S]) Hash(i int) uint64 { return hashOf(t.index, t.mask, t.hashes, i) }

// hashOf puts the halves of an entry's hash together; the upper one is in the
// index.
func hashOf(index []slot, mask uint32, hashes []uint32, i int) uint64 {
	at := hashes[i]
	for index[at&mask].ref != uint32(i+1) {
		at++
	}
	return uint64(index[at&mask].tag)<<32 | uint64(hashes[i])
}

// Reset forgets all keys and keeps the memory.
func (t *Table[K, S]) Reset() {
	clear(t.index)
	clear(t.entries)
	t.entries = t.entries[:0]
	t.hashes = t.hashes[:0]
}

// Set remembers values.
type Set[K comparable] struct{ m map[K]struct{} }

// Has reports whether the set holds k.
func (s *Set[K]) Has(k K) bool {
	_, ok := s.m[k]
	return ok
}

// Insert adds k, which must own its memory.
func (s *Set[K]) Insert(k K) {
	if s.m == nil {
		s.m = make(map[K]struct{})
	}
	s.m[k] = struct{}{}
}

// Len returns the number of values.
func (s *Set[K]) Len() int { return len(s.m) }

// All calls fn for every value, in no order.
func (s *Set[K]) All(fn func(K)) {
	for k := range s.m {
		fn(k)
	}
}
