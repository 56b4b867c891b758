//go:build !unix

package cli

import "errors"

// replaceProcess is not there on this system.
func replaceProcess(string, []string, []string) error { return errors.ErrUnsupported }
