// Package snapshot is the binary form in which states are kept: integers take as
// many bytes as they need, texts stand behind their length, and each state
// begins with the version of its form. The same state gives the same bytes.
//
// A state has two methods:
//
//	Snapshot(to []byte, forms ..) []byte      appends it
//	Restore(r *snapshot.Reader, forms ..)     makes it what was appended
//
// with a Form for each of its type parameters. A Reader never panics: after the
// first mistake it gives zero values, and Err says what was wrong. A state that
// was restored from a mistake is of no use.
package snapshot

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Form is how values of a type are written and read. Values that Read returns
// have memory of their own.
type Form[T any] struct {
	Append func(to []byte, x T) []byte
	Read   func(r *Reader) T
}

// AppendVersion begins a state: its form has a version, 1 to 255.
func AppendVersion(to []byte, v uint8) []byte { return append(to, v) }

// AppendInt64 appends an integer, in fewer bytes the nearer it is to 0.
func AppendInt64(to []byte, x int64) []byte { return binary.AppendVarint(to, x) }

// AppendUint64 appends an integer that is mostly small.
func AppendUint64(to []byte, x uint64) []byte { return binary.AppendUvarint(to, x) }

// AppendWord appends 64 bits that may be anything, in eight bytes.
func AppendWord(to []byte, x uint64) []byte { return binary.LittleEndian.AppendUint64(to, x) }

// AppendFloat64 appends all bits of a number.
func AppendFloat64(to []byte, x float64) []byte { return AppendWord(to, math.Float64bits(x)) }

// AppendBool appends a byte of 0 or 1.
func AppendBool(to []byte, x bool) []byte {
	if x {
		return append(to, 1)
	}
	return append(to, 0)
}

// AppendText appends a text behind its length.
func AppendText(to []byte, x string) []byte { return append(AppendUint64(to, uint64(len(x))), x...) }

// AppendBytes appends bytes behind their number. No bytes and nil are one.
func AppendBytes(to, x []byte) []byte { return append(AppendUint64(to, uint64(len(x))), x...) }

// AppendInt128 appends an integer of two words in two's complement, in fewer
// bytes the nearer it is to 0.
func AppendInt128(to []byte, hi int64, lo uint64) []byte {
	sign := uint64(hi >> 63)
	h, l := (uint64(hi)<<1|lo>>63)^sign, lo<<1^sign
	for h != 0 || l >= 0x80 {
		to = append(to, byte(l)|0x80)
		h, l = h>>7, l>>7|h<<57
	}
	return append(to, byte(l))
}

// Reader reads what was appended.
type Reader struct {
	data []byte
	at   int
	err  error
}

// NewReader reads data, which it does not change.
func NewReader(data []byte) *Reader { return &Reader{data: data} }

// Err is the first mistake.
func (r *Reader) Err() error { return r.err }

// Rest is what has not been read, nothing after a mistake.
func (r *Reader) Rest() []byte { return r.data[r.at:] }

// Fail notes a mistake, the first of which stays.
func (r *Reader) Fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("snapshot, byte %d: "+format, append([]any{r.at}, args...)...)
	}
	r.at = len(r.data)
}

func (r *Reader) ends() { r.Fail("ends too early") }

// Version reads the version of a state, of which newest is the highest that is
// known. It returns 0 after a mistake.
func (r *Reader) Version(newest uint8) uint8 {
	v := r.Byte()
	if r.err == nil && (v == 0 || v > newest) {
		r.Fail("version %d of a state; this program knows up to %d", v, newest)
		return 0
	}
	return v
}

// Byte reads one byte.
func (r *Reader) Byte() byte {
	if r.at >= len(r.data) {
		r.ends()
		return 0
	}
	r.at++
	return r.data[r.at-1]
}

// Int64 reads what AppendInt64 wrote.
func (r *Reader) Int64() int64 {
	x, n := binary.Varint(r.data[r.at:])
	if !r.step(n) {
		return 0
	}
	return x
}

// Uint64 reads what AppendUint64 wrote.
func (r *Reader) Uint64() uint64 {
	x, n := binary.Uvarint(r.data[r.at:])
	if !r.step(n) {
		return 0
	}
	return x
}

// step goes on behind an integer of n bytes; 0 and less are none.
func (r *Reader) step(n int) bool {
	switch {
	case n > 0:
		r.at += n
		return true
	case n < 0:
		r.Fail("an integer is too large")
	default:
		r.ends()
	}
	return false
}

// Int32 reads an integer that was an int32.
func (r *Reader) Int32() int32 {
	x := r.Int64()
	if x != int64(int32(x)) {
		r.Fail("%d is not an integer of 32 bits", x)
		return 0
	}
	return int32(x)
}

// Uint16 reads an integer that was a uint16.
func (r *Reader) Uint16() uint16 {
	x := r.Uint64()
	if x > math.MaxUint16 {
		r.Fail("%d is not a number of 16 bits", x)
		return 0
	}
	return uint16(x)
}

// Word reads what AppendWord wrote.
func (r *Reader) Word() uint64 {
	if len(r.data)-r.at < 8 {
		r.ends()
		return 0
	}
	r.at += 8
	return binary.LittleEndian.Uint64(r.data[r.at-8:])
}

// Float64 reads what AppendFloat64 wrote.
func (r *Reader) Float64() float64 { return math.Float64frombits(r.Word()) }

// Bool reads what AppendBool wrote.
func (r *Reader) Bool() bool {
	x := r.Byte()
	if x > 1 {
		r.Fail("%d is not a truth value", x)
		return false
	}
	return x == 1
}

// Count reads the number of values that follow, each of at least one byte: no
// more than there can be.
func (r *Reader) Count() int {
	n := r.Uint64()
	if n > uint64(len(r.data)-r.at) {
		r.Fail("%d values or bytes in %d bytes", n, len(r.data)-r.at)
		return 0
	}
	return int(n)
}

// View reads what AppendText or AppendBytes wrote, as a part of the data.
func (r *Reader) View() []byte {
	n := r.Count()
	r.at += n
	return r.data[r.at-n : r.at]
}

// Text reads what AppendText wrote.
func (r *Reader) Text() string { return string(r.View()) }

// Bytes reads what AppendBytes wrote; nil if there are none.
func (r *Reader) Bytes() []byte { return append([]byte(nil), r.View()...) }

// Int128 reads what AppendInt128 wrote.
func (r *Reader) Int128() (hi int64, lo uint64) {
	var h, l uint64
	for shift := 0; ; shift += 7 {
		c := r.Byte()
		x := uint64(c & 0x7f)
		if shift > 126 || shift == 126 && x > 3 {
			r.Fail("an integer is too large")
		}
		if r.err != nil {
			return 0, 0
		}
		if shift < 64 {
			l |= x << shift
		}
		if shift >= 64 {
			h |= x << (shift - 64)
		} else if shift > 57 {
			h |= x >> (64 - shift)
		}
		if c < 0x80 {
			break
		}
	}
	sign := -(l & 1)
	return int64(h>>1 ^ sign), (l>>1 | h<<63) ^ sign
}
