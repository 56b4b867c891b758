package funcs

import (
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqlfn"
)

// SQLHash is the package of digests.
const SQLHash = "github.com/velocsql/veloc/runtime/sqlhash"

// encodingArg prepares a constant name of an encoding, which is the second
// argument.
func encodingArg(method string) *ConstRecipe {
	return &ConstRecipe{
		Arg: 1, New: fn("MustEncoding"), Type: "Encoding", Method: method,
		Check: func(text string) error {
			_, err := sqlfn.NewEncoding(text)
			return err
		},
	}
}

// ofBoth are the overloads of a function of text or of bytes.
func ofBoth(ret types.Type, name string) []Overload {
	return []Overload{
		{Params: one(types.String), Ret: ret, Go: fn(name).makes()},
		{Params: one(types.Bytes), Ret: ret, Go: fn(name + "Bytes").makes()},
	}
}

var encodingFuncs = []Func{
	{
		Name: "encode", Area: "encoding", Doc: "encode writes bytes as text in an encoding, or a text that is in one encoding in another: hex, base64, utf8 or ascii.",
		Examples: []Example{{"encode('Example!', 'ascii', 'hex')", "'4578616d706c6521'"}, {"encode(to_utf8('abc'), 'base64')", "'YWJj'"}},
		Overloads: []Overload{
			{Params: kinds(types.Bytes, types.String), Ret: text, Go: failing("FromBytes").makes(), Const: encodingArg("FromBytes")},
			{Params: kinds(types.String, types.String, types.String), Ret: text, Go: failing("Encode").makes()},
		},
	},
	{
		Name: "from_bytes", Area: "encoding", Doc: "from_bytes writes bytes as text in an encoding: hex, base64, utf8 or ascii.",
		Examples:  []Example{{"from_bytes(to_bytes('YWJj', 'base64'), 'utf8')", "'abc'"}},
		Overloads: []Overload{{Params: kinds(types.Bytes, types.String), Ret: text, Go: failing("FromBytes").makes(), Const: encodingArg("FromBytes")}},
	},
	{
		Name: "to_bytes", Area: "encoding", Doc: "to_bytes reads the bytes that a text stands for in an encoding: hex, base64, utf8 or ascii; other text is an error.",
		Examples:  []Example{{"length(to_bytes('00ff', 'hex'))", "2"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: bytes, Go: failing("ToBytes").makes(), Const: encodingArg("ToBytes")}},
	},
	{
		Name: "to_utf8", Area: "encoding", Doc: "to_utf8 returns the bytes of a text.",
		Examples:  []Example{{"length(to_utf8('é'))", "2"}},
		Overloads: []Overload{{Params: one(types.String), Ret: bytes, Go: fn("ToUTF8")}},
	},
	{
		Name: "hex", Area: "encoding", Doc: "hex returns the bytes of a text, bytes, or a number as hexadecimal digits in capitals; a negative number as its two's complement.",
		Examples:  []Example{{"hex('az')", "'617A'"}, {"hex(255)", "'FF'"}},
		Overloads: append(ofBoth(text, "Hex"), Overload{Params: one(types.BigInt), Ret: text, Go: fn("HexInt64").makes()}),
	},
	{
		Name: "to_hex", Area: "encoding", Doc: "to_hex returns a number or bytes as hexadecimal digits in small letters; a negative number as its two's complement.",
		Examples: []Example{{"to_hex(255)", "'ff'"}},
		Overloads: []Overload{
			{Params: one(types.BigInt), Ret: text, Go: fn("ToHex").makes()},
			{Params: one(types.Bytes), Ret: text, Go: fn("ToHexBytes").makes()},
		},
	},
	{
		Name: "unhex", Aliases: []string{"from_hex"}, Area: "encoding", Doc: "unhex reads bytes written as hexadecimal digits; other text is an error.",
		Examples:  []Example{{"encode(unhex('616263'), 'utf8')", "'abc'"}},
		Overloads: []Overload{{Params: one(types.String), Ret: bytes, Go: failing("FromHex").makes()}},
	},
	{
		Name: "bin", Aliases: []string{"to_binary"}, Area: "encoding", Doc: "bin returns the binary digits of a number; those of the two's complement of a negative one.",
		Examples:  []Example{{"bin(10)", "'1010'"}},
		Overloads: []Overload{{Params: one(types.BigInt), Ret: text, Go: fn("Bin").makes()}},
	},
	{
		Name: "to_base64", Aliases: []string{"base64"}, Area: "encoding", Doc: "to_base64 returns the bytes of a text, or bytes, in base64.",
		Examples:  []Example{{"to_base64('abc')", "'YWJj'"}},
		Overloads: ofBoth(text, "Base64"),
	},
	{
		Name: "from_base64", Aliases: []string{"unbase64"}, Area: "encoding", Doc: "from_base64 reads bytes written in base64; other text is an error.",
		Examples:  []Example{{"encode(from_base64('YWJj'), 'utf8')", "'abc'"}},
		Overloads: []Overload{{Params: one(types.String), Ret: bytes, Go: failing("FromBase64").makes()}},
	},
	sortKey("sort_key", "SortKey", "as the value does", "sort_key('a') < sort_key('b')"),
	sortKey("sort_key_desc", "SortKeyDesc", "in the reverse order of the value", "sort_key_desc(2) < sort_key_desc(1)"),
	fromBytes("int_from_bytes", "IntFromBytes", integer, "an INT from four bytes", "'00000102'", "258"),
	fromBytes("bigint_from_bytes", "BigintFromBytes", bigint, "a BIGINT from eight bytes", "'0000000000000102'", "258"),
	fromBytes("double_from_bytes", "DoubleFromBytes", double, "a DOUBLE from eight bytes", "'3ff8000000000000'", "1.5e0"),
	{
		Name: "uuid", Area: "encoding", Doc: "uuid writes 16 bytes as a UUID; uuid_v5 makes one from a name, and there is none that differs from run to run.",
		Examples:  []Example{{"uuid(unhex('6ba7b8109dad11d180b400c04fd430c8'))", "'6ba7b810-9dad-11d1-80b4-00c04fd430c8'"}},
		Overloads: []Overload{{Params: one(types.Bytes), Ret: text, Go: failing("UUIDOf").makes()}},
	},
}

// sortKey is a function to bytes whose order is that of the argument.
func sortKey(name, goName, how, example string) Func {
	f := Func{
		Name: name, Area: "encoding", Doc: name + " returns bytes that sort " + how + ", beside those of values of the same type.",
		Examples: []Example{{example, "TRUE"}},
	}
	for _, k := range []struct {
		kind types.Kind
		name string
	}{
		{types.Boolean, "Bool"},
		{types.BigInt, "Int"},
		{types.Time, "Int"},
		{types.Timestamp, "Int"},
		{types.Date, "Date"},
		{types.Decimal, "Decimal"},
		{types.Double, "Float"},
		{types.String, "Text"},
		{types.Bytes, "Bytes"},
	} {
		f.Overloads = append(f.Overloads, Overload{Params: one(k.kind), Ret: bytes, Go: fn(goName + k.name).makes()})
	}
	return f
}

// fromBytes is a function that reads a number from bytes.
func fromBytes(name, goName string, ret types.Type, what, hex, want string) Func {
	return Func{
		Name: name, Area: "encoding",
		Doc:      name + " reads " + what + ", the highest first or in the order 'BIG_ENDIAN' or 'LITTLE_ENDIAN'; another number of bytes is an error.",
		Examples: []Example{{name + "(unhex(" + hex + "))", want}},
		Overloads: []Overload{
			{Params: one(types.Bytes), Ret: ret, Go: failing(goName)},
			{Params: kinds(types.Bytes, types.String), Ret: ret, Go: failing(goName + "In")},
		},
	}
}

// hashed are the overloads of a digest of text or of bytes.
func hashed(ret types.Type, name string, makes bool) []Overload {
	return []Overload{
		{Params: one(types.String), Ret: ret, Go: Recipe{Path: SQLHash, Name: name, Allocates: makes}},
		{Params: one(types.Bytes), Ret: ret, Go: Recipe{Path: SQLHash, Name: name + "Bytes", Allocates: makes}},
	}
}

// digest is a function that returns hexadecimal digits.
func digest(name, goName, what, want string) Func {
	return Func{
		Name: name, Area: "hash", Doc: name + " returns the " + what + " digest of a text or of bytes as hexadecimal digits.",
		Examples:  []Example{{name + "('abc')", want}},
		Overloads: hashed(text, goName, true),
	}
}

var hashFuncs = []Func{
	digest("md5", "MD5", "MD5", "'900150983cd24fb0d6963f7d28e17f72'"),
	digest("sha1", "SHA1", "SHA-1", "'a9993e364706816aba3e25717850c26c9cd0d89d'"),
	digest("sha224", "SHA224", "SHA-224", "'23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'"),
	digest("sha256", "SHA256", "SHA-256", "'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'"),
	digest("sha384", "SHA384", "SHA-384", "'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7'"),
	digest("sha512", "SHA512", "SHA-512", "'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f'"),
	{
		Name: "crc32", Area: "hash", Doc: "crc32 returns the checksum of a text or of bytes that zip files have.",
		Examples:  []Example{{"crc32('abc')", "891568578"}},
		Overloads: hashed(bigint, "CRC32", false),
	},
	{
		Name: "xxhash64", Aliases: []string{"xxhash", "hash"}, Area: "hash", Doc: "xxhash64 returns the 64 bits of xxHash of a text or of bytes: fast, the same in every run, and no secret.",
		Examples:  []Example{{"xxhash64('abc')", "4952883123889572249"}},
		Overloads: hashed(bigint, "XXHash64", false),
	},
	{
		Name: "uuid_v5", Area: "hash", Doc: "uuid_v5 returns the UUID, version 5, of a name within a namespace, which is a UUID: the same for the same name.",
		Examples:  []Example{{"uuid_v5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'python.org')", "'886313e1-3b8a-5372-9b90-0c9aee199e5d'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: text, Go: Recipe{Path: SQLHash, Name: "UUIDv5", Fault: true, Allocates: true}}},
	},
}
