// Package veloc is streaming SQL compiled to Go. This package only carries the
// source of the runtime, so that the veloc binary can build programs on a
// machine that has nothing but Go: see codegen/gobuild.
package veloc

import "embed"

// Module is the import path of the module that generated code depends on.
const Module = "github.com/velocsql/veloc"

// Runtime is the source of the runtime with the module files that say which
// versions of other modules it is built with.
//
//go:embed go.mod go.sum runtime
var Runtime embed.FS
