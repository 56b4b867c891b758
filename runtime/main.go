package rt

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Exit codes of programs.
const (
	ExitOK       = 0
	ExitFailed   = 1
	ExitUsage    = 2
	ExitRejected = 3 // --strict and a record was rejected
)

// OSEnv is the environment of the process.
func OSEnv() *Env {
	return &Env{
		Dir:    ".",
		Stdin:  os.Stdin,
		Stdout: os.Stdout,
		Stderr: os.Stderr,
		Getenv: os.LookupEnv,
		Now:    func() int64 { return time.Now().UnixMicro() },
		After:  time.After,
	}
}

// filled is the environment with what the caller left out taken from the
// process.
func (e *Env) filled() *Env {
	env := OSEnv()
	if e == nil {
		return env
	}
	own := *e
	if own.Dir == "" {
		own.Dir = env.Dir
	}
	if own.Stdin == nil {
		own.Stdin = env.Stdin
	}
	if own.Stdout == nil {
		own.Stdout = env.Stdout
	}
	if own.Stderr == nil {
		own.Stderr = env.Stderr
	}
	if own.Getenv == nil {
		own.Getenv = env.Getenv
	}
	if own.Now == nil {
		own.Now = env.Now
	}
	if own.After == nil {
		own.After = env.After
	}
	return &own
}

// Main runs a program as a command: it reads flags, runs until the sources end
// or a signal asks to stop, and returns the exit code.
func Main(p *Program, args []string, env *Env) int {
	if env == nil {
		env = OSEnv()
		env.Terminal, env.Width = isTerminal(os.Stdout)
	}
	c, code := parseFlags(p, args, env)
	if c == nil {
		return code
	}
	ctx, stop := untilSignal()
	defer stop()
	c.opts.Env = env
	calm()
	var finish func()
	c.opts.Progress, finish = reporter(env, c.progress)
	start := env.Now()
	stats, err := Run(ctx, p, c.opts)
	finish()
	if err != nil && !quiet(err) {
		fmt.Fprintf(env.Stderr, "%s: %v\n", p.Name, err)
		return ExitFailed
	}
	if c.summary {
		summary(env, stats, env.Now()-start)
	} else {
		dropped(env, p.Name, stats)
	}
	if f := stats.rejects.latePath(); f != "" {
		n := stats.rejects.lateCount()
		fmt.Fprintf(env.Stderr, "%s: %d late record%s, see %s\n", p.Name, n, plural(n), f)
	}
	if n := stats.Rejected(); n > 0 {
		fmt.Fprintf(env.Stderr, "%s: %d record%s rejected", p.Name, n, plural(n))
		if f := stats.rejects.Path(); f != "" {
			fmt.Fprintf(env.Stderr, ", see %s", f)
		}
		fmt.Fprintln(env.Stderr)
		if c.strict {
			return ExitRejected
		}
	}
	return ExitOK
}

func plural(n int64) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// quiet reports an error that means "the reader of our output went away".
func quiet(err error) bool { return errors.Is(err, io.ErrClosedPipe) || errors.Is(err, syscall.EPIPE) }

// command is a parsed command line.
type command struct {
	opts     Options
	strict   bool
	summary  bool
	progress progressMode
}

type progressMode uint8

const (
	progressAuto progressMode = iota // on a terminal
	progressOn
	progressOff
)

// overrides collects --set name.key=value.
type overrides map[string]string

func (o overrides) String() string { return "" }

func (o overrides) Set(s string) error {
	k, v, ok := strings.Cut(s, "=")
	if !ok {
		return errors.New("want <relation>.<option>=<value>")
	}
	o[k] = v
	return nil
}

func parseFlags(p *Program, args []string, env *Env) (*command, int) {
	c := &command{}
	set := overrides{}
	fs := flag.NewFlagSet(p.Name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	workers := fs.Int("workers", workersFromEnv(env), "how many workers run the program (VELOC_WORKERS; default: SET 'workers', else as many as CPUs)")
	fs.StringVar(&env.Dir, "dir", env.Dir, "folder where relative paths start")
	fs.BoolVar(&c.strict, "strict", false, "exit with code 3 if a record was rejected")
	fs.BoolVar(&c.opts.Drain, "drain", false, "a signal to stop ends the input: open windows and groups come out")
	fs.BoolVar(&c.summary, "summary", false, "print rows, bytes and time at the end")
	on := fs.Bool("progress", false, "show progress although stderr is no terminal")
	off := fs.Bool("no-progress", false, "never show progress")
	fs.StringVar(&c.opts.DeadLetter, "dead-letter", "", "file for rejected records (default "+p.Name+".dead_letter.jsonl)")
	fs.StringVar(&c.opts.OnError, "on-error", "", "what a bad record does: dead_letter, skip or fail")
	fs.Var(set, "set", "replace an option, `relation.option=value`; may be repeated")
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintf(env.Stdout, "Usage: %s [flags]\n\nRuns the streaming program %s until its input ends.\n\n", p.Name, p.Name)
			fs.SetOutput(env.Stdout)
			fs.PrintDefaults()
			return nil, ExitOK
		}
		fmt.Fprintf(env.Stderr, "%s: %v; --help lists the flags\n", p.Name, err)
		return nil, ExitUsage
	}
	if fs.NArg() > 0 {
		fmt.Fprintf(env.Stderr, "%s: unexpected argument %q; --help lists the flags\n", p.Name, fs.Arg(0))
		return nil, ExitUsage
	}
	switch c.opts.OnError {
	case "", "dead_letter", "skip", "fail":
	default:
		fmt.Fprintf(env.Stderr, "%s: --on-error %q: want dead_letter, skip or fail\n", p.Name, c.opts.OnError)
		return nil, ExitUsage
	}
	if *on {
		c.progress = progressOn
	}
	if *off {
		c.progress = progressOff
	}
	c.opts.Workers = *workers
	c.opts.Overrides = set
	return c, ExitOK
}

// workersFromEnv is VELOC_WORKERS, 0 if that is not set.
func workersFromEnv(env *Env) int {
	if v, ok := env.Getenv("VELOC_WORKERS"); ok {
		if n, err := strconv.Atoi(v); err == nil && n > 0 {
			return n
		}
	}
	return 0
}
