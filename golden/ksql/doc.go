// Package ksql measures the ksqldb dialect with a suite of ksqlDB's own cases:
// records in, records out, or a program that must be refused. The suite is data
// of another project and lies beside this one, in ../shared/suites/ksql from the
// project's root; without it the tests here skip. What belongs to the project is
// the list of names with the status that each case has.
package ksql
