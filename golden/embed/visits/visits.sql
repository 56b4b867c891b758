-- visits.sql goes by the clock: a visit counts in the minute of its arrival.

CREATE STREAM visits (
    page STRING NOT NULL,
    referrer STRING
) WITH ('connector' = 'file', 'path' = 'visits.csv', 'format' = 'csv');

CREATE STREAM bots (
    page STRING NOT NULL
) WITH ('connector' = 'file', 'path' = 'bots.csv', 'format' = 'csv');

CREATE TABLE per_minute AS
SELECT window_start AS minute, page, COUNT(*) AS n
FROM visits
GROUP BY page
WINDOW TUMBLING(SIZE 1 MINUTE)
EMIT FINAL;

CREATE STREAM crawled
WITH (
    'connector' = 'file',
    'path' = 'crawled.csv',
    'format' = 'csv',
    'append' = 'true'
) AS
SELECT page FROM bots;
