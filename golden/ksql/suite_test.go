package ksql

import (
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/velocsql/veloc/cmd/veloc/sqltest"
	"github.com/velocsql/veloc/parser/diag"
)

// suiteDir is where the suite is, from this folder.
var suiteDir = filepath.Join("..", "..", "..", "shared", "suites", "ksql")

// notCore are the tags of cases that need more than projections, filters and
// groups of streams.
var notCore = []string{
	"avro", "protobuf", "json_sr", "registry", "struct", "map", "array", "lambda", "explode", "headers", "partition-by",
	"n-way-join", "create-type", "udf", "assert", "insert-into", "properties", "window", "join", "table",
}

func isCore(c *sqltest.Case) bool {
	return !slices.ContainsFunc(c.Tags, func(t string) bool { return slices.Contains(notCore, t) })
}

// id names a case in the list.
func id(c *sqltest.Case) string {
	return strings.TrimSuffix(filepath.Base(c.File.Path), ".json") + "/" + c.Name
}

// load reads all cases, in the order of their names.
func load(t *testing.T) []*sqltest.Case {
	files, err := filepath.Glob(filepath.Join(suiteDir, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("there is no suite in %s", suiteDir)
	}
	var all []*sqltest.Case
	only := os.Getenv("KSQL_ONLY") // "core", or part of the names of cases: file/name
	for _, path := range files {
		f, err := sqltest.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range f.Cases {
			if strings.Contains(id(c), only) || only == "core" && isCore(c) {
				all = append(all, c)
			}
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return id(all[i]) < id(all[j]) })
	return all
}

// notYet are the codes of what the language has and veloc does not do yet: a
// refusal with one of them is none that a case asks for.
func notYet(c diag.Code) bool {
	switch c {
	case diag.ConnectorPlanned, diag.FormatPlanned, diag.WindowedTable, diag.OptionPlanned, diag.UnknownFunction:
		return true
	}
	return strings.HasPrefix(string(c), "VL30") && c != diag.RefusedStatement || strings.HasPrefix(string(c), "VL33")
}
