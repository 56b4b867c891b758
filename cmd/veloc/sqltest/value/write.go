package value

import "strings"

// YAML returns the value on one line of YAML: {symbol: A, volume: 1.50}.
func (v *Value) YAML() string { return string(v.appendYAML(nil)) }

func (v *Value) appendYAML(b []byte) []byte {
	switch {
	case v == nil:
		return append(b, "null"...)
	case v.Kind == String:
		return appendPlain(b, v.Text)
	case v.Kind == List:
		b = append(b, '[')
		for i, x := range v.Items {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = x.appendYAML(b)
		}
		return append(b, ']')
	case v.Kind == Object:
		b = append(b, '{')
		for i, f := range v.Fields {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = appendPlain(b, f.Name)
			b = append(b, ": "...)
			b = f.Value.appendYAML(b)
		}
		return append(b, '}')
	}
	return v.append(b, "", "")
}

// appendPlain appends a text, without quotes where YAML reads it as a text then.
func appendPlain(b []byte, s string) []byte {
	if plain(s) {
		return append(b, s...)
	}
	return AppendQuoted(b, s)
}

// plain reports a word that is nothing but a text: it begins with a letter or _
// and is none of YAML's words.
func plain(s string) bool {
	if s == "" {
		return false
	}
	for i := range len(s) {
		c := s[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || !('0' <= c && c <= '9' || c == '-' || c == '.' || c == '/')) {
			return false
		}
	}
	switch strings.ToLower(s) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf":
		return false
	}
	return true
}
