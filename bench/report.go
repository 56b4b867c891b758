package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
)

// speed is in million rows per second.
func (o *outcome) speed(s *series) float64 { return float64(o.rows) / s.seconds() / 1e6 }

// ratio tells how many times as fast veloc is as another program; empty if one
// of them did not run.
func (o *outcome) ratio(other string, workers int) string {
	a, b := o.find(veloc, workers), o.find(other, workers)
	if a == nil || b == nil {
		return ""
	}
	return fmt.Sprintf("%.2f", o.speed(a)/o.speed(b))
}

var head = []string{"query", "workers", "program", "seconds", "best", "M rows/s", "CPU s", "RSS MB", "veloc/this"}

// lines are the rows of the table of an outcome.
func (o *outcome) lines() [][]string {
	var out [][]string
	for _, s := range o.series {
		ratio := ""
		if s.program.name != veloc {
			ratio = o.ratio(s.program.name, s.workers)
		}
		out = append(out, []string{
			o.query.name, fmt.Sprint(s.workers), s.program.name,
			fmt.Sprintf("%.3f", s.seconds()), fmt.Sprintf("%.3f", s.best()), fmt.Sprintf("%.1f", o.speed(s)),
			fmt.Sprintf("%.2f", s.cpu()), fmt.Sprintf("%.0f", float64(s.memory())/1e6), ratio,
		})
	}
	return out
}

// printTable writes outcomes for a terminal.
func printTable(w io.Writer, outcomes []*outcome) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, strings.Join(head, "\t")+"\t")
	for _, o := range outcomes {
		for _, line := range o.lines() {
			fmt.Fprintln(tw, strings.Join(line, "\t")+"\t")
		}
	}
	tw.Flush()
}

// writeMarkdown writes the page of results.
func (b *bench) writeMarkdown(path, commit string, rounds int, outcomes []*outcome) error {
	var s strings.Builder
	fmt.Fprintf(&s, "# Results\n\nWritten by `go run .` in this folder, veloc at %s. %s\n", commit, b.machine())
	fmt.Fprintf(&s, "Programs took turns; medians of %d rounds after one that warmed up. All results were equal.\n", rounds)
	s.WriteString("`best` is the fastest of them, and `veloc/this` how many times as fast as that program veloc was, by the medians.\n\n")
	s.WriteString("| query | | rows | checksum |\n|---|---|---:|---|\n")
	for _, o := range outcomes {
		fmt.Fprintf(&s, "| %s | %s | %d | %s |\n", o.query.name, o.query.title, o.rows, o.sum)
	}
	fmt.Fprintf(&s, "\n| %s |\n|---|---:|---|%s\n", strings.Join(head, " | "), strings.Repeat("---:|", len(head)-3))
	for _, o := range outcomes {
		for _, line := range o.lines() {
			fmt.Fprintf(&s, "| %s |\n", strings.Join(line, " | "))
		}
	}
	return os.WriteFile(path, []byte(s.String()), 0o666)
}

// machine describes where the programs ran.
func (b *bench) machine() string {
	parts := []string{fmt.Sprintf("%d cores", runtime.NumCPU())}
	if cpu := field("/proc/cpuinfo", "model name"); cpu != "" {
		parts = append(parts, cpu)
	}
	var kilobytes float64
	if _, err := fmt.Sscan(field("/proc/meminfo", "MemTotal"), &kilobytes); err == nil {
		parts = append(parts, fmt.Sprintf("%.0f GiB of memory", kilobytes/(1<<20)))
	}
	parts = append(parts, runtime.GOOS+"/"+runtime.GOARCH, runtime.Version())
	if b.duck != "" {
		parts = append(parts, "DuckDB "+b.duck)
	}
	return "Machine: " + strings.Join(parts, ", ") + ". Files were in the page cache."
}

// field returns what follows a name and a colon in a file.
func field(path, name string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if k, v, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(k) == name {
			return strings.TrimSpace(v)
		}
	}
	return ""
}
