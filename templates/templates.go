// Package templates holds the static skeletons of files that veloc writes
// besides generated packages: the main of a binary and what `veloc init` lays
// out. There is no SQL logic in them.
package templates

import (
	"bytes"
	"embed"
	"io/fs"
	"path"
	"strings"
	"text/template"
)

//go:embed main.go.tmpl
var mainText string

var mainTemplate = template.Must(template.New("main.go").Parse(mainText))

// Main returns the main.go of a binary that runs the generated package at an
// import path.
func Main(importPath string) []byte {
	var b bytes.Buffer
	if err := mainTemplate.Execute(&b, struct{ Import string }{importPath}); err != nil {
		panic(err) // the template and its data are constants
	}
	return b.Bytes()
}

//go:embed tests.go.tmpl
var testsText string

var testsTemplate = template.Must(template.New("tests.go").Parse(testsText))

// Tests returns the main.go of a binary that runs jobs of `veloc test` with the
// generated packages at import paths. A program has the name of its folder.
func Tests(imports []string) []byte {
	type program struct{ Import, Name string }
	var list []program
	for _, i := range imports {
		list = append(list, program{i, path.Base(i)})
	}
	var b bytes.Buffer
	if err := testsTemplate.Execute(&b, list); err != nil {
		panic(err) // the template and its data are constants
	}
	return b.Bytes()
}

//go:embed all:init
var initFiles embed.FS

// File is one file of a project that `veloc init` lays out.
type File struct {
	Path    string // with slashes, relative to the project's folder
	Content []byte
}

// Project returns the files of a new project called name.
func Project(name string) ([]File, error) {
	var out []File
	err := fs.WalkDir(initFiles, "init", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := initFiles.ReadFile(p)
		if err != nil {
			return err
		}
		path := strings.TrimSuffix(strings.TrimPrefix(p, "init/"), ".tmpl")
		path = strings.ReplaceAll(path, "NAME", name)
		out = append(out, File{path, []byte(strings.ReplaceAll(string(text), "{{name}}", name))})
		return nil
	})
	return out, err
}
