package diag

// VL4xxx: options, connectors and formats.
const (
	UnknownOption    Code = "VL4001"
	OptionValue      Code = "VL4002"
	UnknownConnector Code = "VL4003"
	ConnectorPlanned Code = "VL4004"
	UnknownFormat    Code = "VL4005"
	FormatPlanned    Code = "VL4006"
	MissingOption    Code = "VL4007"
	OptionPlanned    Code = "VL4008"
	OptionPlace      Code = "VL4009"
	OptionTwice      Code = "VL4010"
	OptionVariable   Code = "VL4011"
	OptionPrefix     Code = "VL4012"
	NoConnector      Code = "VL4013"
	ConnectorEnd     Code = "VL4014"
	SampleFailed     Code = "VL4015"
	EventTimeField   Code = "VL4016"
	EventTimeFormat  Code = "VL4017"
)

var optionCodes = []Info{
	{
		Code: UnknownOption, Title: "unknown option",
		Text: "No connector, format or operator of the statement has an option of this name. 'veloc options' lists them.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'pth' = 't.csv');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: OptionValue, Title: "a value that an option does not take",
		Text: "Each option has a type: a number, true or false, a duration, a size, or one of several words.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv', 'header' = 'maybe');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv', 'header' = 'true');",
	},
	{
		Code: UnknownConnector, Title: "unknown connector",
		Text: "No connector has this name.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'fil', 'path' = 't.csv');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: ConnectorPlanned, Title: "a connector that is not supported yet",
		Text: "The connector is part of the language and not implemented yet.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'kafka', 'topic' = 't');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: UnknownFormat, Title: "unknown format",
		Text: "No format has this name, the connector does not carry it, or the name of a file does not show it.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't', 'format' = 'cvs');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't', 'format' = 'csv');",
	},
	{
		Code: FormatPlanned, Title: "a format that is not supported yet",
		Text: "The format is part of the language and not implemented yet.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't', 'format' = 'avro');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't', 'format' = 'json');",
	},
	{
		Code: MissingOption, Title: "a missing option",
		Text: "The connector, or another option, needs this one.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'format' = 'csv');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'format' = 'csv', 'path' = 't.csv');",
	},
	{
		Code: OptionPlanned, Title: "an option that is not supported yet",
		Text: "The option, or its value, is part of the language and not implemented yet. It is refused so that nobody relies on it.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv', 'state.ttl' = '1h');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: OptionPlace, Title: "an option in the wrong place",
		Text: "The option exists and belongs to something else: options of a source stand where it is declared, or with its name as a prefix.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv', 'overwrite' = 'true');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: OptionTwice, Title: "an option is given twice",
		Text: "Each option is given once, whatever its spelling.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 'a.csv', 'file.path' = 'b.csv');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 'a.csv');",
	},
	{
		Code: OptionVariable, Title: "a variable where the value must be known",
		Text: "${VAR} is resolved when the program starts. An option that decides the columns or the code has to be known when the program is compiled.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv', 'delimiter' = '${D}');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = '${P}', 'format' = 'csv', 'delimiter' = ';');",
	},
	{
		Code: OptionPrefix, Title: "a prefix that is no relation",
		Text: "The part of a key before the first point can be the name of a relation that the statement reads or writes.",
		Bad:  "SELECT k FROM t WITH ('u.event.time.field' = 'ts');",
		Good: "SELECT k FROM t WITH ('t.event.time.field' = 'ts');",
	},
	{
		Code: NoConnector, Title: "no connector",
		Text: "A source or a sink says what it reads or writes: 'connector' = 'file', or 'type' = 'file_source'.",
		Bad:  "CREATE STREAM t (a INT) WITH ('format' = 'csv');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: ConnectorEnd, Title: "a connector at the wrong end",
		Text: "Some connectors only read and some only write.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'terminal');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: SampleFailed, Title: "no sample of the data",
		Text: "The columns are read from the first rows of the data when compiling, which have to be there and in order.",
		Bad:  "CREATE STREAM t FROM 'missing.csv';",
		Good: "CREATE STREAM t FROM 'trades.csv';",
	},
	{
		Code: EventTimeField, Title: "unknown event time column",
		Text: "'event.time.field' names a column of the source.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv', 'event.time.field' = 'tss');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv', 'event.time.field' = 'ts');",
	},
	{
		Code: EventTimeFormat, Title: "an event time that the column cannot hold",
		Text: "Numbers hold times since the epoch, text holds ISO 8601 or a pattern, a TIMESTAMP column needs no format.",
		Bad:  "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv', 'event.time.field' = 'ts', 'event.time.format' = 'iso8601');",
		Good: "CREATE STREAM t (a INT, ts BIGINT) WITH ('connector' = 'file', 'path' = 't.csv', 'event.time.field' = 'ts', 'event.time.format' = 'epoch_millis');",
	},
}
