package rt

import (
	"fmt"
	"maps"
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
