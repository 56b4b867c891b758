package rt

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/velocsql/veloc/runtime/config"
)

// resolve applies overrides and the environment to the options of one end.
func resolve(name string, c Config, overrides map[string]string, env *Env) (Config, error) {
	out := maps.Clone(c)
	if out == nil {
		out = Config{}
	}
	for k, v := range overrides {
		if key, ok := strings.CutPrefix(k, name+"."); ok {
			out[key] = v
		}
	}
	for k, v := range out {
		if !strings.Contains(v, "${") {
			continue
		}
		x, err := config.Expand(v, env.Getenv)
		if err != nil {
			return nil, fmt.Errorf("%s: option '%s': %w", name, k, err)
		}
		out[k] = x
	}
	return out, nil
}

// checkOverrides reports an override of something that the program does not
// have.
func checkOverrides(p *Program, overrides map[string]string) error {
	var names []string
	for _, d := range p.Sources {
		names = append(names, d.Name)
	}
	for _, d := range p.Sinks {
		if !slices.Contains(names, d.Name) {
			names = append(names, d.Name)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(overrides)) {
		known := slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(k, n+".") })
		if !known {
			return fmt.Errorf("option %q is of no source or sink of the program: it has %s", k, strings.Join(names, ", "))
		}
	}
	return nil
}
