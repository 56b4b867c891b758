package nested

import (
	"reflect"
	"testing"

	"github.com/velocsql/veloc/runtime/snapshot"
)

func TestNestedValuesComeBack(t *testing.T) {
	var words Array[string]
	for i := range 70 {
		words.Add("w", i%9 == 1)
	}
	form := ArrayForm(ArrayForm(snapshot.Text()))
	in := Of(words, Array[string]{}, Of("a", ""))
	data := form.Append(nil, in)
	r := snapshot.NewReader(data)
	if back := form.Read(r); r.Err() != nil || len(r.Rest()) != 0 || !reflect.DeepEqual(back, in) {
		t.Errorf("%v came back as %v: %v", in, back, r.Err())
	}
	for n := range data {
		if r := snapshot.NewReader(data[:n]); form.Read(r).Len() >= 0 && r.Err() == nil {
			t.Errorf("%d of %d bytes are read without a complaint", n, len(data))
		}
	}
	var m Map[string, int64]
	m.Add("a", 1, false)
	m.Add("b", 0, true)
	maps := MapForm(snapshot.Text(), snapshot.Int64())
	r = snapshot.NewReader(maps.Append(nil, m))
	if back := maps.Read(r); r.Err() != nil || !reflect.DeepEqual(back, m) {
		t.Errorf("%v came back as %v: %v", m, back, r.Err())
	}
	r = snapshot.NewReader([]byte{1, 1, 'a', 2, 0, 2, 4})
	if maps.Read(r); r.Err() == nil {
		t.Error("a map of one key and two values is taken")
	}
	r = snapshot.NewReader([]byte{1, 2, 2})
	if ArrayForm(snapshot.Int64()).Read(r); r.Err() == nil {
		t.Error("a NULL behind the end is taken")
	}
}
