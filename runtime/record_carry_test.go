package rt

import (
	"reflect"
	"testing"
)

func TestCarry(t *testing.T) {
	from := &Record{Headers: []Header{{"a", []byte("x")}, {"b", nil}, {"", []byte{}}}, Windowed: true, WindowStart: 5, WindowEnd: 1_000}
	var b []byte
	for range 2 {
		var f Frame
		f, b = NewFrame(b, 7_000)
		b = f.Carry(b, from)
		b = append(b, "key"...)
		f.EndKey(b)
		b = append(b, "value"...)
		f.EndValue(b)
	}
	want := Record{Key: []byte("key"), Value: []byte("value"), Timestamp: 7, Headers: from.Headers, Windowed: true, WindowStart: 5, WindowEnd: 1_000}
	for range 2 {
		var got Record
		if got, b = NextRecord(b); !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	if len(b) > 0 {
		t.Errorf("%d bytes are left", len(b))
	}
	f, plain := NewFrame(nil, 0)
	plain = f.Carry(plain, nil)
	if got, _ := NextRecord(plain); got.Headers != nil || got.Windowed {
		t.Errorf("headers or a window out of nothing: %+v", got)
	}
}
