package diag

// VL315x: watermarks and late rows.
const (
	LatePolicy      Code = "VL3150"
	LateNoGrace     Code = "VL3151"
	LateUpdateEmits Code = "VL3152"
	Punctuation     Code = "VL3153"
	WatchSource     Code = "VL3154"
)

// VL404x: how times are written.
const TimesWithin Code = "VL4040"

var timeCodes = []Info{
	{
		Code: LatePolicy, Title: "a late policy that the window cannot follow",
		Text: "'late.data.strategy' = 'include_in_next_window' counts a late row in the earliest window that is still open, and 'update_previous_window' emits a window again. Windows that follow the rows themselves, SESSION and SLIDING per event, have no next window, and SLIDING per event does not come out twice.",
		Bad:  "SELECT k, COUNT(*) FROM s GROUP BY k WINDOW SESSION(5 MINUTES, ts) WITH ('late.data.strategy' = 'include_in_next_window');",
		Good: "SELECT k, COUNT(*) FROM s GROUP BY k WINDOW SESSION(5 MINUTES, ts) WITH ('late.data.strategy' = 'dead_letter');",
	},
	{
		Code: LateNoGrace, Title: "updates of a window without a grace period",
		Text: "'late.data.strategy' = 'update_previous_window' emits a window at its end, and again for each late row until the grace period is over. Without a grace period there is no such row.",
		Bad:  "SELECT k, COUNT(*) FROM s GROUP BY k WINDOW TUMBLING(1 MINUTE, ts) WITH ('late.data.strategy' = 'update_previous_window');",
		Good: "SELECT k, COUNT(*) FROM s GROUP BY k WINDOW TUMBLING(SIZE 1 MINUTE, ts, GRACE PERIOD 10 SECONDS) WITH ('late.data.strategy' = 'update_previous_window');",
	},
	{
		Code: LateUpdateEmits, Title: "late updates under EMIT CHANGES",
		Text: "Under EMIT CHANGES every row that changes a window emits it, also in the grace period: there is nothing that 'late.data.strategy' = 'update_previous_window' could add.",
		Bad:  "SELECT k, COUNT(*) FROM s GROUP BY k WINDOW TUMBLING(SIZE 1 MINUTE, ts, GRACE PERIOD 10 SECONDS) EMIT CHANGES WITH ('late.data.strategy' = 'update_previous_window');",
		Good: "SELECT k, COUNT(*) FROM s GROUP BY k WINDOW TUMBLING(SIZE 1 MINUTE, ts, GRACE PERIOD 10 SECONDS) EMIT CHANGES;",
	},
	{
		Code: Punctuation, Title: "a punctuated watermark",
		Text: "'watermark.strategy' = 'punctuated' moves the watermark as the records say: 'watermark.field' names a BOOLEAN that is TRUE in records after which nothing older comes, or a column with the watermark itself, a TIMESTAMP or a BIGINT of epoch milliseconds. NULL says nothing.",
		Bad:  "CREATE STREAM t (ts TIMESTAMP NOT NULL, last BOOLEAN) WITH ('connector' = 'file', 'path' = 't.csv', 'format' = 'csv', 'event.time.field' = 'ts', 'watermark.strategy' = 'punctuated');",
		Good: "CREATE STREAM t (ts TIMESTAMP NOT NULL, last BOOLEAN) WITH ('connector' = 'file', 'path' = 't.csv', 'format' = 'csv', 'event.time.field' = 'ts', 'watermark.strategy' = 'punctuated', 'watermark.field' = 'last');",
	},
	{
		Code: WatchSource, Title: "a source that cannot be watched",
		Text: "'watch' = 'true' follows files that grow, and files that appear. Standard input and packed files are read to their end, and 'polling_interval' is for watched files only.",
		Bad:  "CREATE STREAM t (a INT) WITH ('connector' = 'file', 'path' = '-', 'format' = 'csv', 'watch' = 'true');",
		Good: "CREATE STREAM t (a INT) WITH ('connector' = 'file', 'path' = 'logs/*.csv', 'format' = 'csv', 'watch' = 'true');",
	},
	{
		Code: TimesWithin, Title: "a format of times that does not reach into nested values",
		Text: "'timestamp.format' says how columns of type TIMESTAMP are written. Times within arrays, maps and structs are ISO 8601, and milliseconds are taken too when reading. So that none is taken for something else, a column with such times and the option do not go together.",
		Bad:  "CREATE STREAM s (a INT, seen ARRAY<TIMESTAMP>) WITH ('connector' = 'file', 'path' = 's.json', 'format' = 'json', 'timestamp.format' = 'epoch_seconds');",
		Good: "CREATE STREAM s (a INT, seen ARRAY<BIGINT>) WITH ('connector' = 'file', 'path' = 's.json', 'format' = 'json', 'timestamp.format' = 'epoch_seconds');",
	},
}
