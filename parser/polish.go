package parser

import (
	"errors"

	"github.com/alecthomas/participle/v2"
)

// polish turns an error of the grammar into one in the user's words.
func (r *tokenRun) polish(err error) *syntaxError {
	var e *syntaxError
	if errors.As(err, &e) {
		if e.found != nil {
			e.msg = "unexpected " + quote(e.found.Value) + ", expected " + e.expected
		}
		return e
	}
	var u *participle.UnexpectedTokenError
	if errors.As(err, &u) {
		return &syntaxError{span: tokenSpan(&u.Unexpected), msg: u.Message()}
	}
	return &syntaxError{span: tokenSpan(&r.toks[0]), msg: err.Error()}
}
