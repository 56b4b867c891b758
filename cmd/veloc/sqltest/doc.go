// Package sqltest runs tests of SQL programs: records in, records out, without
// servers, on a virtual clock.
//
//	test files ─▶ cases ─▶ compile ─▶ one binary ─▶ run ─▶ compare ─▶ results
//	   (file)     (Case)   (program)   (bundle)    (exec)  (match)
//
// A case names a program and what comes in and goes out. The values of a case
// are encoded as the program's sources expect them and what its sinks write is
// decoded again, so that the generated readers and writers of records take part.
// All programs of a run are one binary; cases with the same SQL share a program.
// What is wrong with one case does not touch the others.
//
//	suite := &sqltest.Suite{Embedded: veloc.Runtime}
//	results, err := suite.Run(ctx, cases)
package sqltest
