package funcs

import "github.com/velocsql/veloc/compiler/types"

// urlPart is a function of a URL to one of its parts.
func urlPart(name, goName, what, example, want string) Func {
	return Func{
		Name: name, Area: "url", Doc: name + " returns " + what,
		Examples:  []Example{{name + "('" + example + "')", want}},
		Overloads: textToText(fn(goName).maybe()),
	}
}

var urlFuncs = []Func{
	urlPart("url_extract_protocol", "URLProtocol", "the scheme of a URL; NULL if there is none.", "https://ann@veloc.dev:8443/a/b?x=1#top", "'https'"),
	urlPart("url_extract_host", "URLHost", "the host of a URL; NULL if there is none.", "https://ann@veloc.dev:8443/a/b?x=1#top", "'veloc.dev'"),
	{
		Name: "url_extract_port", Area: "url", Doc: "url_extract_port returns the port of a URL; NULL if there is none.",
		Examples:  []Example{{"url_extract_port('https://veloc.dev:8443/a')", "8443"}, {"url_extract_port('https://veloc.dev/a')", "NULL"}},
		Overloads: []Overload{{Params: one(types.String), Ret: integer, Go: fn("URLPort").maybe()}},
	},
	urlPart("url_extract_path", "URLPath", "the path of a URL, decoded; NULL if the text is no URL.", "https://veloc.dev/a%20b/c?x=1", "'/a b/c'"),
	urlPart("url_extract_query", "URLQuery", "what stands behind the question mark, decoded; NULL if there is nothing.", "https://veloc.dev/a?x=1&y=2#top", "'x=1&y=2'"),
	urlPart("url_extract_fragment", "URLFragment", "what stands behind the #, decoded; NULL if there is nothing.", "https://veloc.dev/a?x=1#top", "'top'"),
	{
		Name: "url_extract_parameter", Area: "url", Doc: "url_extract_parameter returns the value of a parameter of the query, decoded, which is empty if it has none; NULL if there is no such parameter.",
		Examples:  []Example{{"url_extract_parameter('https://veloc.dev/?one=a&two=b%20c', 'two')", "'b c'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: text, Go: fn("URLParameter").maybe()}},
	},
	{
		Name: "url_encode_param", Aliases: []string{"url_encode"}, Area: "url", Doc: "url_encode_param writes a text so that it can be a parameter of a URL.",
		Examples:  []Example{{"url_encode_param('?foo $bar')", "'%3Ffoo+%24bar'"}},
		Overloads: textToText(fn("URLEncode").makes()),
	},
	{
		Name: "url_decode_param", Aliases: []string{"url_decode"}, Area: "url", Doc: "url_decode_param undoes url_encode_param; a % without two hexadecimal digits is an error.",
		Examples:  []Example{{"url_decode_param('%3Ffoo+%24bar')", "'?foo $bar'"}},
		Overloads: textToText(failing("URLDecode").makes()),
	},
}
