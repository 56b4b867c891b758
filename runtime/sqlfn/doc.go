// Package sqlfn holds the functions that generated code calls for SQL
// operators, casts and scalar functions.
//
// Values have the Go types of generated code: DATE is int32 days, TIME and
// TIMESTAMP are int64 microseconds, a DECIMAL is a decimal.Int128 followed by
// its scale. A function that can fail takes a fault.Fault first, reports the
// reason there and returns the zero value. NULLs are handled by the caller; a
// function may see the zero value in place of a NULL.
//
// Text may be a view of a buffer that is used again: a function may return a
// part of its argument and never keeps it.
package sqlfn
