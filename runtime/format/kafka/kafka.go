// Package kafka reads and writes single values as the serializers of Kafka do:
// texts and bytes as they are, numbers with their high byte first.
package kafka

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unicode/utf8"
	"unsafe"
)

// length is the failure of a number that has another size than its type.
func length(p []byte, want int, typ string) error {
	return fmt.Errorf("%s has %d bytes, not %d", typ, want, len(p))
}

// Int32 reads an INT.
func Int32(p []byte) (int32, error) {
	if len(p) != 4 {
		return 0, length(p, 4, "INT")
	}
	return int32(binary.BigEndian.Uint32(p)), nil
}

// Int64 reads a BIGINT.
func Int64(p []byte) (int64, error) {
	if len(p) != 8 {
		return 0, length(p, 8, "BIGINT")
	}
	return int64(binary.BigEndian.Uint64(p)), nil
}

// Float64 reads a DOUBLE.
func Float64(p []byte) (float64, error) {
	if len(p) != 8 {
		return 0, length(p, 8, "DOUBLE")
	}
	return math.Float64frombits(binary.BigEndian.Uint64(p)), nil
}

// Text reads a STRING: a view of p.
func Text(p []byte) (string, error) {
	if !utf8.Valid(p) {
		return "", errors.New("the text is not UTF-8")
	}
	return unsafe.String(unsafe.SliceData(p), len(p)), nil
}

// Bytes reads BYTES: a view of p.
func Bytes(p []byte) ([]byte, error) { return p, nil }

// AppendInt32 appends an INT.
func AppendInt32(b []byte, v int32) []byte { return binary.BigEndian.AppendUint32(b, uint32(v)) }

// AppendInt64 appends a BIGINT.
func AppendInt64(b []byte, v int64) []byte { return binary.BigEndian.AppendUint64(b, uint64(v)) }

// AppendFloat64 appends a DOUBLE.
func AppendFloat64(b []byte, v float64) []byte {
	return binary.BigEndian.AppendUint64(b, math.Float64bits(v))
}
