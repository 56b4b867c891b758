package value

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// Rules say how values compare.
type Rules struct {
	// FoldNames: names of fields compare without regard to case.
	FoldNames bool
	// Subset: what the wanted objects do not name does not matter.
	Subset bool
	// NullMissing: a field that is NULL is as good as none.
	NullMissing bool
}

// Difference is one place in which two values differ.
type Difference struct {
	Path string // "amount", "lines[2].sku"; "" is the whole
	Want string // "" if nothing was wanted
	Got  string // "" if there is nothing
}

func (d Difference) String() string {
	switch {
	case d.Want == "":
		return fmt.Sprintf("%s: unexpected %s", d.Path, d.Got)
	case d.Got == "":
		return fmt.Sprintf("%s: missing, want %s", d.Path, d.Want)
	case d.Path == "":
		return fmt.Sprintf("want %s, got %s", d.Want, d.Got)
	}
	return fmt.Sprintf("%s: want %s, got %s", d.Path, d.Want, d.Got)
}

// relative is how much a DOUBLE may differ, of the wanted value.
var relative = big.NewRat(1, 1_000_000_000)

// Compare returns the differences between what is wanted and what there is. t is
// the type of the value, nil if that is not known.
func Compare(want, got *Value, t *types.Type, r Rules) []Difference {
	c := &comparison{rules: r}
	c.compare("", want, got, t)
	return c.list
}

type comparison struct {
	rules Rules
	list  []Difference
}

func (c *comparison) differ(path string, want, got *Value) {
	c.list = append(c.list, Difference{path, want.Flow(), got.Flow()})
}

func (c *comparison) compare(path string, want, got *Value, t *types.Type) {
	switch {
	case want.IsNull() || got.IsNull():
		if want.IsNull() != got.IsNull() {
			c.differ(path, want, got)
		}
	case want.Kind == Object && got.Kind == Object:
		c.objects(path, want, got, t)
	case want.Kind == List && got.Kind == List:
		c.lists(path, want, got, t)
	case want.Kind == List || want.Kind == Object || got.Kind == List || got.Kind == Object:
		c.differ(path, want, got)
	case !scalars(want, got, t):
		c.differ(path, want, got)
	}
}

func (c *comparison) lists(path string, want, got *Value, t *types.Type) {
	var elem *types.Type
	if t != nil && t.Kind == types.Array {
		elem = t.Elem
	}
	if len(want.Items) != len(got.Items) {
		c.differ(path, want, got)
		return
	}
	for i := range want.Items {
		c.compare(fmt.Sprintf("%s[%d]", path, i), want.Items[i], got.Items[i], elem)
	}
}

func (c *comparison) objects(path string, want, got *Value, t *types.Type) {
	under := func(name string) string {
		if path == "" {
			return name
		}
		return path + "." + name
	}
	find := (*Value).Get
	if c.rules.FoldNames {
		find = (*Value).Find
	}
	for _, f := range want.Fields {
		x := find(got, f.Name)
		if x == nil && c.rules.NullMissing && f.Value.IsNull() {
			continue
		}
		if x == nil {
			c.list = append(c.list, Difference{Path: under(f.Name), Want: f.Value.Flow()})
			continue
		}
		c.compare(under(f.Name), f.Value, x, fieldType(t, f.Name))
	}
	if c.rules.Subset {
		return
	}
	for _, f := range got.Fields {
		if find(want, f.Name) == nil && !(c.rules.NullMissing && f.Value.IsNull()) {
			c.list = append(c.list, Difference{Path: under(f.Name), Got: f.Value.Flow()})
		}
	}
}

// fieldType is the type of a field of an object, nil if that is not known.
func fieldType(t *types.Type, name string) *types.Type {
	if t == nil {
		return nil
	}
	switch t.Kind {
	case types.Map:
		return t.Elem
	case types.Struct:
		for i := range t.Fields {
			if strings.EqualFold(t.Fields[i].Name, name) {
				return &t.Fields[i].Type
			}
		}
	}
	return nil
}

// scalars compares two values that are neither null nor lists nor objects.
func scalars(want, got *Value, t *types.Type) bool {
	if t != nil {
		switch {
		case t.IsApprox():
			return approx(want, got)
		case t.IsNumeric():
			x, ok := rational(want)
			y, good := rational(got)
			return ok && good && x.Cmp(y) == 0
		case t.Kind == types.Timestamp:
			x, ok := micros(want)
			y, good := micros(got)
			if ok && good {
				return x == y
			}
		}
	}
	if want.Kind != got.Kind {
		return false
	}
	if want.Kind == Number {
		x, ok := rational(want)
		y, good := rational(got)
		if ok && good {
			return x.Cmp(y) == 0
		}
	}
	return want.Text == got.Text
}

// approx compares DOUBLEs, 1e-9 of the wanted one.
func approx(want, got *Value) bool {
	x, ok := rational(want)
	y, good := rational(got)
	if !ok || !good {
		return strings.EqualFold(want.Text, got.Text)
	}
	if a, _ := x.Float64(); a == 0 || math.Abs(a) < 1e-300 { // too small for a part of it
		b, _ := y.Float64()
		return a == b
	}
	d := new(big.Rat).Sub(x, y)
	d.Abs(d)
	most := new(big.Rat).Mul(new(big.Rat).Abs(x), relative)
	return d.Cmp(most) <= 0
}

// rational is the exact value of a number, or of a text that is one.
func rational(v *Value) (*big.Rat, bool) {
	if v.Kind != Number && v.Kind != String {
		return nil, false
	}
	s := strings.TrimSpace(v.Text)
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		// a far exponent is a number of no type that there is
		if e, err := strconv.Atoi(s[i+1:]); err != nil || e > 400 || e < -400 {
			return nil, false
		}
	}
	if s == "" || strings.Trim(s, "0123456789+-.eE") != "" {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// micros is a point in time: a text, or a number of milliseconds.
func micros(v *Value) (int64, bool) { return Time(v) }

// Time reads a point in time, in microseconds since the epoch: a text of ISO
// 8601, or an integer of milliseconds.
func Time(v *Value) (int64, bool) {
	switch {
	case v.IsNull():
		return 0, false
	case v.Kind == Number:
		ms, err := strconv.ParseInt(v.Text, 10, 64)
		return ms * 1000, err == nil
	case v.Kind == String:
		return sqltime.ParseTimestamp(strings.TrimSpace(v.Text))
	}
	return 0, false
}
