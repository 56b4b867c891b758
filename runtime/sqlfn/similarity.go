package sqlfn

import "unicode/utf8"

// Hamming returns at how many places two texts of the same length differ; false
// if their lengths do.
func Hamming(a, b string) (int32, bool) {
	n := int32(0)
	for a != "" && b != "" {
		x, i := utf8.DecodeRuneInString(a)
		y, j := utf8.DecodeRuneInString(b)
		if x != y {
			n++
		}
		a, b = a[i:], b[j:]
	}
	return n, a == b
}

// jaroRoom is for how many characters the similarity of Jaro takes no memory.
const jaroRoom = 128

// JaroSimilarity is how alike two texts are, 0 to 1: by the characters that both
// have at near places, and how many of these are in another order.
func JaroSimilarity(a, b string) float64 {
	var ra, rb [jaroRoom]rune
	var ta, tb [jaroRoom]bool
	x, y := appendRunes(ra[:0], a), appendRunes(rb[:0], b)
	if len(x) == 0 || len(y) == 0 {
		if len(x) == len(y) {
			return 1
		}
		return 0
	}
	takenX, takenY := ta[:], tb[:]
	if len(x) > jaroRoom {
		takenX = make([]bool, len(x))
	}
	if len(y) > jaroRoom {
		takenY = make([]bool, len(y))
	}
	reach := max(len(x), len(y))/2 - 1
	matches := 0
	for i, c := range x {
		for j := max(0, i-reach); j < min(len(y), i+reach+1); j++ {
			if !takenY[j] && y[j] == c {
				takenX[i], takenY[j] = true, true
				matches++
				break
			}
		}
	}
	if matches == 0 {
		return 0
	}
	moved, j := 0, 0
	for i, c := range x {
		if !takenX[i] {
			continue
		}
		for !takenY[j] {
			j++
		}
		if c != y[j] {
			moved++
		}
		j++
	}
	m := float64(matches)
	return (m/float64(len(x)) + m/float64(len(y)) + (m-float64(moved/2))/m) / 3
}

func appendRunes(to []rune, s string) []rune {
	for _, c := range s {
		to = append(to, c)
	}
	return to
}

// JaroWinklerSimilarity is JaroSimilarity that counts a common beginning of up
// to four characters more.
func JaroWinklerSimilarity(a, b string) float64 {
	same := 0
	j := JaroSimilarity(a, b)
	for same < 4 && a != "" && b != "" {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if x != y {
			break
		}
		same++
		a, b = a[n:], b[m:]
	}
	if j > 0.7 {
		j += float64(same) * 0.1 * (1 - j)
	}
	return j
}
