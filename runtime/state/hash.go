// Package state holds the keyed state of queries: groups, sets and sorted rows.
package state

import (
	"encoding/binary"
	"math"
	"math/bits"
	"unsafe"
)

// The hash of keys is part of veloc's format: it decides which shard owns a
// key and must not change between releases. It is a multiply-and-fold hash
// over 8-byte words (the mixing step of wyhash's family).
const (
	hashK0 = 0x9E3779B97F4A7C15
	hashK1 = 0xD6E8FEB86659FD93
)

func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// HashInt hashes an integer.
func HashInt(v uint64) uint64 { return fold(v^hashK0, hashK1) }

// HashString hashes text: the two words of a key of up to 15 bytes, or the
// length and then the words of a longer one, the last of which ends the text.
func HashString(s string) uint64 {
	if loadable(s) {
		return load(s).hash()
	}
	if len(s) <= maxShort {
		return shortWords(s).hash()
	}
	return hashLong(s)
}

func hashLong(s string) uint64 {
	n := len(s)
	h := uint64(n) ^ hashK1
	i := 0
	for ; i+8 < n; i += 8 {
		h = fold(h^wordAt(s, i), hashK0)
	}
	return fold(h^wordAt(s, n-8), hashK1)
}

// wordAt returns s[i:i+8] as a little-endian word.
func wordAt(s string, i int) uint64 {
	return binary.LittleEndian.Uint64((*[8]byte)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))[:])
}

// Mix adds a part to the hash of a compound key.
func Mix(h, part uint64) uint64 { return fold(h^part, hashK0) }

// HashBool hashes a boolean.
func HashBool(b bool) uint64 {
	if b {
		return HashInt(1)
	}
	return HashInt(0)
}

// FloatKey is the form in which a DOUBLE is a key: -0 groups with 0, and all
// NaNs are one value. math.Float64frombits gives the value back.
func FloatKey(f float64) uint64 {
	switch {
	case f == 0:
		return 0
	case f != f:
		return math.Float64bits(math.NaN())
	}
	return math.Float64bits(f)
}

// Shards is the number of shards that keys are divided into. Workers own whole
// shards, so that state can move when their number changes.
const Shards = 256

// Shard returns the shard of a key's hash.
func Shard(hash uint64) int { return int(hash >> 56) }

// CompareBool orders false before true.
func CompareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
