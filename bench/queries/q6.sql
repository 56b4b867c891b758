-- The one billion row challenge.
CREATE STREAM measurements (
    station STRING NOT NULL,
    temperature DECIMAL(3, 1) NOT NULL
) WITH (
    'connector' = 'file',
    'path' = 'measurements.txt',
    'format' = 'csv',
    'delimiter' = ';',
    'header' = 'false',
    'quote' = 'none'
);

CREATE TABLE stations
WITH (
    'connector' = 'file',
    'path' = '-',
    'format' = 'csv'
) AS
SELECT
    station,
    MIN(temperature) AS lowest,
    AVG(temperature) AS mean,
    MAX(temperature) AS highest
FROM measurements
GROUP BY station
EMIT FINAL;
