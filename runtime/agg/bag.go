package agg

import (
	"slices"
	"sort"
)

// bag is an ordered multiset, for aggregates over rows that can be taken back. Its
// values are in runs of bounded length, so that adding one and taking one out
// moves few others, however many there are.
type bag[T any] struct {
	runs [][]T // none is empty
	n    int
}

const runLength = 256

// at finds the first place whose value is not below x.
func (b *bag[T]) at(x T, order func(a, b T) int) (run, i int) {
	run = sort.Search(len(b.runs)-1, func(r int) bool { return order(b.runs[r][len(b.runs[r])-1], x) >= 0 })
	i, _ = slices.BinarySearchFunc(b.runs[run], x, order)
	return run, i
}

func (b *bag[T]) add(x T, order func(a, b T) int) {
	b.n++
	if len(b.runs) == 0 {
		b.runs = append(b.runs, []T{x})
		return
	}
	r, i := b.at(x, order)
	run := b.runs[r]
	if len(run) < runLength {
		b.runs[r] = slices.Insert(run, i, x)
		return
	}
	half := runLength / 2
	if r == len(b.runs)-1 && i == len(run) {
		half = i // values that come in order fill their runs
	}
	rest := append(make([]T, 0, runLength), run[half:]...)
	clear(run[half:])
	run = run[:half]
	if i > half || half == runLength {
		rest = slices.Insert(rest, i-half, x)
	} else {
		run = slices.Insert(run, i, x)
	}
	b.runs[r] = run
	b.runs = slices.Insert(b.runs, r+1, rest)
}

// remove takes out a value that is equal to x, and reports whether there was one.
func (b *bag[T]) remove(x T, order func(a, b T) int) bool {
	if len(b.runs) == 0 {
		return false
	}
	r, i := b.at(x, order)
	run := b.runs[r]
	if i == len(run) || order(run[i], x) != 0 {
		return false
	}
	b.n--
	if len(run) == 1 {
		b.runs = slices.Delete(b.runs, r, r+1)
	} else {
		b.runs[r] = slices.Delete(run, i, i+1)
	}
	return true
}

// first is the lowest value; the zero value if there is none.
func (b *bag[T]) first() (x T) {
	if b.n > 0 {
		x = b.runs[0][0]
	}
	return x
}

// last is the highest value; the zero value if there is none.
func (b *bag[T]) last() (x T) {
	if b.n > 0 {
		run := b.runs[len(b.runs)-1]
		x = run[len(run)-1]
	}
	return x
}

// up calls fn for the values in order until it returns false.
func (b *bag[T]) up(fn func(*T) bool) {
	for _, run := range b.runs {
		for i := range run {
			if !fn(&run[i]) {
				return
			}
		}
	}
}

// down calls fn for the values in reverse order until it returns false.
func (b *bag[T]) down(fn func(*T) bool) {
	for r := len(b.runs) - 1; r >= 0; r-- {
		for i := len(b.runs[r]) - 1; i >= 0; i-- {
			if !fn(&b.runs[r][i]) {
				return
			}
		}
	}
}
