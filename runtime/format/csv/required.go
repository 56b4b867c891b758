package csv

import "fmt"

// NotNull is the error of a record in which column c, declared NOT NULL, has no
// value; it is the earlier failure if there is one.
func (r *Reader) NotNull(c int) error {
	if r.err == nil {
		r.err = fmt.Errorf("column %q is NULL but declared NOT NULL", r.opt.Columns[c])
	}
	return r.err
}
