// Package state holds the keyed state of queries: groups, sets and sorted rows.
package state

import (
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

// HashString hashes text.
func HashString(s string) uint64 {
	n := len(s)
	if n > 16 {
		return hashLong(s)
	}
	suffix := uint64(0)
	if n > 8 {
		suffix = *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), n-8))
	}
	return fold(Prefix(s)^hashK0, suffix^hashK1^uint64(n))
}

// short loads up to 8 bytes of s as one little-endian word.
func short(s string) uint64 {
	p := unsafe.Pointer(unsafe.StringData(s))
	switch n := len(s); {
	case n >= 4:
		// two overlapping loads cover 4 to 8 bytes
		lo := uint64(*(*uint32)(p))
		hi := uint64(*(*uint32)(unsafe.Add(p, n-4)))
		return lo | hi<<(8*uint(n-4))
	case n > 0:
		// first, middle and last byte cover 1 to 3 bytes
		return uint64(*(*byte)(p)) | uint64(*(*byte)(unsafe.Add(p, n>>1)))<<(8*uint(n>>1)) | uint64(*(*byte)(unsafe.Add(p, n-1)))<<(8*uint(n-1))
	}
	return 0
}

func hashLong(s string) uint64 {
	p := unsafe.Pointer(unsafe.StringData(s))
	n := len(s)
	h := uint64(n) ^ hashK1
	i := 0
	for ; i+8 < n; i += 8 {
		h = fold(h^*(*uint64)(unsafe.Add(p, i)), hashK0)
	}
	return fold(h^*(*uint64)(unsafe.Add(p, n-8)), hashK1)
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
