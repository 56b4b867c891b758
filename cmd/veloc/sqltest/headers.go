package sqltest

import (
	"encoding/base64"
	"fmt"

	"github.com/velocsql/veloc/cmd/veloc/sqltest/value"
	rt "github.com/velocsql/veloc/runtime"
)

// headers reads the headers of a record: a list of objects with a KEY and a VALUE
// in base64, or an object of texts.
func headers(v *value.Value) ([]rt.Header, error) {
	var list []rt.Header
	for _, f := range v.Fields {
		list = append(list, rt.Header{Key: f.Name, Value: []byte(f.Value.Plain())})
	}
	for _, x := range v.Items {
		key := x.Find("KEY")
		if key.IsNull() {
			return nil, fmt.Errorf("a header needs a KEY")
		}
		h := rt.Header{Key: key.Plain()}
		if b := x.Find("VALUE"); !b.IsNull() {
			p, err := base64.StdEncoding.DecodeString(b.Plain())
			if err != nil {
				return nil, fmt.Errorf("the VALUE of the header %q is no base64", h.Key)
			}
			h.Value = p
		}
		list = append(list, h)
	}
	return list, nil
}

// showHeaders writes headers as a test has them.
func showHeaders(list []rt.Header) *value.Value {
	v := &value.Value{Kind: value.List}
	for _, h := range list {
		val := value.NullValue()
		if h.Value != nil {
			val = value.Str(base64.StdEncoding.EncodeToString(h.Value))
		}
		v.Items = append(v.Items, &value.Value{Kind: value.Object, Fields: []value.Field{{Name: "KEY", Value: value.Str(h.Key)}, {Name: "VALUE", Value: val}}})
	}
	return v
}
