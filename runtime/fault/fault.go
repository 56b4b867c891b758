// Package fault lets expressions report that a record cannot be evaluated
// without an error value at every step: the first failure sticks, generated
// code asks once per record.
package fault

// Fault is the state of one evaluation. The zero value is ready.
type Fault struct{ reason string }

// Set records a reason unless one is recorded already.
func (f *Fault) Set(reason string) {
	if f.reason == "" {
		f.reason = reason
	}
}

// Failed reports whether a failure is recorded.
func (f *Fault) Failed() bool { return f.reason != "" }

// Take returns the reason and clears it.
func (f *Fault) Take() string {
	r := f.reason
	f.reason = ""
	return r
}

// Clear forgets a failure and reports whether there was one.
func (f *Fault) Clear() bool {
	failed := f.reason != ""
	f.reason = ""
	return failed
}
