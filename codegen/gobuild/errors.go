package gobuild

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/velocsql/veloc"
	"github.com/velocsql/veloc/parser/diag"
)

// Error is a failure that has a code, so that `veloc explain` knows more.
type Error struct {
	Code   diag.Code
	Msg    string
	Hint   string
	Output string // of the go command, "" if it tells nothing more
	SQL    string // "file:line:col" of the SQL that the code at fault is for, if that is known
	Kept   string // folder of the kept files
}

func (e *Error) Error() string { return e.Msg }

// What the go command says when go.mod or go.sum are not complete.
var incompletePhrases = []string{
	"missing go.sum entry",
	"updates to go.mod needed",
	"updates to go.sum needed",
	"no required module provides package",
	"is explicitly required in go.mod, but not marked",
}

func incomplete(out string) bool { return containsAny(out, incompletePhrases) }

func containsAny(s string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// What the go command says when a module cannot be had.
var unreachablePhrases = []string{
	"module lookup disabled by GOPROXY=off",
	"cannot find module providing package",
	"dial tcp",
	"no such host",
	"GOPROXY list is not the empty string",
	"checksum mismatch",
	"cannot query module",
	"reading file:",
	"404 Not Found",
	"410 Gone",
}

var (
	oldRuntime = regexp.MustCompile(`undefined: \w+\.SupportsGen\d+|(` + regexp.QuoteMeta(veloc.Module) + `\S*)@?\S* found.*, but does not contain package ` + regexp.QuoteMeta(veloc.Module) + `/`)
	oldGo      = regexp.MustCompile(`requires go >= \S+|toolchain not available|invalid go version|module requires Go \S+|package \S+ is not in std`)
	goError    = regexp.MustCompile(`(?m)^(?:vet: )?(\S+\.go):(\d+):(?:\d+:)? `)
	lookup     = regexp.MustCompile(`package (\S+?)[:;,]? ?(?:import lookup disabled|is not in|to add it|\()`)
)

// failure says what a failed go build means.
func (c *command) failure(ctx context.Context, out string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	out = strings.TrimRight(out, "\n")
	e := &Error{Output: out}
	in, _ := c.place.(*inModule)
	switch {
	case oldRuntime.MatchString(out):
		e.Code, e.Msg, e.Output = diag.OldRuntime, "the veloc that this module requires is older than the generated code", ""
		e.Hint = "raise it: go get " + veloc.Module + "@latest"
		if in != nil && in.require() != "" {
			e.Msg = fmt.Sprintf("veloc %s, which the module %s requires, is older than the generated code", in.require(), in.root)
			if in.vendored {
				e.Hint += " && go mod vendor"
			}
		}
	case in != nil && in.vendored && strings.Contains(out, "vendor"):
		e.Code, e.Msg = diag.MissingModule, "the vendor folder of "+in.root+" lacks a package that the program needs"
		e.Hint = "let the module import and vendor it: veloc generate && go get ./... && go mod vendor"
		if m := lookup.FindStringSubmatch(out); m != nil {
			e.Msg = fmt.Sprintf("the vendor folder of %s lacks the package %s", in.root, m[1])
			e.Hint = fmt.Sprintf("let the module import and vendor it: veloc generate && go get %s && go mod vendor", m[1])
		}
	case oldGo.MatchString(out):
		e.Code, e.Msg = diag.NoGo, "the installed Go is too old for the program"
		e.Hint = "install a newer Go, or allow it to fetch one: GOTOOLCHAIN=auto"
	case containsAny(out, unreachablePhrases), incomplete(out):
		e.Code, e.Msg = diag.MissingModule, "a Go module that the program needs cannot be fetched"
		e.Hint = "check the network and GOPROXY, or fetch it elsewhere into the module cache"
	case goError.MatchString(out):
		c.compileError(e)
	default:
		e.Code, e.Msg = diag.GoCompile, "go build failed: "+err.Error()
		e.Kept = c.work
	}
	return e
}

// compileError tells generated code from that of the user by the first error.
func (c *command) compileError(e *Error) {
	for _, m := range goError.FindAllStringSubmatch(e.Output, -1) {
		base := filepath.Base(m[1])
		for _, f := range c.files() {
			if f.Name != base {
				continue
			}
			line, _ := strconv.Atoi(m[2])
			e.Code, e.Msg = diag.GoCompile, "veloc generated Go that does not compile"
			e.SQL = sqlPlace(f.Content, line)
			e.Kept = c.work
			e.Hint = "this is a defect of veloc, please report it; the files are in " + c.work
			return
		}
	}
	e.Code, e.Msg = diag.UserGo, "Go code that the program imports does not compile"
}

// sqlComment is how generated code says where it comes from: "(shop.sql:9:7)".
var sqlComment = regexp.MustCompile(`\(([^()\s:]+:\d+:\d+)\)`)

// sqlPlace finds the SQL that a line of generated code is for: the nearest
// comment above it that names a place.
func sqlPlace(content []byte, line int) string {
	found := ""
	s := bufio.NewScanner(bytes.NewReader(content))
	for n := 1; n <= line && s.Scan(); n++ {
		if _, comment, ok := strings.Cut(s.Text(), "//"); ok {
			if m := sqlComment.FindStringSubmatch(comment); m != nil {
				found = m[1]
			}
		}
	}
	return found
}
