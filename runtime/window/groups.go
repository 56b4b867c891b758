package window

import (
	"math/bits"

	"github.com/velocsql/veloc/runtime/state"
)

// Groups are the groups of a window. As long as there are few, they are found by
// a byte of their hashes, which stand together: with thousands of windows open, a
// row then looks at one line of the cache for its window and one for its group.
//
// The zero value is ready. An entry is valid until the next New.
type Groups[K comparable, S any] struct {
	tags [few / 8]uint64
	few  []state.Entry[K, S]
	many *state.Table[K, S] // all groups, once there have been more than a few
	hash []uint64           // of the few
}

// few is how many groups are found by their tags.
const few = 16

// Find returns the entry of a key, nil if there is none.
func (g *Groups[K, S]) Find(hash uint64, key K) *state.Entry[K, S] {
	if g.many != nil {
		return g.many.Find(hash, key)
	}
	for at := tagged(&g.tags, hash); at != 0; at &= at - 1 {
		i := bits.TrailingZeros64(at)
		if i >= len(g.few) {
			return nil
		}
		if e := &g.few[i]; e.Key == key {
			return e
		}
	}
	return nil
}

// tagged has a bit for each place where the tag is that of the hash, and perhaps
// for some behind the first such place.
func tagged(tags *[few / 8]uint64, hash uint64) uint64 {
	const (
		ones   = 0x0101010101010101
		highs  = 0x80 * ones
		gather = 0x0102040810204080 // brings the lowest bits of all bytes to the highest byte
	)
	tag := uint64(tagOf(hash)) * ones
	a, b := tags[0]^tag, tags[1]^tag
	a, b = (a-ones)&^a&highs, (b-ones)&^b&highs
	return a>>7*gather>>56 | b>>7*gather>>56<<8
}

// tagOf is a byte of the hash that does not say who owns the key.
func tagOf(hash uint64) byte { return byte(hash >> 40) }

// New adds a key that Find did not find and that owns its memory.
func (g *Groups[K, S]) New(hash uint64, key K) *state.Entry[K, S] {
	if g.many != nil {
		return g.many.New(hash, key)
	}
	n := len(g.few)
	if n == few {
		return g.grow(hash, key)
	}
	if n == cap(g.few) {
		room := max(4, 4*n)
		g.few = append(make([]state.Entry[K, S], 0, room), g.few...)
		g.hash = append(make([]uint64, 0, room), g.hash...)
	}
	g.few = append(g.few, state.Entry[K, S]{Key: key})
	g.hash = append(g.hash, hash)
	g.tags[n/8] |= uint64(tagOf(hash)) << (n % 8 * 8)
	return &g.few[n]
}

// grow moves all groups to a table and adds one.
func (g *Groups[K, S]) grow(hash uint64, key K) *state.Entry[K, S] {
	g.many = &state.Table[K, S]{}
	for i := range g.few {
		e := &g.few[i]
		g.many.New(g.hash[i], e.Key).State = e.State
	}
	g.few, g.hash = nil, nil
	return g.many.New(hash, key)
}

// All returns the groups in order of arrival.
func (g *Groups[K, S]) All() []state.Entry[K, S] {
	if g.many != nil {
		return g.many.All()
	}
	return g.few
}

// take adds the groups of another, each state by merge.
func (g *Groups[K, S]) take(from *Groups[K, S], merge func(g, h *S)) {
	groups := from.All()
	for i := range groups {
		hash, other := from.hashOf(i), &groups[i]
		if e := g.Find(hash, other.Key); e != nil {
			merge(&e.State, &other.State)
		} else {
			g.New(hash, other.Key).State = other.State
		}
	}
}

// hashOf returns the hash under which group i was added.
func (g *Groups[K, S]) hashOf(i int) uint64 {
	if g.many != nil {
		return g.many.Hash(i)
	}
	return g.hash[i]
}

// reset forgets all groups and keeps the memory.
func (g *Groups[K, S]) reset() {
	if g.many != nil {
		g.many.Reset()
		return
	}
	g.tags = [few / 8]uint64{}
	clear(g.few)
	g.few, g.hash = g.few[:0], g.hash[:0]
}
