package nested

import "github.com/velocsql/veloc/runtime/fault"

// longestCube is how many elements that are not NULL a cube may have: it has a
// million arrays then.
const longestCube = 20

// Cube has all arrays in which each element that is not NULL is there or NULL. The
// last element changes first.
func Cube[T any](f *fault.Fault, a Array[T]) (out Array[Array[T]]) {
	var there []int
	for i := range a.Items {
		if !a.IsNull(i) {
			there = append(there, i)
		}
	}
	if len(there) > longestCube {
		f.Set("a cube of more than 20 elements")
		return out
	}
	for set := range 1 << len(there) {
		var one Array[T]
		for i, x := range a.Items {
			one.Add(x, a.IsNull(i))
		}
		for bit, i := range there {
			if set>>(len(there)-1-bit)&1 == 0 {
				var zero T
				one.Set(i, zero, true)
			}
		}
		out.Add(one, false)
	}
	return out
}
