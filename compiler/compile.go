// Package compiler drives the stages from SQL text to the pipeline: parse,
// bind, plan, lower.
package compiler
