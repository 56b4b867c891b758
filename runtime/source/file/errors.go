package file

import (
	"errors"
	"fmt"
	"io/fs"
)

// readError strips the operation and path off a file error: messages name the
// file themselves.
func readError(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Errorf("reading failed: %w", err)
}

func shrunk(from, to int64) error {
	return fmt.Errorf("the file shrank from %d to %d bytes while it was read: is another program writing it?", from, to)
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
