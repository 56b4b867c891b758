package value

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// ParseYAML reads the one document of a YAML text. Values know their lines.
func ParseYAML(text []byte) (*Value, error) {
	f, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, err
	}
	var body ast.Node
	for _, d := range f.Docs {
		if d.Body == nil {
			continue
		}
		if body != nil {
			return nil, errors.New("there is more than one document in the file")
		}
		body = d.Body
	}
	if body == nil {
		return nil, errors.New("the file is empty")
	}
	y := &yamlReader{anchors: map[string]ast.Node{}}
	return y.value(body)
}

type yamlReader struct {
	anchors map[string]ast.Node
	depth   int
}

var number = regexp.MustCompile(`^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$`)

func lineOf(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

// value turns a node into a value.
func (y *yamlReader) value(n ast.Node) (*Value, error) {
	if y.depth++; y.depth > 200 {
		return nil, fmt.Errorf("line %d: the values are nested too deeply", lineOf(n))
	}
	defer func() { y.depth-- }()
	line := lineOf(n)
	switch n := n.(type) {
	case *ast.NullNode:
		return &Value{Line: line}, nil
	case *ast.BoolNode:
		return &Value{Kind: Bool, Text: strconv.FormatBool(n.Value), Line: line}, nil
	case *ast.IntegerNode:
		return yamlNumber(n.Token, line)
	case *ast.FloatNode:
		return yamlNumber(n.Token, line)
	case *ast.StringNode:
		// the parser takes numbers of many digits, and 1e-12, for texts
		if n.Token.Type == token.StringType && number.MatchString(n.Token.Value) {
			return yamlNumber(n.Token, line)
		}
		return &Value{Kind: String, Text: n.Value, Line: line}, nil
	case *ast.LiteralNode:
		return &Value{Kind: String, Text: n.Value.Value, Line: line}, nil
	case *ast.InfinityNode, *ast.NanNode:
		return &Value{Kind: String, Text: n.GetToken().Value, Line: line}, nil
	case *ast.AnchorNode:
		y.anchors[n.Name.GetToken().Value] = n.Value
		return y.value(n.Value)
	case *ast.AliasNode:
		name := n.Value.GetToken().Value
		x, ok := y.anchors[name]
		if !ok {
			return nil, fmt.Errorf("line %d: there is no anchor &%s before", line, name)
		}
		return y.value(x)
	case *ast.TagNode:
		if n.Start.Value == "!!str" {
			x, err := y.value(n.Value)
			if err == nil && x.Kind != List && x.Kind != Object {
				x = &Value{Kind: String, Text: n.Value.GetToken().Value, Line: line}
			}
			return x, err
		}
		return nil, fmt.Errorf("line %d: the tag %s has no meaning here", line, n.Start.Value)
	case *ast.SequenceNode:
		v := &Value{Kind: List, Items: []*Value{}, Line: line}
		for _, item := range n.Values {
			x, err := y.value(item)
			if err != nil {
				return nil, err
			}
			v.Items = append(v.Items, x)
		}
		return v, nil
	case *ast.MappingNode:
		v := &Value{Kind: Object, Line: line}
		for _, f := range n.Values {
			if err := y.field(v, f); err != nil {
				return nil, err
			}
		}
		return v, nil
	case *ast.MappingValueNode:
		v := &Value{Kind: Object, Line: line}
		return v, y.field(v, n)
	default:
		return nil, fmt.Errorf("line %d: %s has no meaning here", line, n.Type())
	}
}

func (y *yamlReader) field(v *Value, f *ast.MappingValueNode) error {
	line := lineOf(f.Key)
	if f.Key.IsMergeKey() {
		x, err := y.value(f.Value)
		if err != nil {
			return err
		}
		if x.Kind != Object {
			return fmt.Errorf("line %d: << takes an object", line)
		}
		for _, m := range x.Fields {
			if v.Get(m.Name) == nil {
				v.Fields = append(v.Fields, m)
			}
		}
		return nil
	}
	name := f.Key.GetToken().Value
	x, err := y.value(f.Value)
	if err != nil {
		return err
	}
	if v.Get(name) != nil {
		return fmt.Errorf("line %d: %q stands there twice", line, name)
	}
	v.Fields = append(v.Fields, Field{Name: name, Value: x, Line: line})
	return nil
}

// yamlNumber keeps the digits of a number as JSON writes them: 1_000 is 1000,
// 0x10 is 16, .5 is 0.5.
func yamlNumber(t *token.Token, line int) (*Value, error) {
	s := strings.ReplaceAll(t.Value, "_", "")
	v := &Value{Kind: Number, Line: line}
	body := strings.TrimPrefix(strings.TrimPrefix(s, "+"), "-")
	if len(body) > 1 && body[0] == '0' && strings.ContainsAny(body[1:2], "xXoObB01234567") {
		i, ok := new(big.Int).SetString(s, 0)
		if !ok {
			return nil, fmt.Errorf("line %d: %s is no number", line, t.Value)
		}
		v.Text = i.String()
		return v, nil
	}
	if _, ok := new(big.Float).SetString(s); !ok {
		return nil, fmt.Errorf("line %d: %s is no number", line, t.Value)
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign = "-"
	}
	if strings.HasPrefix(body, ".") {
		body = "0" + body
	}
	if i := strings.IndexByte(body, '.'); i >= 0 && (i+1 == len(body) || body[i+1] == 'e' || body[i+1] == 'E') {
		body = body[:i] + body[i+1:]
	}
	v.Text = sign + body
	return v, nil
}
