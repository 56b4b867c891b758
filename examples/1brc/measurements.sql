-- The one billion row challenge: lowest, mean and highest temperature of every
-- weather station. A line is "Hamburg;12.0".
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

SELECT
    station,
    MIN(temperature) AS lowest,
    AVG(temperature) AS mean,
    MAX(temperature) AS highest
FROM measurements
GROUP BY station
EMIT FINAL;
