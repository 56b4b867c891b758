package lower

import (
	"strconv"
	"strings"
	"unicode"
)

// initialisms are written in capitals in Go names.
var initialisms = map[string]string{
	"id": "ID", "url": "URL", "ip": "IP", "api": "API", "http": "HTTP", "json": "JSON", "sql": "SQL",
	"uuid": "UUID", "sku": "SKU", "uri": "URI", "utc": "UTC", "vwap": "VWAP", "ohlc": "OHLC",
}

const keywordText = `break case chan const continue default defer else fallthrough for func go goto
	if import interface map package range return select struct switch type var `

// keywords cannot be names at all.
var keywords = wordSet(keywordText)

// reserved are the names that generated functions and files use themselves.
var reserved = wordSet(keywordText + `any bool byte cap clear close complex copy delete error false float32 float64 imag int int32 int64 iota
		len make max min new nil panic print println real recover rune string true uint uint64 uint8
		q b f g e in out row key hash at next err t w d i ok now head nulls rec records pane opts ctx to start watermark reached groups
		rt csv json scan state agg decimal sqlfn sqltime event window fault file terminal strings math bytes strconv time context iter errors slices cmp unsafe exchange nested memory`)

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// words splits an SQL name into lower-case words: user_id, userId -> user, id.
func words(s string) []string {
	var out []string
	var cur []rune
	flush := func() {
		if len(cur) > 0 {
			out = append(out, strings.ToLower(string(cur)))
			cur = nil
		}
	}
	rs := []rune(s)
	for i, r := range rs {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case unicode.IsUpper(r) && i > 0 && (unicode.IsLower(rs[i-1]) || i+1 < len(rs) && unicode.IsLower(rs[i+1]) && unicode.IsUpper(rs[i-1])):
			flush()
		}
		cur = append(cur, r)
	}
	flush()
	return out
}

// exported makes an exported Go name of an SQL name.
func exported(s string) string {
	var b strings.Builder
	for _, w := range words(s) {
		if x, ok := initialisms[w]; ok {
			b.WriteString(x)
			continue
		}
		r := []rune(w)
		r[0] = unicode.ToUpper(r[0])
		b.WriteString(string(r))
	}
	n := b.String()
	if n == "" || !unicode.IsUpper([]rune(n)[0]) {
		n = "X" + n
	}
	return n
}

// unexported makes an unexported Go name of an SQL name.
func unexported(s string) string {
	ws := words(s)
	if len(ws) == 0 {
		return "x"
	}
	n := exported(s)
	first := ws[0]
	if x, ok := initialisms[first]; ok {
		n = strings.ToLower(x) + n[len(x):]
	} else {
		r := []rune(n)
		r[0] = unicode.ToLower(r[0])
		n = string(r)
	}
	if !unicode.IsLetter([]rune(n)[0]) {
		n = "x" + n
	}
	if unicode.IsDigit([]rune(first)[0]) {
		n = "x" + first + strings.TrimPrefix(exported(strings.Join(ws[1:], "_")), "X")
	}
	return n
}

// scope hands out names that are not taken yet.
type scope struct {
	used   map[string]bool
	parent *scope
	// members: names of fields and methods, which hide nothing.
	members bool
}

func newScope(parent *scope) *scope { return &scope{used: map[string]bool{}, parent: parent} }

// newMembers is a scope for the fields and methods of a struct.
func newMembers() *scope { return &scope{used: map[string]bool{}, members: true} }

func (s *scope) taken(n string) bool {
	for ; s != nil; s = s.parent {
		if s.used[n] {
			return true
		}
	}
	return false
}

// pick returns want, or want with the first free number, and takes it.
func (s *scope) pick(want string) string {
	n := want
	for i := 2; s.taken(n) || keywords[n] || reserved[n] && !s.members; i++ {
		n = want + strconv.Itoa(i)
	}
	s.used[n] = true
	return n
}
