package file

import (
	"errors"
	"fmt"
	"io/fs"
)

// readError strips the operation and path off a file error: messages name the
// file themselves.
func readError(err error) error {
	if pe, ok := err.(*packError); ok {
		return pe
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Errorf("reading failed: %w", err)
}

// shrunk says that a file ends before the size that it had at first; got is
// where reading ended.
func (r *blocks) shrunk(got int64) error {
	if st, err := r.f.Stat(); err == nil && st.Size() < r.size {
		got = st.Size()
	}
	return fmt.Errorf("the file shrank from %d to %d bytes while it was read: is another program writing it?", r.size, got)
}

func (s *Source) tooLong(position, line int64) error {
	where := fmt.Sprintf("at byte %d", position)
	if line > 0 {
		where = fmt.Sprintf("in line %d", line)
	}
	hint := "'max.record.size' raises the limit"
	if s.cut.quote != 0 {
		hint = "is a quote never closed? 'multiline' = 'false' lets every line break end a record, 'max.record.size' raises the limit"
	}
	return fmt.Errorf("the record that starts %s is longer than %d bytes: %s", where, s.maxRecord, hint)
}

// packError says that unpacking failed.
type packError struct {
	text  string
	cause error
}

func (e *packError) Error() string { return e.text }
func (e *packError) Unwrap() error { return e.cause }
