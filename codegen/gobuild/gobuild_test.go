package gobuild

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/velocsql/veloc"
	"github.com/velocsql/veloc/parser/diag"
)

const (
	plain = `return &rt.Program{Name: "trades"}`
	extra = "\t\"github.com/velocsql/veloc/runtime/extra\"\n"
	// withExtra needs the module that only the runtime's go.sum lists.
	withExtra = `return &rt.Program{Name: "trades " + extra.Word()}`
)

// build builds and runs a target and checks what the program prints and that
// nothing changes below the folders.
func build(t *testing.T, target Target, want string, untouched ...string) {
	t.Helper()
	var before []map[string]string
	for _, dir := range untouched {
		before = append(before, snapshot(t, dir))
	}
	if err := Build(t.Context(), target); err != nil {
		var e *Error
		if errors.As(err, &e) {
			t.Log(e.Output)
		}
		t.Fatal(err)
	}
	if got := run(t, target.Output, "a"); got != want {
		t.Errorf("the program printed %q, want %q", got, want)
	}
	for i, dir := range untouched {
		if after := snapshot(t, dir); !maps.Equal(before[i], after) {
			t.Errorf("%s was changed: %v", dir, after)
		}
	}
}

func TestCheckout(t *testing.T) {
	target := earth.target(t, t.TempDir(), generated(extra, withExtra))
	target.Runtime = earth.tree
	target.Embedded = nil
	target.Release = true
	build(t, target, "program trades dep [a]\n", earth.tree)

	t.Run("from the environment", func(t *testing.T) {
		target := earth.target(t, t.TempDir(), generated("", plain))
		target.Env = append(target.Env[:len(target.Env):len(target.Env)], "VELOC_RUNTIME="+earth.tree)
		var trace bytes.Buffer
		target.Trace = &trace
		build(t, target, "program trades [a]\n")
		if !strings.Contains(trace.String(), "# runtime: the checkout "+earth.tree+" (VELOC_RUNTIME)\n") {
			t.Errorf("trace:\n%s", trace.String())
		}
	})
	t.Run("another folder", func(t *testing.T) {
		target.Runtime = t.TempDir()
		wantError(t, Build(t.Context(), target), diag.NotARuntime)
	})
}

func wantError(t *testing.T, err error, code diag.Code) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want %s", err, code)
	}
	if e.Code != code {
		t.Fatalf("got %s %s\n%s\nwant %s", e.Code, e.Msg, e.Output, code)
	}
	return e
}

func TestEmbedded(t *testing.T) {
	target := earth.target(t, t.TempDir(), generated("", plain))
	// Nothing but the standard library: no module is fetched.
	target.Env = append(target.Env[:len(target.Env):len(target.Env)], "GOPROXY=off", "GOMODCACHE="+filepath.Join(t.TempDir(), "none"), "VELOC_CACHE="+t.TempDir())
	var trace bytes.Buffer
	target.Trace = &trace
	build(t, target, "program trades [a]\n", earth.tree)
	if !strings.Contains(trace.String(), "# unpack the runtime to ") {
		t.Errorf("trace:\n%s", trace.String())
	}
	t.Run("unpacked once, without tests", func(t *testing.T) {
		cache, _ := environ(target.Env).get("VELOC_CACHE")
		trees, _ := filepath.Glob(filepath.Join(cache, "runtime", "*"))
		if len(trees) != 1 {
			t.Fatalf("unpacked: %v", trees)
		}
		for name := range snapshot(t, trees[0]) {
			if strings.HasSuffix(name, "_test.go") || strings.Contains(name, "testdata") || strings.Contains(name, "compiler") {
				t.Errorf("%s was unpacked", name)
			}
		}
		trace.Reset()
		build(t, target, "program trades [a]\n", trees[0])
		if strings.Contains(trace.String(), "unpack") {
			t.Errorf("trace:\n%s", trace.String())
		}
	})
	t.Run("another module comes from the proxy", func(t *testing.T) {
		build(t, earth.target(t, t.TempDir(), generated(extra, withExtra)), "program trades dep [a]\n")
	})
	t.Run("another module cannot be had", func(t *testing.T) {
		target.Files = generated(extra, withExtra)
		e := wantError(t, Build(t.Context(), target), diag.MissingModule)
		if e.Kept != "" {
			t.Errorf("files are kept in %s", e.Kept)
		}
	})
	t.Run("a module without veloc does not count", func(t *testing.T) {
		dir := t.TempDir()
		write(dir, map[string]string{"go.mod": "module example.com/user\n\ngo 1.26.0\n"})
		build(t, earth.target(t, dir, generated("", plain)), "program trades [a]\n", dir)
	})
}

// The runtime that this veloc carries is whole.
func TestRealEmbedding(t *testing.T) {
	seen := map[string]bool{}
	err := walkRuntime(veloc.Runtime, func(name string, _ []byte) error {
		seen[name] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"go.mod", "go.sum", "runtime/doc.go"} {
		if !seen[want] {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestModule(t *testing.T) {
	sums := func(t *testing.T) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(earth.tree, "go.sum"))
		must(err)
		return string(text)
	}
	user := func(t *testing.T, goMod, goSum string) string {
		t.Helper()
		dir := t.TempDir()
		write(dir, map[string]string{
			"go.mod": goMod, "go.sum": goSum,
			"rates/internal/rates.go": "package internal\n\nfunc Rate() string { return \"rate\" }\n",
			"rates/trades.sql":        "SELECT 1;\n",
		})
		return dir
	}
	replaced := "module example.com/user\n\ngo 1.26.0\n\nrequire " + veloc.Module + " v0.2.0\n\nrequire example.com/dep v1.0.0 // indirect\n\nreplace " + veloc.Module + " => " + earth.tree + "\n"
	ownPackage := "\t\"example.com/user/rates/internal\"\n"

	t.Run("with the user's internal package", func(t *testing.T) {
		dir := user(t, replaced, sums(t))
		var trace bytes.Buffer
		target := earth.target(t, filepath.Join(dir, "rates"), generated(extra+ownPackage, `return &rt.Program{Name: extra.Word() + internal.Rate()}`))
		target.Trace = &trace
		build(t, target, "program deprate [a]\n", dir)
		if !strings.Contains(trace.String(), "# runtime: the module "+dir+" requires veloc v0.2.0\n") || strings.Contains(trace.String(), "-modfile") {
			t.Errorf("trace:\n%s", trace.String())
		}
	})
	t.Run("go.sum lacks the runtime's modules", func(t *testing.T) {
		dir := user(t, "module example.com/user\n\ngo 1.26.0\n\nrequire "+veloc.Module+" v0.2.0\n", "")
		var trace bytes.Buffer
		target := earth.target(t, filepath.Join(dir, "rates"), generated(extra, withExtra))
		target.Trace = &trace
		build(t, target, "program trades dep [a]\n", dir)
		if !strings.Contains(trace.String(), "-mod=mod -modfile ") {
			t.Errorf("trace:\n%s", trace.String())
		}
	})
	t.Run("GOFLAGS=-mod=mod does not write either", func(t *testing.T) {
		dir := user(t, "module example.com/user\n\ngo 1.26.0\n\nrequire "+veloc.Module+" v0.2.0\n", "")
		target := earth.target(t, dir, generated(extra, withExtra))
		target.Env = append(target.Env[:len(target.Env):len(target.Env)], "GOFLAGS=-mod=mod")
		build(t, target, "program trades dep [a]\n", dir)
	})
	t.Run("the working directory's module", func(t *testing.T) {
		dir := user(t, replaced, sums(t))
		t.Chdir(dir)
		build(t, earth.target(t, t.TempDir(), generated(ownPackage[:0]+extra, withExtra)), "program trades dep [a]\n", dir)
	})
	t.Run("veloc itself", func(t *testing.T) {
		build(t, earth.target(t, filepath.Join(earth.tree, "compiler"), generated(extra, withExtra)), "program trades dep [a]\n", earth.tree)
	})
	t.Run("older runtime", func(t *testing.T) {
		dir := user(t, "module example.com/user\n\ngo 1.26.0\n\nrequire "+veloc.Module+" v0.1.0\n", "")
		e := wantError(t, Build(t.Context(), earth.target(t, dir, generated("", plain))), diag.OldRuntime)
		if !strings.Contains(e.Msg, "v0.1.0") || e.Hint != "raise it: go get github.com/velocsql/veloc@latest" {
			t.Errorf("got %q, hint %q", e.Msg, e.Hint)
		}
	})
	t.Run("package that the version does not have", func(t *testing.T) {
		dir := user(t, "module example.com/user\n\ngo 1.26.0\n\nrequire "+veloc.Module+" v0.1.0\n", "")
		files := generated("\t_ \"github.com/velocsql/veloc/runtime/window\"\n", plain)
		wantError(t, Build(t.Context(), earth.target(t, dir, files)), diag.OldRuntime)
	})
	t.Run("user's package is broken", func(t *testing.T) {
		dir := user(t, replaced, sums(t))
		write(dir, map[string]string{"rates/internal/rates.go": "package internal\n\nfunc Rate() int { return \"rate\" }\n"})
		target := earth.target(t, filepath.Join(dir, "rates"), generated(ownPackage, `_ = internal.Rate; return nil`))
		e := wantError(t, Build(t.Context(), target), diag.UserGo)
		if !strings.Contains(e.Output, "rates.go:3") {
			t.Errorf("output:\n%s", e.Output)
		}
	})
}

func TestWorkspace(t *testing.T) {
	setup := func(t *testing.T, use string) string {
		t.Helper()
		dir := t.TempDir()
		write(dir, map[string]string{
			"go.work":     "go 1.26.0\n\nuse ./user\n" + use,
			"user/go.mod": "module example.com/user\n\ngo 1.26.0\n\nrequire " + veloc.Module + " v0.2.0\n",
		})
		return dir
	}
	t.Run("veloc by version", func(t *testing.T) {
		dir := setup(t, "")
		var trace bytes.Buffer
		target := earth.target(t, filepath.Join(dir, "user"), generated(extra, withExtra))
		target.Trace = &trace
		build(t, target, "program trades dep [a]\n", dir)
		if !strings.Contains(trace.String(), "GOWORK="+environGet(t, earth.env, "VELOC_CACHE")) {
			t.Errorf("trace:\n%s", trace.String())
		}
	})
	t.Run("veloc in the workspace", func(t *testing.T) {
		dir := setup(t, "\nuse ./veloc\n")
		for name, text := range snapshot(t, earth.tree) {
			rel, _ := filepath.Rel(earth.tree, name)
			write(filepath.Join(dir, "veloc"), map[string]string{rel: text})
		}
		write(dir, map[string]string{"user/go.mod": "module example.com/user\n\ngo 1.26.0\n"})
		build(t, earth.target(t, filepath.Join(dir, "user"), generated(extra, withExtra)), "program trades dep [a]\n", dir)
	})
	t.Run("relative replacement", func(t *testing.T) {
		dir := setup(t, "\nreplace example.com/dep => ./dep\n")
		write(dir, map[string]string{"dep/go.mod": "module example.com/dep\n\ngo 1.26.0\n", "dep/dep.go": "package dep\n\nfunc Word() string { return \"own\" }\n"})
		build(t, earth.target(t, filepath.Join(dir, "user"), generated(extra, withExtra)), "program trades own [a]\n", dir)
	})
	t.Run("a workspace that does not use the module", func(t *testing.T) {
		dir := setup(t, "")
		write(dir, map[string]string{"other/go.mod": "module example.com/other\n\ngo 1.26.0\n\nrequire " + veloc.Module + " v0.2.0\n"})
		build(t, earth.target(t, filepath.Join(dir, "other"), generated("", plain)), "program trades [a]\n", dir)
	})
}

func environGet(t *testing.T, env []string, name string) string {
	t.Helper()
	v, _ := environ(env).get(name)
	return v
}

func TestVendored(t *testing.T) {
	dir := t.TempDir()
	write(dir, map[string]string{
		"go.mod":             "module example.com/user\n\ngo 1.26.0\n\nrequire " + veloc.Module + " v0.2.0\n\nrequire example.com/dep v1.0.0 // indirect\n",
		"use.go":             "package user\n\nimport _ \"" + veloc.Module + "/runtime\"\n",
		"vendor/modules.txt": "# example.com/dep v1.0.0\n## explicit; go 1.26.0\n# " + veloc.Module + " v0.2.0\n## explicit; go 1.26.0\n" + veloc.Module + "/runtime\n",
		"vendor/" + veloc.Module + "/runtime/rt.go": strings.Replace(tinyRuntime, `"program"`, `"vendored"`, 1),
	})
	build(t, earth.target(t, dir, generated("", plain)), "vendored trades [a]\n", dir)

	e := wantError(t, Build(t.Context(), earth.target(t, dir, generated(extra, withExtra))), diag.MissingModule)
	if !strings.Contains(e.Msg, "lacks the package github.com/velocsql/veloc/runtime/extra") ||
		e.Hint != "let the module import and vendor it: veloc generate && go get github.com/velocsql/veloc/runtime/extra && go mod vendor" {
		t.Errorf("got %q, hint %q\n%s", e.Msg, e.Hint, e.Output)
	}
}

func TestGeneratedCodeFails(t *testing.T) {
	target := earth.target(t, t.TempDir(), generated("", `return "nothing"`))
	e := wantError(t, Build(t.Context(), target), diag.GoCompile)
	if e.SQL != "trades.sql:3:1" || !strings.Contains(e.Output, "trades_veloc.go:15:") {
		t.Errorf("SQL %q, output:\n%s", e.SQL, e.Output)
	}
	if _, err := os.Stat(filepath.Join(e.Kept, "trades", "trades_veloc.go")); err != nil {
		t.Errorf("the files are not kept: %v", err)
	}
	if _, err := os.Stat(target.Output); err == nil {
		t.Error("there is a binary")
	}
}

func TestNoGo(t *testing.T) {
	defer func(old []string) { usualPlaces = old }(usualPlaces)
	usualPlaces = nil
	target := earth.target(t, t.TempDir(), generated("", plain))
	target.Env = append(target.Env[:len(target.Env):len(target.Env)], "PATH="+t.TempDir(), "GOROOT=")
	wantError(t, Build(t.Context(), target), diag.NoGo)
}

func TestOldGo(t *testing.T) {
	bin := t.TempDir()
	write(bin, map[string]string{"go": "#!/bin/sh\necho 'go: go.mod requires go >= 1.26.0 (running go 1.21.3; GOTOOLCHAIN=local)'\nexit 1\n"})
	must(os.Chmod(filepath.Join(bin, "go"), 0o755))
	target := earth.target(t, t.TempDir(), generated("", plain))
	target.Env = append(target.Env[:len(target.Env):len(target.Env)], "PATH="+bin)
	wantError(t, Build(t.Context(), target), diag.NoGo)
}

func TestOutput(t *testing.T) {
	t.Run("a folder", func(t *testing.T) {
		target := earth.target(t, t.TempDir(), generated("", plain))
		target.Output = t.TempDir()
		must(Build(t.Context(), target))
		run(t, filepath.Join(target.Output, "trades"))
	})
	t.Run("an existing file stays if the build fails", func(t *testing.T) {
		target := earth.target(t, t.TempDir(), generated("", `return 1`))
		must(os.WriteFile(target.Output, []byte("old"), 0o644))
		wantError(t, Build(t.Context(), target), diag.GoCompile)
		if got := snapshot(t, filepath.Dir(target.Output)); len(got) != 1 || got[target.Output] != "old" {
			t.Errorf("got %v", got)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := Build(ctx, earth.target(t, t.TempDir(), generated("", plain))); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestBinary(t *testing.T) {
	var trace bytes.Buffer
	target := earth.target(t, t.TempDir(), generated("", plain))
	target.Env = append(target.Env[:len(target.Env):len(target.Env)], "VELOC_CACHE="+t.TempDir(), "GOOS=plan9")
	target.Trace = &trace
	binary := func() string {
		t.Helper()
		trace.Reset()
		name, err := Binary(t.Context(), target)
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	first := binary()
	if got := run(t, first); got != "program trades []\n" {
		t.Errorf("printed %q", got)
	}
	if again := binary(); again != first || !strings.Contains(trace.String(), "# cached: ") {
		t.Errorf("%s, then %s; trace:\n%s", first, again, trace.String())
	}
	target.Files = generated("", `return &rt.Program{Name: "other"}`)
	if other := binary(); other == first || run(t, other) != "program other []\n" {
		t.Errorf("%s, then %s", first, other)
	}
}

func TestPathName(t *testing.T) {
	for in, want := range map[string]string{
		"trades": "trades", "Übersicht 2": "bersicht2", "日本": "query", "internal": "queryinternal", "a-b": "a-b", "-": "query", "A_1": "a_1",
	} {
		if got := pathName(in); got != want {
			t.Errorf("pathName(%q) = %q, want %q", in, got, want)
		}
	}
}
