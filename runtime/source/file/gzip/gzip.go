// Package gzip lets the file source read gzip files.
package gzip

import (
	"io"

	"github.com/klauspost/compress/gzip"

	"github.com/velocsql/veloc/runtime/source/file"
)

// Codec reads gzip, several members in a row included.
var Codec = file.Codec{
	Name: "gzip",
	Open: func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(r) },
}
