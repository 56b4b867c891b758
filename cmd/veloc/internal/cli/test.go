package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/velocsql/veloc"
	"github.com/velocsql/veloc/cmd/veloc/sqltest"
	"github.com/velocsql/veloc/codegen/gobuild"
)

var testVerb = verb{
	name: "test", args: "[FILES | FOLDERS | ./...]", max: -1,
	short: "run tests: records in, records out",
	long: `
Runs the cases of test files: *_test.yaml, *_test.yml and *_test.json. A case names
a program, the records that come in and those that have to come out; it runs in
process on a virtual clock, without any server, through the program's own readers
and writers of records. Without arguments the files of the current folder are run.

All programs are compiled into one binary, which is kept in the cache folder. The
exit code is 1 if a case fails. docs/testing.md has the format of the files.`,
	examples: []example{
		{"veloc test", "the tests of the current folder"},
		{"veloc test ./...", "every test below this folder"},
		{"veloc test --run 'late|window' trades_test.yaml", "the cases whose names match"},
		{"veloc test --update trades_test.yaml", "write what comes out into the file; read the diff"},
		{"veloc test --cover ./...", "and what no case runs"},
		{"veloc test --json ./...", "one JSON object per case"},
	},
	new: func() runner { return &testCmd{} },
}

type testCmd struct {
	compiling
	speaking
	filter  string
	update  bool
	verbose bool
	json    bool
	format  string
	cover   bool
}

func (c *testCmd) flags(fs *flag.FlagSet) {
	fs.StringVar(&c.filter, "run", "", "run only the cases whose name matches a regular `expression`")
	fs.BoolVar(&c.update, "update", false, "rewrite the outputs of cases in which something else came out")
	fs.BoolVar(&c.verbose, "v", false, "show every case")
	fs.BoolVar(&c.cover, "cover", false, "list the branches of WHERE, HAVING and CASE that no case runs")
	fs.BoolVar(&c.json, "json", false, "the same as --format json")
	c.format = "text"
	chooseVar(fs, &c.format, "format", []string{"text", "json"}, "how results are shown: text for people, json is one object per case and line")
	c.compiling.flags(fs)
	c.speaking.flags(fs)
}

func (c *testCmd) run(ctx context.Context, a *app, operands []string) int {
	var only *regexp.Regexp
	if c.filter != "" {
		var err error
		if only, err = regexp.Compile(c.filter); err != nil {
			return a.usage("test: --run %q is no regular expression: %v", c.filter, err)
		}
	}
	paths, err := testFiles(operands)
	if err != nil {
		return a.fail(err)
	}
	rep := &testReport{out: a.stdout, verbose: c.verbose, json: c.json || c.format == "json"}
	var files []*sqltest.File
	var cases []*sqltest.Case
	for _, p := range paths {
		f, err := sqltest.Read(p)
		if err != nil {
			rep.unreadable(p, err)
			continue
		}
		files = append(files, f)
		for _, x := range f.Cases {
			if only != nil && !only.MatchString(x.Name) {
				continue
			}
			if x.Dialect == "" {
				x.SetDialect(c.dialect)
			}
			cases = append(cases, x)
		}
	}
	if len(cases) == 0 && only != nil && !rep.failed {
		fmt.Fprintf(a.stderr, "veloc: no case matches --run %q\n", c.filter)
	}
	suite := &sqltest.Suite{Runtime: c.runtime, Embedded: veloc.Runtime, Env: a.env, Log: a.stderr, Cover: c.cover}
	if c.trace {
		suite.Trace = a.stderr
	}
	start := time.Now()
	results, err := suite.Run(ctx, cases)
	if err != nil {
		var e *gobuild.Error
		if errors.As(err, &e) {
			return a.buildFailed("text", nil, err)
		}
		return a.fail(err)
	}
	if c.update {
		for _, f := range files {
			changed, err := f.Update(results)
			if err != nil {
				a.fail(err)
				rep.failed = true
			}
			if changed > 0 {
				fmt.Fprintf(a.stderr, "updated %s: %d case%s\n", f.Path, changed, plural(changed))
			}
		}
	}
	rep.results(paths, results, time.Since(start))
	if c.cover {
		showCoverage(a, rep, results)
	}
	if rep.failed {
		return exitFailed
	}
	return exitOK
}

// testFiles resolves operands to test files: files stay, a folder stands for the
// test files in it, folder/... for all below it.
func testFiles(operands []string) ([]string, error) {
	if len(operands) == 0 {
		operands = []string{"."}
	}
	var out []string
	add := func(p string) {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for _, o := range operands {
		root, deep := strings.CutSuffix(filepath.ToSlash(o), "...")
		if st, err := os.Stat(o); !deep && sqltest.IsReadable(o) && (err != nil || !st.IsDir()) {
			add(o) // a file that is named may be called otherwise
			continue
		}
		if root = filepath.Clean(filepath.FromSlash(root)); root == "" {
			root = "."
		}
		found, err := testFilesIn(root, deep)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			add(f)
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("there is no test file in %s: their names end with %s", o, orList(sqltest.Endings))
		}
	}
	return out, nil
}

// testFilesIn lists the test files in a folder, and with deep in all folders below
// it but those that the go command leaves out too.
func testFilesIn(root string, deep bool) ([]string, error) {
	var out []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		switch {
		case d.IsDir() && p != root && (!deep || name == "vendor" || name == "testdata" || name == "node_modules" || name[0] == '.' || name[0] == '_'):
			return fs.SkipDir
		case d.IsDir():
			return nil
		case p == root: // a file that is named
			return fmt.Errorf("%s is no test file: their names end with %s", p, orList(sqltest.Endings))
		case sqltest.IsFile(name):
			out = append(out, p)
		}
		return nil
	})
	return out, err
}
