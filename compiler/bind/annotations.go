package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/parser/ast"
)

// metricKeys are the annotations that define metrics.
var metricKeys = []string{"metric", "metric_type", "metric_help", "metric_labels", "metric_field", "metric_buckets", "metric_condition"}

// checkAnnotation reports annotations that would define a metric: unknown ones,
// and the known ones, of which nothing is made yet.
func (b *binder) checkAnnotation(a ast.Annotation) {
	key := strings.ToLower(a.Key)
	if key != "metric" && !strings.HasPrefix(key, "metric_") {
		return
	}
	for _, k := range metricKeys {
		if key == k {
			b.warnMetric(a)
			return
		}
	}
	near, _ := catalog.Nearest(key, metricKeys)
	b.errAnnotation(a, near)
}
