// Package zstd lets the file sink write Zstandard files.
package zstd

import (
	"io"

	"github.com/klauspost/compress/zstd"

	"github.com/velocsql/veloc/runtime/sink/file"
)

// Codec writes Zstandard.
var Codec = file.Codec{
	Name: "zstd",
	Open: func(w io.Writer) (file.Packer, error) { return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1)) },
}
