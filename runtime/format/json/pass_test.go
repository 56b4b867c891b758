package json

import (
	"strings"
	"testing"
)

// padded is a record with the bytes behind it that a batch has.
func padded(s string) []byte { return []byte(s + "\n" + strings.Repeat("\x00", 64)) }

// learn lets a Reader of the columns a and b read a record.
func learn(t *testing.T, s string) *Reader {
	t.Helper()
	r := &Reader{}
	r.Init([]string{"a", "b"})
	b := padded(s)
	for r.Begin(b[:len(s)+1], 0); r.More(); {
		r.Skip()
	}
	if _, err := r.Done(); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPass(t *testing.T) {
	const like = `{"x":1,"a":2,"y":"q","z":{"a":[1,"}"]},"b":3,"w":null}`
	for _, c := range []struct {
		name, learned, text string
		from                int
		key                 string
		want                string // what stands at the place returned; "" if there is none
	}{
		{"first", like, like, 0, `{"a":`, `,"a":2,`},
		{"between", like, like, strings.Index(like, `,"y"`), `,"b":`, `,"b":3,`},
		{"other values", like, `{"x":[],"a":1}`, 0, `{"a":`, `,"a":1}`},
		{"another order", like, `{"y":"q","x":1,"a":2}`, 0, `{"a":`, ``},
		{"some are missing", like, `{"a":2,"z":1,"b":3}`, 6, `,"b":`, `,"b":3}`},
		{"a column in between", like, `{"x":1,"b":3,"a":2}`, 0, `{"a":`, ``},
		{"a column in other letters", `{"x":1,"A":2}`, `{"x":1,"A":2,"a":3}`, 0, `{"a":`, ``},
		{"not learned", like, `{"v":1,"a":2}`, 0, `{"a":`, ``},
		{"white space", like, `{"x":1 ,"a":2}`, 0, `{"a":`, ``},
		{"learned white space", `{"x": 1, "a": 2}`, `{"x": 1,"a":2}`, 0, `{"a":`, `,"a":2}`},
		{"the end", like, `{"x":1}`, 0, `{"a":`, ``},
		{"a broken string", like, `{"x":"1`, 0, `{"a":`, ``},
		{"a broken value", like, `{"x":[1,"a":2}`, 0, `{"a":`, ``},
		{"no value", like, `{"x":,"a":2}`, 0, `{"a":`, ``},
	} {
		r := learn(t, c.learned)
		got := ""
		if i := r.Pass(padded(c.text), c.from, c.key); i >= 0 {
			got = c.text[i:]
		}
		if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: stopped at %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPassRest(t *testing.T) {
	const like = `{"a":2,"y":"q","z":{"a":[1,"}"]},"b":3,"w":null}`
	for text, want := range map[string]bool{
		`}`:                         true,
		`,"w":true}`:                true,
		`,"y":"\"","z":[{}],"w":1}`: true,
		`,"y":1`:                    false,
		`,"y":1]`:                   false,
		`,"y":"\x01"}`:              false,
		`,"v":1}`:                   false,
		`,"b":1}`:                   false,
		`,"y":01}`:                  false,
		`,"y":tru}`:                 false,
		` }`:                        false,
	} {
		i := learn(t, like).PassRest(padded(text), 0)
		if got := i >= 0; got != want || got && text[i] != '}' {
			t.Errorf("%s: %d", text, i)
		}
	}
}

// TestPassRests gives up for a while when records look different each time.
func TestPassRests(t *testing.T) {
	r := learn(t, `{"x":1,"a":2}`)
	for range patience {
		r.Pass(padded(`{"v":1,"a":2}`), 0, `{"a":`)
	}
	good := padded(`{"x":1,"a":2}`)
	tries := 0
	for r.Pass(good, 0, `{"a":`) < 0 {
		if tries++; tries > 2*pause {
			t.Fatal("it does not try again")
		}
	}
	if tries < pause/2 {
		t.Errorf("it tried again after %d records", tries)
	}
	if r.Pass(good, 0, `{"a":`) < 0 {
		t.Error("it gives up although records are alike again")
	}
}
