package diag

// VL32xx: what `veloc check` warns of although it is legal, because it is often
// not what is meant.
const (
	ShortGrace   Code = "VL3201"
	NoLateness   Code = "VL3202"
	NullableTime Code = "VL3203"
	IdleUnsaid   Code = "VL3204"
	UnusedClock  Code = "VL3210"
)

var lintCodes = []Info{
	{
		Code: ShortGrace, Title: "a grace period shorter than the out-of-orderness", Severity: Warning,
		Text: "The watermark waits for rows that are out of order by 'watermark.max_out_of_orderness' already, and a window waits for its grace period on top of that. A grace period that is shorter hardly changes what is late, so perhaps it was meant to be the whole wait. Only `veloc check` says so.",
		Bad:  "CREATE STREAM s (ts TIMESTAMP NOT NULL) WITH ('connector' = 'file', 'path' = 's.csv', 'format' = 'csv', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '10s'); SELECT COUNT(*) FROM s WINDOW TUMBLING(SIZE 1 MINUTE, GRACE PERIOD 2 SECONDS);",
		Good: "CREATE STREAM s (ts TIMESTAMP NOT NULL) WITH ('connector' = 'file', 'path' = 's.csv', 'format' = 'csv', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '10s'); SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE);",
	},
	{
		Code: NoLateness, Title: "rows out of order are late", Severity: Warning,
		Text: "Nothing says how far rows of this source may be out of order, so the watermark follows the newest row and closes windows as soon as it can; what comes after that for a closed window is late. Say how long to wait, 'watermark.max_out_of_orderness' = '0s' if not at all, or that event times only grow: 'watermark.strategy' = 'ascending'. Only `veloc check` says so.",
		Bad:  "CREATE STREAM s (ts TIMESTAMP NOT NULL) WITH ('connector' = 'file', 'path' = 's.csv', 'format' = 'csv', 'event.time.field' = 'ts'); SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE);",
		Good: "CREATE STREAM s (ts TIMESTAMP NOT NULL) WITH ('connector' = 'file', 'path' = 's.csv', 'format' = 'csv', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '5s'); SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE);",
	},
	{
		Code: NullableTime, Title: "an event time that may be NULL", Severity: Warning,
		Text: "A row without an event time belongs to no window and does not move the watermark: it is rejected and goes to the dead letters. NOT NULL on the column says that this is meant. Only `veloc check` says so.",
		Bad:  "CREATE STREAM s (ts TIMESTAMP) WITH ('connector' = 'file', 'path' = 's.csv', 'format' = 'csv', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '5s'); SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE);",
		Good: "CREATE STREAM s (ts TIMESTAMP NOT NULL) WITH ('connector' = 'file', 'path' = 's.csv', 'format' = 'csv', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '5s'); SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE);",
	},
	{
		Code: IdleUnsaid, Title: "final results of a source that may fall silent", Severity: Warning,
		Text: "A window is complete when the watermark has passed its end, and while a source is silent only its idle timeout moves the watermark on: after 60 seconds, unless 'watermark.idle.timeout' says otherwise. Say how long results may wait, or '0s' if they shall wait for the next row. Only `veloc check` says so.",
		Bad:  "CREATE STREAM live (k STRING, ts TIMESTAMP NOT NULL) WITH ('connector' = 'file', 'path' = 'live.csv', 'format' = 'csv', 'watch' = 'true', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '5s'); SELECT k, COUNT(*) FROM live GROUP BY k WINDOW TUMBLING(1 MINUTE) EMIT FINAL;",
		Good: "CREATE STREAM live (k STRING, ts TIMESTAMP NOT NULL) WITH ('connector' = 'file', 'path' = 'live.csv', 'format' = 'csv', 'watch' = 'true', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '5s', 'watermark.idle.timeout' = '10s'); SELECT k, COUNT(*) FROM live GROUP BY k WINDOW TUMBLING(1 MINUTE) EMIT FINAL;",
	},
	{
		Code: UnusedClock, Title: "a watermark that no window asks for", Severity: Warning,
		Text: "A warning. 'watermark.<column>.max_out_of_orderness' gives the windows that name the column a watermark of their own, for a column that is not the event time of the source. It has no other use.",
		Bad:  "CREATE STREAM s (k STRING, ts TIMESTAMP NOT NULL, shipped TIMESTAMP NOT NULL) WITH ('connector' = 'file', 'path' = 's.csv', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '1s', 'watermark.shipped.max_out_of_orderness' = '5s'); SELECT k, COUNT(*) AS n FROM s GROUP BY k WINDOW TUMBLING(1 MINUTE);",
		Good: "CREATE STREAM s (k STRING, ts TIMESTAMP NOT NULL, shipped TIMESTAMP NOT NULL) WITH ('connector' = 'file', 'path' = 's.csv', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '1s', 'watermark.shipped.max_out_of_orderness' = '5s'); SELECT k, COUNT(*) AS n FROM s GROUP BY k WINDOW TUMBLING(1 MINUTE, shipped);",
	},
}
