// Package config turns the text of options into values: it resolves ${VAR}
// when a program starts and parses durations, sizes, numbers and choices by
// their declaration. The compiler checks options with the same functions that
// programs read them with, so that both agree on what is legal.
package config
