package json

import "fmt"

// NotNull records that column c, declared NOT NULL, is null, unless an earlier
// failure is recorded.
func (r *Reader) NotNull(c int) {
	if r.err == nil {
		r.err = fmt.Errorf("column %q is null but declared NOT NULL", r.columns[c])
	}
}

// DoneWith is Done for a record that must have the columns listed.
func (r *Reader) DoneWith(required ...int) (next int, err error) {
	next, err = r.Done()
	if err != nil {
		return next, err
	}
	for _, c := range required {
		if r.Missing(c) {
			return next, fmt.Errorf("field %q is missing but declared NOT NULL", r.columns[c])
		}
	}
	return next, nil
}
