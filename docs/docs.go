// Package docs holds the pages about veloc. Its tests execute them: what a page
// shows is what the program of this checkout prints.
//
// A page is Markdown. The test looks at the fenced blocks by their info string:
//
//	```csv file:orders.csv     a file, written to the folder of the page
//	```sql run                 a program: run, its output is in the next block
//	```sql refused             a program that the compiler refuses, likewise
//	```sql file:shop.sql       a program that commands of the page use
//	```text output             what the block before printed
//	```csv output:totals.csv   a file that the block before wrote
//	```console                 commands behind "$ " with what they print
//
// A line of three dots in an expected output stands for any lines. The files of
// docs/data are in the folder of every page. Between the lines
// "<!-- generated: name -->" and "<!-- end -->" stand tables that are made from
// the registries of the compiler.
//
// `go test ./docs -update` rewrites outputs and tables; read the difference
// before you commit it.
package docs
