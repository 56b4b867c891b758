package cli

import (
	"context"
	"flag"
	"fmt"
	"strings"
)

var completionVerb = verb{
	name: "completion", args: "bash | zsh | fish", min: 1, max: 1,
	short: "print a completion script for a shell",
	long: `
Prints a script that makes a shell complete commands, flags and the words that
flags take.`,
	examples: []example{
		{`source <(veloc completion bash)`, "bash, in ~/.bashrc"},
		{`veloc completion zsh > "${fpath[1]}/_veloc"`, "zsh"},
		{`veloc completion fish > ~/.config/fish/completions/veloc.fish`, "fish"},
	},
	new: func() runner { return &completionCmd{} },
}

type completionCmd struct{}

func (*completionCmd) flags(*flag.FlagSet) {}

func (*completionCmd) run(_ context.Context, a *app, operands []string) int {
	shells := map[string]func() string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}
	script, ok := shells[operands[0]]
	if !ok {
		names := []string{"bash", "zsh", "fish"}
		return a.usage("completion: unknown shell %q: want %s%s", operands[0], orList(names), didYouMean(operands[0], names))
	}
	fmt.Fprint(a.stdout, script())
	return exitOK
}

// completable is a flag with the words that it takes.
type completable struct {
	name, help string
	words      []string
	takes      bool // a value
}

func (v *verb) completables() []completable {
	var out []completable
	v.flagSet(v.new()).VisitAll(func(f *flag.Flag) {
		_, help := flagUsage(f)
		c := completable{name: dashed(f.Name), help: help, takes: true}
		if w, ok := f.Value.(choice); ok {
			c.words = w.words
		}
		if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
			c.takes = false
		}
		out = append(out, c)
	})
	return out
}

// operandWords are the words that stand for operands of some verbs.
func (v *verb) operandWords() []string {
	switch v.name {
	case "help":
		return verbNames()
	case "completion":
		return []string{"bash", "zsh", "fish"}
	default:
		return nil
	}
}

func bashCompletion() string {
	var b strings.Builder
	b.WriteString(`# bash completion for veloc
_veloc() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "` + strings.Join(verbNames(), " ") + `" -- "$cur"))
        return
    fi
    local flags="" words=""
    case "$verb" in
`)
	for _, v := range verbs() {
		var flags []string
		fmt.Fprintf(&b, "    %s)\n", v.name)
		for _, c := range v.completables() {
			flags = append(flags, c.name)
			if len(c.words) > 0 {
				fmt.Fprintf(&b, "        if [ \"$prev\" = %s ]; then COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return; fi\n", c.name, strings.Join(c.words, " "))
			}
		}
		fmt.Fprintf(&b, "        flags=\"%s\" words=\"%s\" ;;\n", strings.Join(flags, " "), strings.Join(v.operandWords(), " "))
	}
	b.WriteString(`    esac
    case "$cur" in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$cur")) ;;
    *)
        if [ -n "$words" ]; then
            COMPREPLY=($(compgen -W "$words" -- "$cur"))
        else
            COMPREPLY=($(compgen -f -- "$cur"))
        fi ;;
    esac
}
complete -o filenames -F _veloc veloc
`)
	return b.String()
}

func zshCompletion() string {
	var b strings.Builder
	b.WriteString("#compdef veloc\n\n_veloc() {\n  local -a verbs\n  verbs=(\n")
	for _, v := range verbs() {
		fmt.Fprintf(&b, "    %s\n", zshQuote(v.name+":"+v.short))
	}
	b.WriteString("  )\n  if (( CURRENT == 2 )); then\n    _describe command verbs\n    return\n  fi\n  local verb=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $verb in\n")
	for _, v := range verbs() {
		fmt.Fprintf(&b, "  %s)\n    _arguments", v.name)
		for _, c := range v.completables() {
			arg := c.name + "[" + strings.NewReplacer("[", "(", "]", ")", ":", " ").Replace(c.help) + "]"
			switch {
			case len(c.words) > 0:
				arg += ":word:(" + strings.Join(c.words, " ") + ")"
			case c.takes:
				arg += ":value:_files"
			}
			fmt.Fprintf(&b, " \\\n      %s", zshQuote(arg))
		}
		operand := "*:file:_files"
		if words := v.operandWords(); len(words) > 0 {
			operand = "*:word:(" + strings.Join(words, " ") + ")"
		}
		fmt.Fprintf(&b, " \\\n      %s\n    ;;\n", zshQuote(operand))
	}
	b.WriteString("  esac\n}\n\nif [ \"$funcstack[1]\" = _veloc ]; then\n  _veloc \"$@\"\nelse\n  compdef _veloc veloc\nfi\n")
	return b.String()
}

func zshQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func fishCompletion() string {
	var b strings.Builder
	b.WriteString("# fish completion for veloc\n")
	for _, v := range verbs() {
		fmt.Fprintf(&b, "complete -c veloc -n __fish_use_subcommand -f -a %s -d %s\n", v.name, fishQuote(v.short))
	}
	for _, v := range verbs() {
		seen := fmt.Sprintf("-n '__fish_seen_subcommand_from %s'", v.name)
		for _, c := range v.completables() {
			name := "-l " + strings.TrimPrefix(c.name, "--")
			if !strings.HasPrefix(c.name, "--") {
				name = "-s " + c.name[1:]
			}
			line := fmt.Sprintf("complete -c veloc %s %s -d %s", seen, name, fishQuote(c.help))
			switch {
			case len(c.words) > 0:
				line += " -x -a " + fishQuote(strings.Join(c.words, " "))
			case c.takes:
				line += " -r"
			}
			b.WriteString(line + "\n")
		}
		if words := v.operandWords(); len(words) > 0 {
			fmt.Fprintf(&b, "complete -c veloc %s -f -a %s\n", seen, fishQuote(strings.Join(words, " ")))
		}
	}
	return b.String()
}

func fishQuote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}
