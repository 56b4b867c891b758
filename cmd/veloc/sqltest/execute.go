package sqltest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/velocsql/veloc/codegen/gobuild"
	"github.com/velocsql/veloc/runtime/step"
	"github.com/velocsql/veloc/templates"
)

// limit is how long a case may run.
const limit = 10 * time.Second

// execute builds the binary of all jobs and runs them.
func (s *Suite) execute(ctx context.Context, jobs []*job) error {
	jobs, bin, err := s.build(ctx, jobs)
	if err != nil || len(jobs) == 0 {
		return err
	}
	return s.answer(ctx, bin, jobs)
}

// answer lets a binary run jobs.
func (s *Suite) answer(ctx context.Context, bin string, jobs []*job) error {
	for i, j := range jobs {
		j.wire.ID = i
	}
	// A job that brings down the process is left out, and the others go on.
	for len(jobs) > 0 {
		done, trace, err := s.process(ctx, bin, jobs)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		jobs = jobs[done:]
		if len(jobs) == 0 {
			break
		}
		jobs[0].crashed = "the program crashed"
		if err != nil {
			jobs[0].crashed += ": " + err.Error()
		}
		if trace != "" {
			jobs[0].crashed += "\n" + trace
		}
		jobs = jobs[1:]
	}
	return nil
}

// failedPackage is how the go command names a package that does not compile.
var failedPackage = regexp.MustCompile(`(?m)^# \S*/(t[0-9a-f]{16})(?:\s|$)`)

// build compiles the programs of jobs to one binary. Jobs whose generated code
// does not compile are left out; their results say why.
func (s *Suite) build(ctx context.Context, jobs []*job) ([]*job, string, error) {
	for {
		t := gobuild.Target{
			Name: "tests", Package: "tests", Main: templates.Tests,
			Runtime: s.Runtime, Embedded: s.Embedded, Env: s.Env, Log: s.Log, Trace: s.Trace,
		}
		seen := map[string]bool{}
		for _, j := range jobs {
			if t.Dir == "" {
				t.Dir = j.c.Dir
			}
			if !seen[j.pkg] {
				seen[j.pkg] = true
				t.Bundle = append(t.Bundle, gobuild.Package{Name: j.pkg, Files: j.files})
			}
		}
		if len(t.Bundle) == 0 {
			return nil, "", nil
		}
		slices.SortFunc(t.Bundle, func(a, b gobuild.Package) int { return strings.Compare(a.Name, b.Name) })
		bin, err := gobuild.Binary(ctx, t)
		if err == nil {
			return jobs, bin, nil
		}
		var e *gobuild.Error
		if !errors.As(err, &e) {
			return nil, "", err
		}
		bad := map[string]string{}
		for _, m := range failedPackage.FindAllStringSubmatchIndex(e.Output, -1) {
			rest := e.Output[m[1]:]
			if i := strings.Index(rest, "\n# "); i >= 0 {
				rest = rest[:i]
			}
			bad[e.Output[m[2]:m[3]]] = strings.TrimSpace(rest)
		}
		var kept []*job
		for _, j := range jobs {
			if text, ok := bad[j.pkg]; ok {
				j.result.Status = Error
				j.result.Message = e.Msg + "\n" + text
				continue
			}
			kept = append(kept, j)
		}
		if len(kept) == len(jobs) {
			return nil, "", fmt.Errorf("%w\n%s", err, e.Output)
		}
		jobs = kept
	}
}

// process runs jobs in one process. It returns how many were answered; if not all
// of them were, the next one brought the process down, for the reason in err and
// with what it wrote to standard error.
func (s *Suite) process(ctx context.Context, bin string, jobs []*job) (done int, trace string, err error) {
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	for _, j := range jobs {
		if err := enc.Encode(&j.wire); err != nil {
			return 0, "", err
		}
	}
	cmd := exec.CommandContext(ctx, bin)
	cmd.Stdin = &in
	// programs are the same wherever they are tested
	cmd.Env = []string{"TZ=UTC", "GOMEMLIMIT=1GiB"}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, "", err
	}
	if err := cmd.Start(); err != nil {
		return 0, "", err
	}
	most := s.Limit
	if most == 0 {
		most = limit
	}
	var stuck atomic.Bool
	watch := time.AfterFunc(most, func() { stuck.Store(true); _ = cmd.Process.Kill() })
	defer watch.Stop()
	dec := json.NewDecoder(bufio.NewReaderSize(out, 1<<20))
	start := time.Now()
	for done < len(jobs) {
		res := &step.Result{}
		if e := dec.Decode(res); e != nil {
			break
		}
		jobs[done].answer = res
		now := time.Now()
		jobs[done].result.Took = now.Sub(start)
		start = now
		done++
		watch.Reset(most)
	}
	_, _ = io.Copy(io.Discard, out)
	err = cmd.Wait()
	if done < len(jobs) && stuck.Load() {
		err = fmt.Errorf("it had no end after %s", most)
	}
	return done, firstLines(stderr.String(), 20), err
}

func firstLines(s string, n int) string {
	lines := strings.SplitN(s, "\n", n+1)
	if len(lines) > n {
		lines = append(lines[:n], "..")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}
