package golden

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// runLimit is how long a program may take.
const runLimit = 20 * time.Second

// outcome is all that can be observed of a run, by section.
type outcome map[string]string

// mode is a way to run a program.
type mode struct {
	workers int
	records int // per batch; 0: as the source hands them over
}

func (m mode) String() string {
	s := fmt.Sprintf("%d worker", m.workers)
	if m.workers > 1 {
		s += "s"
	}
	if m.records > 0 {
		s += fmt.Sprintf(", batches of %d", m.records)
	}
	return s
}

// pinned is the mode whose outcome a case pins.
var pinned = mode{workers: 1}

// variants are the modes that must not change the outcome.
var variants = []mode{{1, 1}, {1, 3}, {2, 1}, {3, 2}}

// run executes the program of a case in a fresh folder.
func (c *Case) run(t *testing.T, bin string, m mode) outcome {
	t.Helper()
	dir := t.TempDir()
	stdin, err := c.layOut(dir)
	if err != nil {
		t.Fatal(err)
	}
	inputs, _, _ := c.inputs()
	var args []string
	if m.records > 0 {
		args = append(args, "-shred="+strconv.Itoa(m.records))
	}
	args = append(args, c.Name, "--workers="+strconv.Itoa(m.workers))
	flags, _ := c.section("flags")
	args = append(args, strings.Fields(flags)...)
	cmd := exec.CommandContext(t.Context(), bin, args...)
	cmd.Dir = dir
	cmd.Env = []string{"TZ=Asia/Tokyo", "PATH=" + os.Getenv("PATH"), "VELOC_GOLDEN=golden", "GORACE=atexit_sleep_ms=0"}
	cmd.Stdin = bytes.NewReader(stdin)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	out := outcome{}
	switch err := runFor(cmd, runLimit); {
	case err == nil:
	case cmd.ProcessState != nil && cmd.ProcessState.Exited():
		out["out/exit"] = strconv.Itoa(cmd.ProcessState.ExitCode()) + "\n"
	default:
		t.Fatalf("%s: %v\n%s", m, err, stderr.Bytes())
	}
	if bytes.Contains(stderr.Bytes(), []byte("\ngoroutine ")) || bytes.Contains(stderr.Bytes(), []byte("WARNING: DATA RACE")) {
		t.Fatalf("%s: the program crashed:\n%s", m, stderr.Bytes())
	}
	out.put("out/stdout", stdout.Bytes())
	out.put("out/stderr", bytes.ReplaceAll(stderr.Bytes(), []byte(dir), []byte("$DIR")))
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		rel = filepath.ToSlash(rel)
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if in, ok := inputs[rel]; ok && bytes.Equal(in, data) {
			return nil
		}
		if rel == c.program()+".dead_letter.jsonl" {
			out.put("out/dead_letter", byStatement(data))
			return checkPlaces(inputs, data)
		}
		if data, err = unpack(rel, data); err != nil {
			return err
		}
		if len(data) == 0 {
			data = []byte("(empty)\n")
		}
		out.put("out/files/"+rel, data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// runFor runs a command and kills it when it takes too long.
func runFor(cmd *exec.Cmd, limit time.Duration) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	timer := time.AfterFunc(limit, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && !exit.Exited() {
		return fmt.Errorf("killed after %s: %w", limit, err)
	}
	return err
}

// put adds a text; every section of an archive ends in a line break.
func (o outcome) put(section string, text []byte) {
	if len(text) > 0 && text[len(text)-1] != '\n' {
		text = append(text, "(no line break at the end)\n"...)
	}
	if len(text) > 0 {
		o[section] = string(text)
	}
}

// sorted is the outcome with the lines of every text in order.
func (o outcome) sorted() outcome {
	out := outcome{}
	for k, v := range o {
		lines := strings.SplitAfter(v, "\n")
		slices.Sort(lines)
		out[k] = strings.Join(lines, "")
	}
	return out
}

// byStatement sorts dead letters by statement: their order is that of the
// records within a statement, while a batch passes one statement after the other.
func byStatement(text []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	slices.SortStableFunc(lines[:len(lines)-1], func(a, b []byte) int {
		return bytes.Compare(statementOf(a), statementOf(b))
	})
	return bytes.Join(lines, nil)
}

func statementOf(line []byte) []byte {
	s, _, _ := bytes.Cut(line, []byte(`,"sql"`))
	return s
}

// checkPlaces checks that dead letters stand where they say in the inputs.
func checkPlaces(inputs map[string][]byte, text []byte) error {
	for line := range bytes.Lines(text) {
		var d struct {
			File, Record string
			Offset, Line int
		}
		if err := json.Unmarshal(line, &d); err != nil {
			return fmt.Errorf("dead letter %q: %w", line, err)
		}
		packed, ok := inputs[d.File]
		if !ok {
			continue
		}
		data, err := unpack(d.File, packed)
		if err != nil {
			return err
		}
		if d.Offset >= len(data) {
			return fmt.Errorf("dead letter %q: the file has %d bytes", line, len(data))
		}
		// elements of arrays are handed over on one line, other bytes than UTF-8 replaced
		begin, _, _ := strings.Cut(d.Record, "\ufffd")
		begin = strings.TrimSpace(begin[:min(len(begin), 6)])
		if !bytes.HasPrefix(data[d.Offset:], []byte(begin)) {
			return fmt.Errorf("dead letter %q: at its offset there is %.20q", line, data[d.Offset:])
		}
		if n := bytes.Count(data[:d.Offset], []byte("\n")) + 1; n != d.Line {
			return fmt.Errorf("dead letter %q: its offset is on line %d", line, n)
		}
	}
	return nil
}

// runSections returns the sections of the outcome and of the case that a run
// fills.
func (c *Case) runSections(o outcome) []string {
	var names []string
	for k := range o {
		names = append(names, k)
	}
	for _, f := range c.ar.Files {
		switch f.Name {
		case "out/stdout", "out/stderr", "out/exit", "out/dead_letter":
		default:
			if !strings.HasPrefix(f.Name, "out/files/") {
				continue
			}
		}
		if _, ok := o[f.Name]; !ok {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	return names
}
