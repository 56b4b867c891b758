package goemit

import "testing"

func TestComment(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "//",
		"price ":                     "// price",
		"/* x */ func init() {}":     "// /* x */ func init() {}",
		"a\nfunc init() {}":          `// a\nfunc init() {}`,
		"a\r\x00b":                   `// a\x0d\x00b`,
		"a\u2028b\ufeffc":            "// a b c",
		"bad \xff byte, good \ufffd": `// bad \xff byte, good ` + "\ufffd",
		"\tSELECT 1":                 "//\tSELECT 1",
		"größe\t日本":                  "// größe 日本",
	} {
		if got := Comment(text); got != want {
			t.Errorf("Comment(%q) = %q, want %q", text, got, want)
		}
	}
}
