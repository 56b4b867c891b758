package json

// patience is how often records may differ from the one before until Pass gives
// up, and how often it then leaves them to More before it looks again.
const (
	patience = 16
	pause    = 64
)

// Pass moves over fields that are of no column, as far as key, with which the
// field wanted begins: `,"price":`. At d[i] stands a brace or a comma, and behind
// it another key. It returns the place of key, negative if the fields before it
// do not come as in the last record that More has read: then read it with More.
func (r *Reader) Pass(d []byte, i int, key string) int {
	if r.resting() {
		return -1
	}
	for {
		if i = r.unknown(d, i); i < 0 || d[i] != ',' {
			return r.miss()
		}
		if string(d[i+1:i+len(key)]) == key[1:] {
			r.lost = max(r.lost-1, 0)
			return i
		}
	}
}

// PassRest moves over fields that are of no column, to the brace that ends the
// object. It returns its place, negative if they do not come as in the last record
// that More has read.
func (r *Reader) PassRest(d []byte, i int) int {
	if r.resting() {
		return -1
	}
	for d[i] == ',' {
		if i = r.unknown(d, i); i < 0 {
			return r.miss()
		}
	}
	if d[i] != '}' {
		return r.miss()
	}
	r.lost = max(r.lost-1, 0)
	return i
}

// resting reports that trying is given up for now: records that look different
// each time are read twice by it.
func (r *Reader) resting() bool {
	if r.lost < patience {
		return false
	}
	if r.lost++; r.lost < patience+pause {
		return true
	}
	r.lost = patience - 2
	return false
}

func (r *Reader) miss() int {
	r.lost += 2
	return -1
}

// unknown moves over one field that is of no column, whose key stands behind
// d[i].
func (r *Reader) unknown(d []byte, i int) int {
	if d[i] == '{' {
		i++ // what is learned of the first key begins behind it
	}
	for range r.learned {
		if r.passed++; r.passed >= len(r.learned) {
			r.passed = 0
		}
		l := &r.learned[r.passed]
		end := i + len(l.around)
		if l.column >= 0 || end == i || end >= len(d) || string(d[i:end]) != string(l.around) {
			continue
		}
		if d[end] == '"' {
			return SkipText(d, end+1)
		}
		r.b, r.i, r.err = d, end, nil
		if r.Skip(); r.err != nil {
			return -1
		}
		return r.i
	}
	return -1
}
