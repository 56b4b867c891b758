// Package embed tests what a program gets that embeds generated pipelines:
// pushing, callbacks, loops, replaced sources and sinks. The pipelines are in
// the folders below, generated from the SQL beside them.
package embed

//go:generate go run github.com/velocsql/veloc/cmd/veloc generate shop/shop.sql visits/visits.sql
