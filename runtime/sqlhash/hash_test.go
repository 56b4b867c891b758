package sqlhash

import (
	"testing"

	"github.com/velocsql/veloc/runtime/fault"
)

func TestUUIDv5(t *testing.T) {
	var f fault.Fault
	// the example of RFC 9562
	if got := UUIDv5(&f, "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"); got != "2ed6657d-e927-568b-95e1-2665a8aea6a2" {
		t.Error(got)
	}
	for _, bad := range []string{"", "6ba7b810-9dad-11d1-80b4-00c04fd430cg", "6ba7b8109dad11d180b400c04fd430c8"} {
		if UUIDv5(&f, bad, "x"); f.Take() == "" {
			t.Errorf("%q is a namespace", bad)
		}
	}
}

// sink keeps results from being optimised away.
var sink string

func TestDigestsAllocateTheirResult(t *testing.T) {
	var f fault.Fault
	for name, call := range map[string]func(){
		"md5":    func() { sink = MD5("a longer text than thirty-two bytes are") },
		"sha1":   func() { sink = SHA1("abc") },
		"sha224": func() { sink = SHA224("abc") },
		"sha256": func() { sink = SHA256("abc") },
		"sha384": func() { sink = SHA384("abc") },
		"sha512": func() { sink = SHA512("abc") },
		"uuid":   func() { sink = UUIDv5(&f, "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "abc") },
	} {
		if n := testing.AllocsPerRun(100, call); n != 1 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
	if n := testing.AllocsPerRun(100, func() {
		CRC32("abc")
		XXHash64("abc")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
