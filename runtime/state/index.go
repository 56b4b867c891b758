package state

import "math/bits"

// index finds dense entries by hash. A slot is 4 bytes, so that the slots of
// tens of thousands of keys stay in the caches of a core: its lower bits are
// the number of the entry plus one (0 is free), the bits above a tag of the
// hash. The larger the table, the shorter the tag.
type index struct {
	slots  []uint32
	mask   uint32 // of positions: len(slots)-1
	ref    uint32 // of the entry's number in a slot
	hashes []uint64
}

// add puts entry number n, the next one, under a hash.
func (x *index) add(hash uint64) {
	if len(x.hashes)*x.room() >= len(x.slots) {
		x.grow()
	}
	if len(x.hashes) == cap(x.hashes) {
		x.hashes = doubled(x.hashes)
	}
	x.hashes = append(x.hashes, hash)
	x.place(hash, uint32(len(x.hashes)))
}

// room is how many slots there must be for each entry. In tables that are small
// enough for the innermost cache nearly every key is found at its first slot, so
// that the processor need not guess.
func (x *index) room() int {
	if len(x.slots) < 4096 {
		return 8
	}
	return 2
}

func (x *index) place(hash uint64, ref uint32) {
	at := uint32(hash)
	for x.slots[at&x.mask] != 0 {
		at++
	}
	x.slots[at&x.mask] = uint32(hash>>32)&^x.ref | ref
}

func (x *index) grow() {
	n := max(16, len(x.slots)*2)
	x.slots = make([]uint32, n)
	huge(x.slots)
	x.mask = uint32(n - 1)
	x.ref = 1<<bits.Len32(uint32(n/2)) - 1
	for i, h := range x.hashes {
		x.place(h, uint32(i+1))
	}
}

// reset forgets all entries and keeps the memory.
func (x *index) reset() {
	clear(x.slots)
	x.hashes = x.hashes[:0]
}
