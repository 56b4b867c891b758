-- meters.sql follows the files of meters while they grow: each is a partition.

CREATE STREAM readings (
    meter STRING NOT NULL,
    at TIMESTAMP NOT NULL,
    value INT NOT NULL
) WITH (
    'connector' = 'file',
    'path' = 'readings-*.csv',
    'format' = 'csv',
    'watch' = 'true',
    'polling_interval' = '1s',
    'event.time.field' = 'at',
    'watermark.max_out_of_orderness' = '5s',
    'watermark.idle.timeout' = '30s'
);

CREATE TABLE minutes
WITH (
    'connector' = 'file',
    'path' = 'minutes.csv',
    'format' = 'csv'
) AS
SELECT window_start AS minute, meter, COUNT(*) AS n
FROM readings
GROUP BY meter
WINDOW TUMBLING(SIZE 1 MINUTE)
EMIT FINAL;
