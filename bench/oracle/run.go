package oracle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// corpusDir is where the programs stand, for the go command alone: an overlay
// puts them into the module, nothing is written there.
const (
	corpusDir = "golden/corpus/random"
	module    = "github.com/velocsql/veloc"
	runLimit  = 20 * time.Second
)

// binary holds many programs.
type binary struct {
	dir  string
	exe  string
	next int
}

// build makes one binary of programs that compiled, in a folder of its own; nil
// stands for a program that is left out.
func build(dir string, programs []*compiled) (*binary, error) {
	root, err := filepath.Abs("../..")
	if err != nil {
		return nil, err
	}
	overlay := map[string]string{}
	var imports, entries strings.Builder
	for i, p := range programs {
		if p == nil {
			continue
		}
		name := fmt.Sprintf("p%d", i)
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			return nil, err
		}
		for _, f := range p.files {
			path := filepath.Join(dir, name, f.Name)
			if err := os.WriteFile(path, f.Content, 0o644); err != nil {
				return nil, err
			}
			overlay[filepath.Join(root, corpusDir, name, f.Name)] = path
		}
		fmt.Fprintf(&imports, "\t%s %q\n", name, module+"/"+corpusDir+"/"+name)
		fmt.Fprintf(&entries, "\t\t%q: %s.Program,\n", name, name)
	}
	main := filepath.Join(dir, "main.go")
	text := "package main\n\nimport (\n\trt \"" + module + "/runtime\"\n\t\"" + module + "/golden/corpus\"\n" + imports.String() +
		")\n\nfunc main() {\n\tcorpus.Main(map[string]func() *rt.Program{\n" + entries.String() + "\t})\n}\n"
	if err := os.WriteFile(main, []byte(text), 0o644); err != nil {
		return nil, err
	}
	overlay[filepath.Join(root, corpusDir, "main.go")] = main
	replace, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, replace, 0o644); err != nil {
		return nil, err
	}
	b := &binary{dir: dir, exe: filepath.Join(dir, "random.bin")}
	_, err = goCommand(root, "build", "-overlay", file, "-ldflags=-s -w", "-o", b.exe, "./"+corpusDir)
	return b, err
}

// outcome is what a program did.
type outcome struct {
	results  map[string][]row
	rejected []rejected
}

// rejected is a record that a statement failed on.
type rejected struct {
	File  string
	Line  int
	Error string
}

// run executes program i over its data.
func (b *binary) run(i int, t *text, workers int) (*outcome, error) {
	b.next++
	dir := filepath.Join(b.dir, fmt.Sprintf("run%d", b.next))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for _, f := range t.files {
		if err := os.WriteFile(filepath.Join(dir, f.name), []byte(f.text), 0o644); err != nil {
			return nil, err
		}
	}
	cmd := exec.Command(b.exe, fmt.Sprintf("p%d", i), "--workers="+strconv.Itoa(workers))
	cmd.Dir = dir
	cmd.Env = []string{"TZ=Asia/Tokyo", "PATH=" + os.Getenv("PATH")}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	timer := time.AfterFunc(runLimit, func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	timer.Stop()
	if err != nil {
		return nil, fmt.Errorf("%d workers: %w\n%s", workers, err, stderr.Bytes())
	}
	out := &outcome{results: map[string][]row{}}
	letters, err := os.ReadFile(filepath.Join(dir, "random.dead_letter.jsonl"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	for line := range bytes.Lines(letters) {
		var r rejected
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, fmt.Errorf("dead letter %q: %w", line, err)
		}
		out.rejected = append(out.rejected, r)
	}
	for _, r := range t.results {
		data, err := os.ReadFile(filepath.Join(dir, r.name+".out"))
		if err != nil {
			return nil, err
		}
		if r.json {
			out.results[r.name], err = readJSON(data, r.cols)
		} else {
			out.results[r.name], err = readCSV(data, r.cols)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", r.name, err, data)
		}
	}
	return out, nil
}
