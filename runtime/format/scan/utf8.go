package scan

// Rune returns the index after the character at b[i], which is not ASCII. It is
// negative if the bytes there are no valid UTF-8.
func Rune(b []byte, i int) (next int) {
	w := uint32(Load(b, i))
	switch {
	case w&0xc0e0 == 0x80c0:
		if w&0x1e == 0 { // fits in one byte
			return -1
		}
		return i + 2
	case w&0xc0c0f0 == 0x8080e0:
		r := w&0xf<<12 | w>>8&0x3f<<6 | w>>16&0x3f
		if r < 0x800 || r-0xd800 < 0x800 { // fits in two bytes; a surrogate
			return -1
		}
		return i + 3
	case w&0xc0c0c0f8 == 0x808080f0:
		r := w&0x7<<18 | w>>8&0x3f<<12 | w>>16&0x3f<<6 | w>>24&0x3f
		if r-0x10000 >= 0x100000 {
			return -1
		}
		return i + 4
	}
	return -1
}
