package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/velocsql/veloc/runtime/config"
)

// verb describes one command.
type verb struct {
	name     string
	args     string // operands as the usage shows them
	min, max int    // how many operands; max < 0: any number
	short    string // one line for the overview
	long     string // paragraphs for the command's own help
	examples []example
	// rest: what stands behind "--" is not for veloc.
	rest bool
	// new returns the verb's settings with their defaults, whose fields the
	// flags are bound to.
	new func() runner
}

// example is a command line and what it does.
type example struct{ line, does string }

// runner is the settings of a verb.
type runner interface {
	flags(fs *flag.FlagSet)
	run(ctx context.Context, a *app, operands []string) int
}

var errHelp = errors.New("help")

// parse reads flags and operands in any order.
func (v *verb) parse(a *app, args []string) (runner, []string, error) {
	r := v.new()
	fs := v.flagSet(r)
	var operands []string
	if i := slices.Index(args, "--"); i >= 0 {
		if v.rest {
			a.rest = args[i+1:]
			args = args[:i]
		} else {
			operands = args[i+1:]
			args = args[:i]
		}
	}
	var before []string
	for len(args) > 0 {
		if err := fs.Parse(args); err != nil {
			return nil, nil, v.flagError(fs, err)
		}
		args = fs.Args()
		if len(args) > 0 {
			before = append(before, args[0])
			args = args[1:]
		}
	}
	return r, append(before, operands...), nil
}

func (v *verb) flagSet(r runner) *flag.FlagSet {
	fs := flag.NewFlagSet(v.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	r.flags(fs)
	return fs
}

// flagError puts the messages of package flag in our words.
func (v *verb) flagError(fs *flag.FlagSet, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return errHelp
	}
	if name, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: -"); ok {
		name = strings.TrimLeft(name, "-")
		var known []string
		fs.VisitAll(func(f *flag.Flag) { known = append(known, f.Name) })
		msg := "unknown flag " + dashed(name)
		if near, ok := nearFlag(name, known); ok {
			msg += fmt.Sprintf(", did you mean %s?", dashed(near))
		} else if v.rest {
			msg += fmt.Sprintf("; flags of the program stand behind --: veloc %s .. -- %s", v.name, dashed(name))
		}
		return errors.New(msg)
	}
	return err
}

// nearFlag returns the flag that begins with name or is spelled like it.
func nearFlag(name string, known []string) (string, bool) {
	for _, k := range known {
		if name != "" && strings.HasPrefix(k, name) {
			return k, true
		}
	}
	return config.Nearest(name, known)
}

// dashes are what stands before the name of a flag.
func dashes(name string) string {
	if len(name) == 1 {
		return "-"
	}
	return "--"
}

func dashed(name string) string { return dashes(name) + name }

// synopsis is the verb with its operands.
func (v *verb) synopsis() string {
	parts := []string{v.name}
	n := 0
	v.flagSet(v.new()).VisitAll(func(*flag.Flag) { n++ })
	if n > 0 {
		parts = append(parts, "[flags]")
	}
	if v.args != "" {
		parts = append(parts, v.args)
	}
	if v.rest {
		parts = append(parts, "[-- program flags]")
	}
	return strings.Join(parts, " ")
}

func (v *verb) operandComplaint(operands []string) string {
	if len(operands) < v.min {
		return "something is missing: " + v.args
	}
	if v.max == 0 {
		return fmt.Sprintf("unexpected argument %q", operands[0])
	}
	return fmt.Sprintf("unexpected argument %q", operands[v.max])
}

// help prints the verb's own help.
func (v *verb) help(w io.Writer) {
	fmt.Fprintf(w, "Usage: veloc %s\n\n%s\n", v.synopsis(), strings.TrimSpace(v.long))
	if lines := flagLines(v.flagSet(v.new())); len(lines) > 0 {
		fmt.Fprintf(w, "\nFlags:\n")
		printPairs(w, lines)
	}
	if len(v.examples) > 0 {
		fmt.Fprintf(w, "\nExamples:\n")
		var lines [][2]string
		for _, e := range v.examples {
			lines = append(lines, [2]string{e.line, e.does})
		}
		printPairs(w, lines)
	}
}

// flagLines lists flags with their help.
func flagLines(fs *flag.FlagSet) [][2]string {
	var lines [][2]string
	fs.VisitAll(func(f *flag.Flag) {
		value, help := flagUsage(f)
		name := dashed(f.Name)
		if value != "" && value != "value" {
			name += " " + value
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			help += " (default " + f.DefValue + ")"
		}
		lines = append(lines, [2]string{name, help})
	})
	return lines
}

// printPairs prints two columns; a long first one has a line of its own.
func printPairs(w io.Writer, lines [][2]string) {
	const most = 40
	width := 0
	for _, l := range lines {
		if n := len([]rune(l[0])); n <= most {
			width = max(width, n)
		}
	}
	for _, l := range lines {
		switch n := len([]rune(l[0])); {
		case l[1] == "":
			fmt.Fprintf(w, "  %s\n", l[0])
		case n > most:
			fmt.Fprintf(w, "  %s\n  %s  %s\n", l[0], strings.Repeat(" ", width), l[1])
		default:
			fmt.Fprintf(w, "  %s%s  %s\n", l[0], strings.Repeat(" ", width-n), l[1])
		}
	}
}

// choice is a flag that takes one of a few words.
type choice struct {
	value *string
	words []string
}

func (c choice) String() string {
	if c.value == nil {
		return ""
	}
	return *c.value
}

func (c choice) Set(s string) error {
	if !slices.Contains(c.words, s) {
		return fmt.Errorf("want %s%s", orList(c.words), didYouMean(s, c.words))
	}
	*c.value = s
	return nil
}

// orList joins words as "a, b or c".
func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// chooseVar declares a flag that takes one of words.
func chooseVar(fs *flag.FlagSet, p *string, name string, words []string, help string) {
	fs.Var(choice{p, words}, name, help)
}

// flagUsage returns what a flag takes and its help.
func flagUsage(f *flag.Flag) (value, help string) {
	if c, ok := f.Value.(choice); ok {
		return strings.Join(c.words, "|"), f.Usage
	}
	return flag.UnquoteUsage(f)
}
