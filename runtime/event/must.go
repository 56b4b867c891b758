package event

// MustFormat returns the format of an event-time field. The compiler has
// checked the text, so it panics only on code that was edited by hand. fields
// are all columns of the relation, for messages.
func MustFormat(format, field string, fields ...string) Format {
	f, err := ParseFormat(format)
	if err != nil {
		panic(err)
	}
	return f.Of(field, fields...)
}
