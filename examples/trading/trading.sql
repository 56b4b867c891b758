-- trading.sql: candles, size buckets and order flow from a file of trades.
--
--   veloc run trading.sql
--
-- Results: candles.csv, buckets.jsonl, imbalance.csv, and movers on the terminal.
-- Trades that came too late for their candle: trading.dead_letter.jsonl.

CREATE STREAM ticks (
    symbol STRING NOT NULL,
    side STRING NOT NULL,
    price DECIMAL(12, 4) NOT NULL,
    quantity BIGINT NOT NULL,
    venue STRING,
    ts TIMESTAMP NOT NULL
) WITH (
    'connector' = 'file',
    'path' = '${TICKS:-ticks.csv}',
    'format' = 'csv',
    'event.time.field' = 'ts',
    'watermark.max_out_of_orderness' = '2s'
);

-- One candle per symbol and minute: open, high, low, close, volume. A trade that
-- is reported when the candle is out goes to the dead letters, to be looked at.
CREATE TABLE candles
WITH (
    'connector' = 'file',
    'path' = 'candles.csv',
    'format' = 'csv',
    'late.data.strategy' = 'dead_letter'
) AS
SELECT
    window_start AS minute,
    symbol,
    FIRST(price) AS open,
    MAX(price) AS high,
    MIN(price) AS low,
    LAST(price) AS close,
    SUM(quantity) AS volume,
    COUNT(*) AS trades
FROM ticks
GROUP BY symbol
WINDOW TUMBLING(SIZE 1 MINUTE)
EMIT FINAL;

-- Trades of each symbol by their size, in buckets of ten seconds.
CREATE TABLE buckets
WITH (
    'connector' = 'file',
    'path' = 'buckets.jsonl',
    'format' = 'json'
) AS
SELECT
    window_start,
    symbol,
    COUNT(*) AS trades,
    SUM(CASE WHEN quantity < 100 THEN 1 ELSE 0 END) AS odd_lots,
    SUM(CASE WHEN quantity >= 100 AND quantity < 1000 THEN 1 ELSE 0 END) AS round_lots,
    SUM(CASE WHEN quantity >= 1000 THEN 1 ELSE 0 END) AS blocks,
    SUM(price * quantity) AS turnover
FROM ticks
GROUP BY symbol
WINDOW TUMBLING(SIZE 10 SECONDS)
EMIT FINAL;

-- Order flow: the half minutes in which one side traded more than four
-- times as much as the other. Crosses have no side and do not count.
CREATE TABLE imbalance
WITH (
    'connector' = 'file',
    'path' = 'imbalance.csv',
    'format' = 'csv'
) AS
SELECT
    window_start,
    window_end,
    symbol,
    SUM(CASE WHEN side = 'buy' THEN quantity ELSE 0 END) AS bought,
    SUM(CASE WHEN side = 'sell' THEN quantity ELSE 0 END) AS sold,
    CASE WHEN bought > sold THEN 'buyers' ELSE 'sellers' END AS pressure
FROM ticks
WHERE side IN ('buy', 'sell')
GROUP BY symbol
WINDOW TUMBLING(SIZE 30 SECONDS)
HAVING COUNT(*) >= 4 AND (bought > 4 * sold OR sold > 4 * bought)
EMIT FINAL;

-- Candles that moved by more than two tenths of a percent. This reads the
-- table above in process, while it is written to its file.
SELECT
    minute,
    symbol,
    open,
    close,
    CAST(100 * (close - open) / open AS DECIMAL(6, 2)) AS percent
FROM candles
WHERE close > open * 1.002 OR close < open * 0.998;
