package nested

import (
	"slices"
	"sort"
)

// Map is a value of MAP<K, V>: its entries in ascending order of their keys,
// which are different and never NULL. So equal maps are alike, and a key is
// found by halving. The zero value is empty.
type Map[K, V any] struct {
	Keys   []K
	Values Array[V] // of each key
}

// Len is the number of entries.
func (m Map[K, V]) Len() int { return len(m.Keys) }

// KeyArray are the keys as an array.
func (m Map[K, V]) KeyArray() Array[K] { return Array[K]{Items: m.Keys} }

// Add appends an entry. After the last one the map is put in order with Sort.
func (m *Map[K, V]) Add(k K, v V, null bool) {
	m.Keys = append(m.Keys, k)
	m.Values.Add(v, null)
}

// short is up to how many entries are put in order by insertion.
const short = 24

// Sort brings entries into the order of their keys, in place; of entries with
// one key the last stays.
func (m *Map[K, V]) Sort(compare func(K, K) int) {
	ordered := true
	for i := 1; i < len(m.Keys) && ordered; i++ {
		ordered = compare(m.Keys[i-1], m.Keys[i]) < 0
	}
	switch {
	case ordered:
		return
	case len(m.Keys) > short:
		sort.Stable(&entries[K, V]{m, compare})
	default:
		e := &entries[K, V]{m, compare}
		for i := 1; i < len(m.Keys); i++ {
			for k := i; k > 0 && e.Less(k, k-1); k-- {
				e.Swap(k, k-1)
			}
		}
	}
	n := 0
	for i := range m.Keys {
		if i+1 < len(m.Keys) && compare(m.Keys[i], m.Keys[i+1]) == 0 {
			continue
		}
		m.Keys[n], m.Values.Items[n] = m.Keys[i], m.Values.Items[i]
		m.Values.putNull(n, m.Values.IsNull(i))
		n++
	}
	for i := n; i < len(m.Keys); i++ {
		m.Values.putNull(i, false)
	}
	m.Keys, m.Values.Items = m.Keys[:n], m.Values.Items[:n]
}

// entries sorts the entries of a map.
type entries[K, V any] struct {
	m       *Map[K, V]
	compare func(K, K) int
}

func (e *entries[K, V]) Len() int           { return len(e.m.Keys) }
func (e *entries[K, V]) Less(i, k int) bool { return e.compare(e.m.Keys[i], e.m.Keys[k]) < 0 }

func (e *entries[K, V]) Swap(i, k int) {
	keys, v := e.m.Keys, &e.m.Values
	keys[i], keys[k] = keys[k], keys[i]
	v.Items[i], v.Items[k] = v.Items[k], v.Items[i]
	if a, b := v.IsNull(i), v.IsNull(k); a != b {
		v.putNull(i, b)
		v.putNull(k, a)
	}
}

// Get is the value of a key. It is false for a NULL and where there is no such
// key.
func Get[K, V any](m Map[K, V], k K, compare func(K, K) int) (v V, ok bool) {
	i, found := slices.BinarySearchFunc(m.Keys, k, compare)
	if !found {
		return v, false
	}
	return m.Values.Items[i], !m.Values.IsNull(i)
}

// HasKey reports whether a map has a key.
func HasKey[K, V any](m Map[K, V], k K, compare func(K, K) int) bool {
	_, found := slices.BinarySearchFunc(m.Keys, k, compare)
	return found
}

// CloneMap is a copy that shares no memory. The functions copy a key and a
// value; nil means that assigning does.
func CloneMap[K, V any](m Map[K, V], key func(K) K, value func(V) V) Map[K, V] {
	keys := CloneArray(Array[K]{Items: m.Keys}, key)
	return Map[K, V]{Keys: keys.Items, Values: CloneArray(m.Values, value)}
}

// CompareMaps compares entry by entry, first the keys, then the values.
func CompareMaps[K, V any](a, b Map[K, V], key func(K, K) int, value func(V, V) int) int {
	for i := range min(len(a.Keys), len(b.Keys)) {
		if c := key(a.Keys[i], b.Keys[i]); c != 0 {
			return c
		}
		if c := CompareNulls(a.Values.IsNull(i), b.Values.IsNull(i)); c != 0 {
			return c
		}
		if c := value(a.Values.Items[i], b.Values.Items[i]); c != 0 {
			return c
		}
	}
	return len(a.Keys) - len(b.Keys)
}
