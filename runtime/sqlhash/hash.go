// Package sqlhash holds the SQL functions that digest text and bytes. It is
// apart from package sqlfn so that only programs that hash link what they need.
package sqlhash

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash/crc32"
	"unsafe"

	"github.com/cespare/xxhash/v2"

	"github.com/velocsql/veloc/runtime/fault"
)

// view is a text as bytes, which are only read.
func view(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// digits writes a digest as hexadecimal digits.
func digits(sum []byte) string {
	var b [2 * sha512.Size]byte
	return string(hex.AppendEncode(b[:0], sum))
}

// MD5 returns the MD5 digest of a text as hexadecimal digits.
func MD5(s string) string { return MD5Bytes(view(s)) }

// MD5Bytes is MD5 of bytes.
func MD5Bytes(b []byte) string {
	sum := md5.Sum(b)
	return digits(sum[:])
}

// SHA1 returns the SHA-1 digest of a text as hexadecimal digits.
func SHA1(s string) string { return SHA1Bytes(view(s)) }

// SHA1Bytes is SHA1 of bytes.
func SHA1Bytes(b []byte) string {
	sum := sha1.Sum(b)
	return digits(sum[:])
}

// SHA224 returns the SHA-224 digest of a text as hexadecimal digits.
func SHA224(s string) string { return SHA224Bytes(view(s)) }

// SHA224Bytes is SHA224 of bytes.
func SHA224Bytes(b []byte) string {
	sum := sha256.Sum224(b)
	return digits(sum[:])
}

// SHA256 returns the SHA-256 digest of a text as hexadecimal digits.
func SHA256(s string) string { return SHA256Bytes(view(s)) }

// SHA256Bytes is SHA256 of bytes.
func SHA256Bytes(b []byte) string {
	sum := sha256.Sum256(b)
	return digits(sum[:])
}

// SHA384 returns the SHA-384 digest of a text as hexadecimal digits.
func SHA384(s string) string { return SHA384Bytes(view(s)) }

// SHA384Bytes is SHA384 of bytes.
func SHA384Bytes(b []byte) string {
	sum := sha512.Sum384(b)
	return digits(sum[:])
}

// SHA512 returns the SHA-512 digest of a text as hexadecimal digits.
func SHA512(s string) string { return SHA512Bytes(view(s)) }

// SHA512Bytes is SHA512 of bytes.
func SHA512Bytes(b []byte) string {
	sum := sha512.Sum512(b)
	return digits(sum[:])
}

// CRC32 returns the checksum of a text that zip files have.
func CRC32(s string) int64 { return CRC32Bytes(view(s)) }

// CRC32Bytes is CRC32 of bytes.
func CRC32Bytes(b []byte) int64 { return int64(crc32.ChecksumIEEE(b)) }

// XXHash64 returns the 64 bits of xxHash, which is fast and no secret.
func XXHash64(s string) int64 { return int64(xxhash.Sum64String(s)) }

// XXHash64Bytes is XXHash64 of bytes.
func XXHash64Bytes(b []byte) int64 { return int64(xxhash.Sum64(b)) }

// UUIDv5 returns the UUID, version 5, of a name within a namespace, which is a
// UUID: the same for the same name. It fails if the namespace is none.
func UUIDv5(f *fault.Fault, namespace, name string) string {
	var id [16]byte
	if !parseUUID(&id, namespace) {
		f.Set("the namespace of UUID_V5 is a UUID such as 6ba7b810-9dad-11d1-80b4-00c04fd430c8")
		return ""
	}
	h := sha1.New()
	h.Write(id[:])
	h.Write(view(name))
	var room [sha1.Size]byte
	sum := h.Sum(room[:0])
	copy(id[:], sum)
	id[6] = id[6]&0x0f | 0x50
	id[8] = id[8]&0x3f | 0x80
	var b [36]byte
	out := hex.AppendEncode(b[:0], id[:4])
	for i := 4; i < 10; i += 2 {
		out = hex.AppendEncode(append(out, '-'), id[i:i+2])
	}
	return string(hex.AppendEncode(append(out, '-'), id[10:]))
}

// parseUUID reads 32 digits in groups of 8, 4, 4, 4 and 12.
func parseUUID(id *[16]byte, s string) bool {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return false
	}
	b := view(s)
	for _, g := range [...]struct{ at, from, to int }{{0, 0, 8}, {4, 9, 13}, {6, 14, 18}, {8, 19, 23}, {10, 24, 36}} {
		if _, err := hex.Decode(id[g.at:], b[g.from:g.to]); err != nil {
			return false
		}
	}
	return true
}
