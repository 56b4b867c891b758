package cli

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"

	"github.com/velocsql/veloc/codegen/gobuild"
)

var runVerb = verb{
	name: "run", args: `FILE | "QUERY" | -`, min: 1, max: 1, rest: true,
	short: "compile and run a program or a query",
	long: `
Compiles a SQL file or a query and runs it until its input ends or Ctrl-C. An
unchanged query starts at once: its binary is kept in the cache folder.

Relative paths in a SQL file start at its folder, those of a query at the current
one; --dir says otherwise. A query runs on one worker, in the order of its input,
a file on all processors. What stands behind -- are flags of the program itself;
veloc run FILE -- --help lists them. The exit code is that of the program: 3 if
--strict is set and a record was rejected.`,
	examples: []example{
		{`veloc run trades.sql`, "until the input ends"},
		{`veloc run "SELECT sku, COUNT(*) FROM 'orders.csv' GROUP BY sku"`, "a query over a file"},
		{`veloc run --format json trades.sql | jq .`, "one JSON object per row"},
		{`zcat big.csv.gz | veloc run --workers 4 trades.sql`, "with standard input"},
		{`veloc run trades.sql -- --dead-letter bad.jsonl`, "flags of the program"},
	},
	new: func() runner { return &runCmd{} },
}

type runCmd struct {
	compiling
	speaking
	workers  int
	dir      string
	format   string
	progress bool
	strict   bool
}

func (c *runCmd) flags(fs *flag.FlagSet) {
	fs.IntVar(&c.workers, "workers", 0, "run on `n` workers (default: VELOC_WORKERS, else as many as processors, 1 for a query)")
	fs.StringVar(&c.dir, "dir", "", "`folder` where relative paths start")
	c.format = "table"
	chooseVar(fs, &c.format, "format", []string{"table", "json", "csv"}, "how a SELECT shows its rows")
	fs.BoolVar(&c.progress, "progress", false, "show progress although stderr is no terminal")
	fs.BoolVar(&c.strict, "strict", false, "exit with code 3 if a record was rejected")
	c.compiling.flags(fs)
	c.speaking.flags(fs)
}

func (c *runCmd) run(ctx context.Context, a *app, operands []string) int {
	p, err := a.open(operands[0])
	if err != nil {
		return a.fail(err)
	}
	if c.dir != "" {
		p.dir = c.dir
	}
	p.dialect = c.dialect
	files, res, ok := a.generate(ctx, p, "", c.format, "text")
	if !ok {
		return exitFailed
	}
	bin, err := gobuild.Binary(ctx, c.target(a, p, files, res))
	if err != nil {
		return a.buildFailed("text", p, err)
	}
	return a.execute(bin, c.programArgs(a, p))
}

// programArgs are the flags that the program gets; those of the user come last
// and win.
func (c *runCmd) programArgs(a *app, p *program) []string {
	var args []string
	if filepath.Clean(p.dir) != "." {
		args = append(args, "--dir", p.dir)
	}
	workers := c.workers
	if workers == 0 && p.sql && a.getenv("VELOC_WORKERS") == "" {
		workers = 1
	}
	if workers > 0 {
		args = append(args, "--workers", strconv.Itoa(workers))
	}
	if c.progress {
		args = append(args, "--progress")
	}
	if c.strict {
		args = append(args, "--strict")
	}
	return append(args, a.rest...)
}

// execute runs a binary in our place: with the standard streams, the signals and
// the exit code of this process.
func (a *app) execute(bin string, args []string) int {
	if a.stdin == os.Stdin && a.stdout == os.Stdout && a.stderr == os.Stderr {
		if err := replaceProcess(bin, args, a.env); !errors.Is(err, errors.ErrUnsupported) {
			return a.fail(err)
		}
	}
	cmd := exec.Command(bin, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = a.stdin, a.stdout, a.stderr, a.env
	// Ctrl-C reaches the program as well; it decides when to end.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	defer signal.Stop(signals)
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &exit) && exit.ExitCode() >= 0:
		return exit.ExitCode()
	default:
		return a.fail(err)
	}
}
