// Package spec declares the options of topics: relations whose records have a
// key, a value, a time and headers, as those of Kafka do.
package spec

import "github.com/velocsql/veloc/runtime/spec"

// Connector declares topics. Programs that are built have none yet: the topics
// of a test are in memory.
var Connector = spec.Connector{
	Name:     "kafka",
	Doc:      "topics of records with a key and a value; in memory in tests, and not there yet in programs that are built",
	Roles:    spec.Both,
	Import:   "github.com/velocsql/veloc/runtime/topic",
	Formats:  []string{"json", "delimited", "kafka", "none"},
	Messages: true,
	Options:  []spec.Option{Servers, Topic, KeyFormat, Partitions, Replicas, OffsetReset},
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
	Partitions = spec.Option{
		Key: "partitions", Aliases: []string{"topic.partitions"}, Role: spec.Both, Type: spec.Int, Default: "1",
		Help: "number of partitions of a topic that is not there yet",
	}
	Replicas = spec.Option{
		Key: "replicas", Aliases: []string{"topic.replicas", "replication.factor"}, Role: spec.Both, Type: spec.Int, Default: "1",
		Help: "number of replicas of a topic that is not there yet; topics in memory have one",
	}
	OffsetReset = spec.Option{
		Key: "auto.offset.reset", Aliases: []string{"auto_offset_reset"}, Role: spec.Source, Type: spec.Enum, Values: []string{"earliest", "latest"},
		Help: "where reading begins: earliest, or behind the records that are there; by default latest for streams and earliest for tables",
	}
)
