package catalog

import (
	"strings"

	"github.com/velocsql/veloc/runtime/spec"
	topic "github.com/velocsql/veloc/runtime/topic/spec"
)

// TimeOptions are the options of a source that say what the event time of its
// rows is and how far it may be out of order.
var TimeOptions = []spec.Option{
	{
		Key: "event.time.field", Aliases: []string{"event_time_field", "event.time.column"}, Role: spec.Source, Shape: true,
		Help: "the column that holds the event time; without it rows have the time of their arrival",
	},
	{
		Key: "event.time.format", Aliases: []string{"event_time_format"}, Role: spec.Source, Shape: true,
		Help: "epoch_millis, epoch_seconds, epoch_micros, epoch_nanos, iso8601 or a pattern such as %Y-%m-%d %H:%M:%S%.3f; absent: integers are milliseconds, text is ISO 8601",
	},
	{
		Key: "watermark.strategy", Role: spec.Source, Type: spec.Enum, Values: []string{"bounded_out_of_orderness", "ascending", "punctuated"}, Default: "bounded_out_of_orderness", Shape: true,
		Help: "how the watermark follows the event times",
	},
	{
		Key: "watermark.max_out_of_orderness", Aliases: []string{"watermark.max.out.of.orderness"}, Role: spec.Source, Type: spec.Duration, Default: "0s", Shape: true,
		Help: "how much older than the newest row a row may be without being late",
	},
	{
		Key: "watermark.<column>.max_out_of_orderness", Role: spec.Source, Type: spec.Duration, Shape: true,
		Help: "a watermark of its own for the windows that name this column, which is not the event time of the source",
	},
	{
		Key: "watermark.field", Role: spec.Source, Shape: true,
		Help: "of a punctuated watermark, the column that moves it: TRUE in a BOOLEAN moves it to the event time of the row, a TIMESTAMP or BIGINT of milliseconds is the watermark, NULL says nothing",
	},
	{
		Key: "watermark.idle.timeout", Aliases: []string{"watermark.idle_timeout"}, Role: spec.Source, Type: spec.Duration, Default: "60s", Shape: true,
		Help: "after how much silence a partition does not hold the watermark back any more; when all are silent, time goes on by the clock; 0s is never",
	},
}

// ColumnLag returns the column of a key such as
// watermark.shipped_at.max_out_of_orderness.
func ColumnLag(key string) (column string, ok bool) {
	rest, ok := strings.CutPrefix(key, "watermark.")
	if !ok {
		return "", false
	}
	column, ok = strings.CutSuffix(rest, ".max_out_of_orderness")
	return column, ok && column != ""
}

// StatementOptions are the options of a derived relation itself.
var StatementOptions = []spec.Option{
	{
		Key: "on.error", Aliases: []string{"on_error", "error.handling"}, Role: spec.Both, Type: spec.Enum, Values: []string{"dead_letter", "skip", "fail"}, Default: "dead_letter", Shape: true,
		Help: "what happens to a record that cannot be decoded or evaluated",
	},
	{
		Key: "dead_letter.path", Aliases: []string{"dead.letter.path"}, Role: spec.Both, Type: spec.Path,
		Help: "file of the records that failed; by default <program>.dead_letter.jsonl",
	},
	{
		Key: "late.data.strategy", Aliases: []string{"late_data_strategy"}, Role: spec.Both, Type: spec.Enum, Values: []string{"drop", "dead_letter", "include_in_next_window", "update_previous_window"}, Default: "drop", Shape: true,
		Help: "what happens to a row that comes after its windows have closed; update_previous_window emits windows at their end and again for rows within the grace period",
	},
	{
		Key: "emit.coalesce", Aliases: []string{"emit_coalesce"}, Role: spec.Sink, Type: spec.Bool, Default: "false", Shape: true,
		Help: "changes of a group within one batch of input come out as one, the last",
	},
	{
		Key: "changelog.format", Role: spec.Both, Type: spec.Enum, Values: []string{"upsert", "retract", "debezium"}, Default: "upsert", Shape: true,
		Help: "how changes of an updating relation are written to files and the terminal: upsert writes the new row, retract +I, -U and +U, or -D with the rows before and after, debezium an envelope of both",
	},
}

// WindowOptions are the options of the windows of a query.
var WindowOptions = []spec.Option{
	{
		Key: "allowed.lateness", Aliases: []string{"allowed_lateness"}, Role: spec.Both, Type: spec.Duration, Default: "0s", Shape: true,
		Help: "how long after its end a window still takes rows: the GRACE PERIOD of windows that give none",
	},
}

// ProgramOptions are the options that SET gives to the whole program.
var ProgramOptions = append([]spec.Option{
	{
		Key: "workers", Aliases: []string{"parallelism"}, Role: spec.Both, Type: spec.Int, Default: "",
		Help: "number of workers; by default the number of processors",
	},
	{
		Key: "dialect", Role: spec.Both, Type: spec.Enum, Values: []string{"veloc", "ksqldb"}, Default: "veloc", Shape: true,
		Help: "whose rules the program follows where they differ: veloc's own or those of ksqlDB",
	},
	{
		Key: "ksql.persistence.default.format.key", Role: spec.Both, Type: spec.Enum, Values: []string{"json", "delimited", "kafka", "none"}, Shape: true,
		Help: "how keys are written in topics that do not say it",
	},
	{
		Key: "ksql.persistence.default.format.value", Role: spec.Both, Type: spec.Enum, Values: []string{"json", "delimited", "kafka", "none"}, Shape: true,
		Help: "how values are written in topics that do not say it",
	},
	{
		Key: "ksql.streams.auto.offset.reset", Aliases: []string{"auto.offset.reset"}, Role: spec.Both, Type: spec.Enum, Values: []string{"earliest", "latest"},
		Help: "where reading of topics begins that do not say it",
	},
}, StatementOptions...)

// EndOptions choose the connector and the format of a source or sink.
var EndOptions = []spec.Option{
	{Key: "connector", Role: spec.Both, Shape: true, Help: "kind of the source or sink"},
	{Key: "type", Role: spec.Both, Shape: true, Help: "the connector and its end in one word: file_source, file_sink"},
	{Key: "format", Aliases: []string{"value.format", "value_format", "file.format"}, Role: spec.Both, Shape: true, Help: "format of the records"},
}

// plannedOptions are keys of the language whose meaning is not built yet. One
// that ends in a dot stands for everything that begins so.
var plannedOptions = []string{
	"config_file", "state.", "retention", "checkpoint.", "retry.", "fallback.", "circuit.breaker.",
	"load.", "refresh.interval", "incremental.column", "table.wait.timeout", "topic.", "file.wait.timeout", "file.retry.",
	"watermark.", "dead_letter.", "schema.", "key.",
	"group.id", "isolation.level", "security.", "sasl.", "ssl.",
	"compression.type", "linger.ms", "batch.size", "acks", "transactional.id", "delivery.guarantee",
	"http.", "metrics.", "emit.every", "join.", "value_schema_id", "key_schema_id", "value_avro_schema_full_name",
	"timestamp.type", "window.", "observability.", "performance.", "batch.", "serialization.", "partition_by", "rotate.", "max.memory",
}

// PlannedOption reports whether a key belongs to the language without being
// built yet.
func PlannedOption(key string) bool {
	for _, p := range plannedOptions {
		if key == p || strings.HasSuffix(p, ".") && strings.HasPrefix(key, p) {
			return true
		}
	}
	return false
}

// PlannedValue reports whether a value is one that the language gives to an
// option and that is not built yet.
func PlannedValue(key, value string) bool {
	switch strings.ToLower(key) {
	case "compression":
		return contains([]string{"snappy", "lz4"}, strings.ToLower(value))
	}
	return false
}

// BareKey translates a key that was written without quotes, in ksqlDB's
// spelling, into ours. Other keys come back in lower case.
func BareKey(key string) string {
	key = strings.ToLower(key)
	switch key {
	case "timestamp":
		return "event.time.field"
	case "timestamp_format":
		return "event.time.format"
	case "value_format":
		return "format"
	case "value_delimiter":
		return "delimiter"
	case "wrap_single_value":
		return "wrap.single.value"
	}
	return key
}

// KnownOption reports whether any connector, format or operator has a key.
func KnownOption(key string) bool {
	for _, t := range Tables() {
		if _, ok := spec.Find(t, key); ok {
			return true
		}
	}
	if _, ok := ColumnLag(key); ok {
		return true
	}
	return PlannedOption(key)
}

// OptionKeys lists the canonical keys of option tables.
func OptionKeys(tables ...[]spec.Option) []string {
	var keys []string
	for _, t := range tables {
		for _, o := range t {
			keys = append(keys, o.Key)
		}
	}
	return keys
}

// Tables returns the option tables of all connectors, formats and operators.
func Tables() [][]spec.Option {
	tables := [][]spec.Option{EndOptions, TimeOptions, StatementOptions, WindowOptions, ProgramOptions}
	for _, c := range connectors {
		tables = append(tables, c.Options)
	}
	for _, f := range formats {
		tables = append(tables, f.Options)
	}
	for _, f := range topic.Formats {
		tables = append(tables, f.Options)
	}
	return tables
}
