// Package catalog knows the outside of a program: the connectors and formats
// that there are, the options of the operators, and the columns of data whose
// schema is inferred from a sample.
package catalog

import (
	"sort"
	"strings"

	"github.com/velocsql/veloc/runtime/config"
	discard "github.com/velocsql/veloc/runtime/sink/discard/spec"
	filesink "github.com/velocsql/veloc/runtime/sink/file/spec"
	terminal "github.com/velocsql/veloc/runtime/sink/terminal/spec"
	filesource "github.com/velocsql/veloc/runtime/source/file/spec"
	push "github.com/velocsql/veloc/runtime/source/push/spec"
	"github.com/velocsql/veloc/runtime/spec"
	topic "github.com/velocsql/veloc/runtime/topic/spec"
)

// connectors lists every connector. One that reads and one that writes may
// share a name.
var connectors = []*spec.Connector{&filesource.Connector, &filesink.Connector, &terminal.Connector, &discard.Connector, &push.Connector, &topic.Connector}

// Push is the connector of streams that are declared with columns only.
var Push = &push.Connector

// Topic is the connector of relations whose options name a topic.
var Topic = &topic.Connector

// TopicFormats are the formats of keys and values of records.
var TopicFormats = topic.Formats

var formats = []*spec.Format{&filesource.CSV, &filesource.JSON}

// aliases are other names of connectors and formats that users have.
var (
	connectorAliases = map[string]string{
		"filesystem": "file", "file_mmap": "file", "files": "file", "stdout": "terminal", "console": "terminal", "print": "terminal", "blackhole": "discard",
	}
	formatAliases = map[string]string{
		"jsonlines": "json", "json_lines": "json", "json-lines": "json", "jsonl": "json", "ndjson": "json", "csv_no_header": "", "delimited": "csv", "tsv": "",
	}
)

// Connectors and formats that are part of the language and not built yet.
var (
	plannedConnectors = []string{"http", "websocket", "postgres", "mysql", "sqlite", "database", "jdbc", "redis", "s3", "nats", "mqtt", "pulsar", "kinesis", "generator", "datagen"}
	plannedFormats    = []string{"avro", "protobuf", "parquet", "raw", "json_sr", "debezium", "debezium-json", "xml", "text", "kafka", "none"}
)

// Standing says whether something is there.
type Standing uint8

// What Connector and Format may find.
const (
	Unknown  Standing = iota
	Planned           // part of the language, not built yet
	WrongEnd          // a connector that only reads, or only writes
	Found
)

// Connector finds the connector of a name that can stand at an end.
func Connector(name string, end spec.Role) (*spec.Connector, Standing) {
	name = strings.ToLower(name)
	if a, ok := connectorAliases[name]; ok {
		name = a
	}
	standing := Unknown
	for _, c := range connectors {
		if c.Name != name {
			continue
		}
		if c.Roles&end != 0 {
			return c, Found
		}
		standing = WrongEnd
	}
	if standing == Unknown && contains(plannedConnectors, name) {
		return nil, Planned
	}
	return nil, standing
}

// ConnectorNames lists the connectors for an end.
func ConnectorNames(end spec.Role) []string {
	var names []string
	for _, c := range connectors {
		if c.Roles&end != 0 {
			names = append(names, c.Name)
		}
	}
	sort.Strings(names)
	return names
}

// Format finds the format of a name.
func Format(name string) (*spec.Format, Standing) {
	name = strings.ToLower(name)
	if a, ok := formatAliases[name]; ok && a != "" {
		name = a
	}
	for _, f := range formats {
		if f.Name == name {
			return f, Found
		}
	}
	if contains(plannedFormats, name) {
		return nil, Planned
	}
	return nil, Unknown
}

// FormatFor finds the format of a name for a connector: records of topics have
// formats of their own.
func FormatFor(c *spec.Connector, name string) (*spec.Format, Standing) {
	if !c.Messages {
		return Format(name)
	}
	name = strings.ToLower(name)
	if name == "csv" {
		name = "delimited"
	}
	for _, f := range topic.Formats {
		if f.Name == name {
			return f, Found
		}
	}
	if _, standing := Format(name); standing == Planned {
		return nil, Planned
	}
	return nil, Unknown
}

// FormatOfPath guesses the format from the name of a file: .csv, .json and
// their kin, compressed or not. It returns "" when the name does not tell.
func FormatOfPath(path string) string {
	path = strings.ToLower(path)
	for _, ext := range []string{".gz", ".gzip", ".zst", ".zstd"} {
		path = strings.TrimSuffix(path, ext)
	}
	switch {
	case strings.HasSuffix(path, ".csv"), strings.HasSuffix(path, ".tsv"):
		return "csv"
	case strings.HasSuffix(path, ".json"), strings.HasSuffix(path, ".jsonl"), strings.HasSuffix(path, ".ndjson"):
		return "json"
	}
	return ""
}

// Nearest returns the known word that was most likely meant.
func Nearest(word string, known []string) (string, bool) { return config.Nearest(word, known) }

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
