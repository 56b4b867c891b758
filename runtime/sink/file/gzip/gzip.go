// Package gzip lets the file sink write gzip files.
package gzip

import (
	"io"

	"github.com/klauspost/compress/gzip"

	"github.com/velocsql/veloc/runtime/sink/file"
)

// Codec writes gzip.
var Codec = file.Codec{
	Name: "gzip",
	Open: func(w io.Writer) (file.Packer, error) { return gzip.NewWriter(w), nil },
}
