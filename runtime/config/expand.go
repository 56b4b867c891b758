package config

import (
	"fmt"
	"strings"
)

// Expand replaces ${VAR}, ${VAR:-default} and ${VAR:?message} in s by the
// environment. An unset or empty variable takes the default, or is an error
// with the message. $${ stands for a literal ${. Defaults may hold ${..}
// themselves.
//
// Values of variables are taken as they are: they are not expanded again.
func Expand(s string, getenv func(string) (string, bool)) (string, error) {
	if !strings.Contains(s, "${") {
		return s, nil
	}
	var out strings.Builder
	for {
		i := strings.Index(s, "${")
		if i < 0 {
			out.WriteString(s)
			return out.String(), nil
		}
		if i > 0 && s[i-1] == '$' {
			out.WriteString(s[:i-1])
			out.WriteString("${")
			s = s[i+2:]
			continue
		}
		out.WriteString(s[:i])
		body, rest, ok := reference(s[i+2:])
		if !ok {
			return "", fmt.Errorf("%q: ${ without a closing } (write $${ for a literal ${)", s[i:])
		}
		value, err := resolve(body, getenv)
		if err != nil {
			return "", err
		}
		out.WriteString(value)
		s = rest
	}
}

// HasVars reports whether s refers to the environment.
func HasVars(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '$' && s[i+1] == '{' && (i == 0 || s[i-1] != '$') {
			return true
		}
	}
	return false
}

// reference splits the text behind "${" at its closing brace.
func reference(s string) (body, rest string, ok bool) {
	depth := 1
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '$' && i+1 < len(s) && s[i+1] == '{':
			depth++
			i++
		case s[i] == '}':
			depth--
			if depth == 0 {
				return s[:i], s[i+1:], true
			}
		}
	}
	return "", "", false
}

// resolve gives the value of VAR, VAR:-default or VAR:?message.
func resolve(body string, getenv func(string) (string, bool)) (string, error) {
	name, op, arg := body, byte(0), ""
	if i := strings.IndexByte(body, ':'); i >= 0 {
		name = body[:i]
		if i+1 == len(body) || body[i+1] != '-' && body[i+1] != '?' {
			return "", fmt.Errorf("${%s}: after the name comes :-default or :?message", body)
		}
		op, arg = body[i+1], body[i+2:]
	}
	if !validName(name) {
		return "", fmt.Errorf("${%s}: %q is not the name of an environment variable", body, name)
	}
	value, set := getenv(name)
	switch {
	case op == 0 && !set:
		return "", fmt.Errorf("environment variable %s is not set (${%s:-default} gives it a default)", name, name)
	case op == '-' && value == "":
		return Expand(arg, getenv)
	case op == '?' && value == "":
		if arg == "" {
			arg = "it is required"
		}
		return "", fmt.Errorf("environment variable %s is not set: %s", name, arg)
	}
	return value, nil
}

func validName(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}
