// Package codegen prints a pipeline as Go. It decides nothing: SQL meaning, Go
// names and Go types are settled in the pipeline.
package codegen

// File is one generated file.
type File struct {
	Name    string // base name, for example "trades_volume_veloc.go"
	Content []byte
}
