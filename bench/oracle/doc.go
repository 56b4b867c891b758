// Package oracle looks for defects with random programs.
//
// A generator makes typed programs and their data from a seed. Two checks look
// at them:
//
//   - Every program that compiles must generate Go that type-checks; a panic
//     and an internal error are failures too.
//   - Programs run with one and with two workers, and what they write is
//     compared with what DuckDB answers over the same data. What differs by
//     decision is in the table of Differences; exact division of decimals,
//     which DuckDB does not have, is checked with math/big.
//
// A program that fails is made smaller for as long as it fails in the same way,
// and printed with its data and what came out on both sides.
package oracle
