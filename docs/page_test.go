package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// page is a Markdown file.
type page struct {
	name   string
	parts  []string // text between the blocks; one more than there are blocks
	blocks []*block
}

// block is a fenced block.
type block struct {
	lang string // "sql"
	mark string // "run", "file:shop.sql", ""
	text string
	line int
}

// command is a line behind "$ " with what it prints.
type command struct {
	source string // the line or lines as they stand in the page
	line   string // what the shell gets
	output string
}

const fence = "```"

func readPage(name string) (*page, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	p := &page{name: name}
	var between, inside strings.Builder
	var b *block
	n := 0
	for l := range strings.Lines(string(text)) {
		n++
		info, opens := strings.CutPrefix(l, fence)
		switch {
		case b == nil && opens:
			b = &block{line: n}
			b.lang, b.mark, _ = strings.Cut(strings.TrimSpace(info), " ")
			between.WriteString(l)
			p.parts = append(p.parts, between.String())
			between.Reset()
		case b != nil && opens:
			b.text = inside.String()
			p.blocks = append(p.blocks, b)
			inside.Reset()
			between.WriteString(l)
			b = nil
		case b != nil:
			inside.WriteString(l)
		default:
			between.WriteString(l)
		}
	}
	if b != nil {
		return nil, fmt.Errorf("%s:%d: the block is never closed", name, b.line)
	}
	p.parts = append(p.parts, between.String())
	return p, nil
}

func (p *page) write() error {
	var out strings.Builder
	for i, part := range p.parts {
		out.WriteString(part)
		if i < len(p.blocks) {
			out.WriteString(p.blocks[i].text)
		}
	}
	return os.WriteFile(p.name, []byte(out.String()), 0o644)
}

// usesGo reports whether a command of the page is one of Go.
func (p *page) usesGo() bool {
	for _, b := range p.blocks {
		if b.lang == "console" && strings.Contains("\n"+b.text, "\n$ go ") {
			return true
		}
	}
	return false
}

// commands splits a console block. A line that ends in a backslash goes on in
// the next one.
func (b *block) commands() []*command {
	var list []*command
	more := false
	for l := range strings.Lines(b.text) {
		line, starts := strings.CutPrefix(l, "$ ")
		switch {
		case more:
			c := list[len(list)-1]
			c.source += l
			c.line += l
			more = strings.HasSuffix(l, "\\\n")
		case starts:
			list = append(list, &command{source: l, line: line})
			more = strings.HasSuffix(l, "\\\n")
		case len(list) > 0:
			list[len(list)-1].output += l
		}
	}
	return list
}

// TestBlocks checks that every block of SQL, Go and commands is executed: one
// that is not could be wrong without anybody noticing.
func TestBlocks(t *testing.T) {
	for _, name := range pages(t) {
		p, err := readPage(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if p.name == "diagnostics.md" {
			continue // generated
		}
		for _, b := range p.blocks {
			marked := b.mark == "run" || b.mark == "refused" || strings.HasPrefix(b.mark, "file:") || strings.HasPrefix(b.mark, "output")
			switch {
			case b.lang == "":
				t.Errorf("%s:%d: a block without a language", p.name, b.line)
			case (b.lang == "sql" || b.lang == "go") && !marked:
				t.Errorf("%s:%d: a block of %s that is not executed", p.name, b.line, b.lang)
			case b.lang == "console" && !strings.HasPrefix(b.text, "$ "):
				t.Errorf("%s:%d: commands begin with \"$ \"", p.name, b.line)
			}
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestLinks checks that what the pages link to is there, with its heading.
func TestLinks(t *testing.T) {
	for _, name := range pages(t) {
		p, err := readPage(name)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, m := range link.FindAllStringSubmatch(strings.Join(p.parts, ""), -1) {
			target, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") {
				continue
			}
			file := name
			if target != "" {
				file = filepath.Join(filepath.Dir(name), filepath.FromSlash(target))
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: link to %s: %v", p.name, m[1], err)
				continue
			}
			if anchor != "" && !hasHeading(t, file, anchor) {
				t.Errorf("%s: %s has no heading #%s", p.name, file, anchor)
			}
		}
	}
}

func hasHeading(t *testing.T, file, anchor string) bool {
	p, err := readPage(file)
	if err != nil {
		t.Error(err)
		return true
	}
	for l := range strings.Lines(strings.Join(p.parts, "")) {
		if strings.HasPrefix(l, "#") && anchorOf(l) == anchor {
			return true
		}
	}
	return false
}

// anchorOf is the anchor of a heading: lower case, blanks as dashes, without
// punctuation.
func anchorOf(heading string) string {
	var out strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(strings.TrimLeft(heading, "#"))) {
		switch {
		case r == ' ':
			out.WriteByte('-')
		case r == '-' || r == '_' || 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			out.WriteRune(r)
		}
	}
	return out.String()
}
