-- Exact decimals by key: 50,000 groups.
CREATE STREAM trades (
    symbol STRING NOT NULL,
    price DECIMAL(12, 2) NOT NULL,
    quantity BIGINT NOT NULL,
    ts BIGINT NOT NULL,
    trader_id STRING NOT NULL
) WITH (
    'connector' = 'file',
    'path' = 'trades.csv',
    'format' = 'csv',
    'multiline' = 'false',
    'validate' = 'used'
);

CREATE TABLE totals WITH ('connector' = 'file', 'path' = '-', 'format' = 'json') AS
SELECT symbol, SUM(quantity) AS quantity, AVG(price) AS price
FROM trades
GROUP BY symbol
EMIT FINAL;
