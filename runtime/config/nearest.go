package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/velocsql/veloc/runtime/spec"
)

// Nearest returns the candidate that key was most likely meant to be: the one
// with the smallest edit distance, if that is small for the length of the key.
// Case does not count; of equals the first one wins.
func Nearest(key string, candidates []string) (string, bool) {
	key = strings.ToLower(key)
	limit := 1 + len(key)/4
	if len(key) < 3 {
		limit = 1
	}
	best, found := "", false
	for _, c := range candidates {
		d := distance(key, strings.ToLower(c), limit)
		if d <= limit && d < max(len(key), len(c)) {
			best, found, limit = c, true, d-1
		}
		if limit < 0 {
			break
		}
	}
	return best, found
}

// distance counts the insertions, deletions, replacements and swaps of
// neighbours that turn a into b. It gives up with a larger number once the
// lengths differ by more than limit.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	before, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return prev[len(b)]
}

// Known reports a key that no option has: one that was set at start-up, since
// those in the SQL were checked when compiling.
func Known(opts []spec.Option, values map[string]string) error {
	keys := make([]string, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		if _, ok := spec.Find(opts, k); ok {
			continue
		}
		var all []string
		for i := range opts {
			all = append(all, opts[i].Key)
		}
		if near, ok := Nearest(k, all); ok {
			return fmt.Errorf("unknown option '%s' (did you mean '%s'?)", k, near)
		}
		return fmt.Errorf("unknown option '%s'; the options are %s", k, strings.Join(all, ", "))
	}
	return nil
}
