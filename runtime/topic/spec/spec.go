// Package spec declares the options of topics: relations whose records have a
// key, a value, a time and headers, as those of Kafka do.
package spec

import (
	file "github.com/velocsql/veloc/runtime/source/file/spec"
	"github.com/velocsql/veloc/runtime/spec"
)

// Connector declares topics. Programs that are built have none yet: the topics
// of a test are in memory.
var Connector = spec.Connector{
	Name:     "kafka",
	Doc:      "topics of records with a key and a value; in memory in tests, and not there yet in programs that are built",
	Roles:    spec.Both,
	Import:   "github.com/velocsql/veloc/runtime/topic",
	Formats:  []string{"json", "delimited", "kafka", "none"},
	Messages: true,
	Options:  []spec.Option{Servers, Topic, KeyFormat, KeyDelimiter, Partitions, Replicas, OffsetReset, WindowType, WindowSize},
}

// The options of topics. The format of values is the option 'format', which all
// connectors have.
var (
	Servers = spec.Option{
		Key: "bootstrap.servers", Aliases: []string{"brokers", "bootstrap_servers"}, Role: spec.Both, Type: spec.String,
		Help: "addresses of the servers; topics in memory need none",
	}
	Topic = spec.Option{
		Key: "topic", Aliases: []string{"topic.name", "kafka_topic", "topic_name"}, Role: spec.Both, Type: spec.String,
		Help: "name of the topic; by default that of the relation",
	}
	KeyFormat = spec.Option{
		Key: "key.format", Aliases: []string{"key_format"}, Role: spec.Both, Type: spec.Enum, Values: []string{"json", "delimited", "kafka", "none"}, Shape: true,
		Help: "how keys are written; by default kafka for a key of one column, json for one of several",
	}
	KeyDelimiter = spec.Option{
		Key: "key.delimiter", Aliases: []string{"key_delimiter"}, Role: spec.Both, Type: spec.Char, Default: ",", Shape: true,
		Help: "separates the columns of a delimited key",
	}
	Partitions = spec.Option{
		Key: "partitions", Aliases: []string{"topic.partitions"}, Role: spec.Both, Type: spec.Int, Default: "1",
		Help: "number of partitions of a topic that is not there yet",
	}
	Replicas = spec.Option{
		Key: "replicas", Aliases: []string{"topic.replicas", "replication.factor"}, Role: spec.Both, Type: spec.Int, Default: "1",
		Help: "number of replicas of a topic that is not there yet; topics in memory have one",
	}
	WindowType = spec.Option{
		Key: "window.type", Aliases: []string{"window_type"}, Role: spec.Source, Type: spec.Enum, Values: []string{"tumbling", "hopping", "session"}, Shape: true,
		Help: "the keys of records belong to windows of this kind, which WINDOWSTART and WINDOWEND tell",
	}
	WindowSize = spec.Option{
		Key: "window.size", Aliases: []string{"window_size"}, Role: spec.Source, Type: spec.Duration, Shape: true,
		Help: "how long the windows of keys are; not with sessions",
	}
	OffsetReset = spec.Option{
		Key: "auto.offset.reset", Aliases: []string{"auto_offset_reset"}, Role: spec.Source, Type: spec.Enum, Values: []string{"earliest", "latest"},
		Help: "where reading begins: earliest, or behind the records that are there; by default latest for streams and earliest for tables",
	}
)

// Formats are the formats of values; keys have the same.
var Formats = []*spec.Format{&JSON, &Delimited, &Binary, &None}

// The formats.
var (
	JSON = spec.Format{
		Name: "json", Doc: "JSON: an object, or the bare value of a key of one column", Roles: spec.Both,
		Options: []spec.Option{Wrap, file.Validate, file.TimestampFormat, file.DecimalFormat},
	}
	Delimited = spec.Format{
		Name: "delimited", Doc: "comma-separated values, without a header", Roles: spec.Both,
		Options: []spec.Option{file.Delimiter, file.Null, file.Validate, file.TimestampFormat},
	}
	Binary = spec.Format{
		Name: "kafka", Doc: "one value as serializers of Kafka write it: text, or a number with its high byte first", Roles: spec.Both,
	}
	None = spec.Format{Name: "none", Doc: "no bytes: there are no columns", Roles: spec.Both}
)

// Wrap is the option of JSON values of one column.
var Wrap = spec.Option{
	Key: "wrap.single.value", Aliases: []string{"wrap_single_value"}, Role: spec.Both, Type: spec.Bool, Default: "true", Shape: true,
	Help: "a value of one column is an object with one field; false: the bare value",
}
