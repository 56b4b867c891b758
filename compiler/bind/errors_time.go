package bind

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

func (b *binder) errNoWindowForLate(o *option) {
	b.diags.Err(diag.OptionPlace, o.KeyLoc, fmt.Sprintf("option '%s' is for a window, and the query has none", o.Key), "leave it out, or add WINDOW TUMBLING(1 MINUTE)")
}

// checkLate checks that a window can do what the policy says.
func (b *binder) checkLate(k *block, w *bound.Window, p bound.LatePolicy, loc source.Span) bool {
	byRows := w.Kind == bound.Session || w.Kind == bound.Sliding
	refused := byRows && p == bound.LateNextWindow || w.Kind == bound.Sliding && p == bound.LateUpdate
	label := []diag.Label{{Span: w.Loc, Msg: "the window"}}
	switch {
	case refused:
		b.diags.Add(diag.Diagnostic{
			Code: diag.LatePolicy, Span: loc, Msg: fmt.Sprintf("a %s window cannot follow the late policy %s", w.Kind, p),
			Labels: label, Hint: "use 'drop' or 'dead_letter', with a GRACE PERIOD for rows that are to count",
		})
	case p == bound.LateUpdate && (k.sel.Emit == bound.EmitChanges || k.sel.Emit == bound.EmitEvery):
		b.diags.Add(diag.Diagnostic{
			Code: diag.LateUpdateEmits, Span: loc, Msg: "update_previous_window adds nothing to a window that emits its changes", Labels: label,
			Hint: "leave the policy out, or use EMIT FINAL",
		})
	case p == bound.LateUpdate && w.Grace == 0:
		b.diags.Add(diag.Diagnostic{
			Code: diag.LateNoGrace, Span: loc, Msg: "update_previous_window needs a grace period in which late rows count", Labels: label,
			Hint: "add GRACE PERIOD 10 SECONDS to the window, or 'allowed.lateness' = '10s'",
		})
	default:
		return true
	}
	return false
}

func (b *binder) errPunctuatedField(strategy *option) {
	b.diags.Err(diag.Punctuation, strategy.ValueLoc, "a punctuated watermark needs 'watermark.field'", "add 'watermark.field' = 'the column with the watermark'")
}

func (b *binder) errNotPunctuated(field *option) {
	b.diags.Err(diag.Punctuation, field.KeyLoc, "'watermark.field' is for the strategy punctuated", "add 'watermark.strategy' = 'punctuated', or leave the field out")
}

func (b *binder) errPunctuatedType(field *option, c *bound.Col) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.Punctuation, Span: field.ValueLoc, Msg: fmt.Sprintf("column %q is %s and cannot be the watermark", c.Name, c.Type),
		Labels: []diag.Label{{Span: c.Loc, Msg: "declared here"}}, Hint: "name a BOOLEAN, a TIMESTAMP, or a BIGINT of epoch milliseconds",
	})
}
