// Package golden holds the test corpus: programs in SQL with their input and
// everything that can be observed of them.
//
// A case is one txtar archive, cases/<area>/<name>.txtar, and shows one
// behaviour:
//
//	# what the case shows
//	-- in.sql --
//	CREATE STREAM t (a INT) WITH ('connector' = 'file', 'path' = 't.csv');
//	SELECT a FROM t WHERE a > 1;
//	-- input/t.csv --
//	a
//	1
//	2
//	-- out/stdout --
//	a
//	2
//
// The first comment line says what the case shows. Further ones may be
//
//	# expect: SplitConjunctions   a rule of the planner that must have fired
//	# format: table               what a bare SELECT prints; csv unless told otherwise
//	# serial: reason              results depend on the number of workers: run with one
//	# batches: reason             results depend on the batches: run with one worker, as they are
//	# unordered: reason           the order of rows is not promised, not even with one worker
//	# norun: reason               the program is compiled but not run
//	# skip: reason                the case is not checked at all
//	# crlf: t.csv                 line breaks of an input file become CR LF
//	# bom: t.csv                  an input file begins with a byte order mark
//	# chomp: t.csv                an input file ends without a line break
//
// The sections of a case are
//
//	in.sql             the program; it is compiled as <name>.sql
//	flags              arguments of the program, blank separated
//	input/FILE         a file in the folder where the program is compiled and run;
//	                   the content is packed if the name ends in .gz or .zst
//	input/topic/T.jsonl records of the topic T, in memory: one line each with key,
//	                   value, timestamp, partition and headers; a text stands for its bytes
//	input/stdin        what the program reads from standard input
//	out/diag           the diagnostics of the compiler
//	out/plan           `veloc explain`
//	out/pipeline       the pipeline
//	out/NAME_veloc.go  a generated file
//	out/stdout         what the program printed
//	out/stderr
//	out/exit           its exit code
//	out/files/FILE     a file that it wrote
//	out/files/topic/T.out.jsonl records that it wrote to the topic T
//	out/dead_letter    the records that it rejected
//
// A missing section of out/plan, out/pipeline and generated files is not
// checked. All others stand for an empty text: nothing that can be observed
// goes unnoticed. `go test ./golden -update` rewrites the sections that there
// are, -update=all adds those that are missing.
//
// A program that compiles is built, together with all others, into one binary,
// and run with one worker. That is what the case pins. It is run again with
// batches of one and a few records, which must not change a byte, and with two
// and three workers, which must not change more than the order of lines.
package golden
