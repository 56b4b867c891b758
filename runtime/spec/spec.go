// Package spec is how connectors and formats declare what they are and which
// options they take. The compiler reads these declarations, the runtime parses
// option values with them: one place per option.
//
// It is a leaf: it imports nothing of veloc.
package spec

// Role says whose option a key is.
type Role uint8

// The roles. A key may serve both ends.
const (
	Source Role = 1 << iota
	Sink
	Both = Source | Sink
)

// Type is the type of an option's value.
type Type uint8

// The option types.
const (
	String   Type = iota
	Int           // integer, digits may have underscores
	Bool          // true or false
	Duration      // 5s, 100ms, 1m30s, '5 minutes'
	Size          // bytes: 64k, 1MiB
	Enum          // one of Values
	Char          // one character, or \t
	Path          // a file, pattern or address
)

// Option declares one key.
type Option struct {
	Key     string   // canonical, lower case with dots
	Aliases []string // other spellings that our users have
	Role    Role
	Type    Type
	Values  []string // Enum: the canonical values
	Default string   // shown by `veloc options`; "" is none
	Help    string   // one line
	// Shape: the option decides the columns or the code, so it must be known
	// when compiling and cannot hold ${VAR}.
	Shape    bool
	Required bool
}

// Connector declares a kind of source or sink.
type Connector struct {
	Name    string // the value of 'connector'
	Doc     string // one line
	Roles   Role
	Import  string   // Go package of the runtime; it has NewSource and/or NewSink
	Formats []string // formats it carries; the first is the default
	Options []Option
	// Messages: its records have a key, a value, a time and headers, and come one
	// by one and not as lines.
	Messages bool
}

// Format declares a wire format and its options.
type Format struct {
	Name    string
	Doc     string
	Roles   Role
	Options []Option
}

// Find returns the option with a key or alias.
func Find(opts []Option, key string) (*Option, bool) {
	for i := range opts {
		if opts[i].Key == key {
			return &opts[i], true
		}
		for _, a := range opts[i].Aliases {
			if a == key {
				return &opts[i], true
			}
		}
	}
	return nil, false
}
