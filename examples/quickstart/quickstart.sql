-- quickstart.sql: five statements over two hundred trades.
--
--   veloc run quickstart.sql       compile and run
--   veloc check quickstart.sql     only look for mistakes
--   veloc build quickstart.sql     one binary: ./quickstart

-- A source names its columns and says where the rows are. Decimals are exact.
-- The time of a row is in traded_at; rows may arrive up to 5 seconds late.
CREATE STREAM trades (
    id BIGINT NOT NULL,
    symbol STRING NOT NULL,
    side STRING NOT NULL,
    price DECIMAL(10, 2) NOT NULL,
    quantity INT NOT NULL,
    traded_at TIMESTAMP NOT NULL
) WITH (
    'connector' = 'file',
    'path' = 'trades.csv',
    'format' = 'csv',
    'event.time.field' = 'traded_at',
    'watermark.max_out_of_orderness' = '5s'
);

-- Filter and projection: a row comes out as soon as it has come in.
CREATE STREAM large_trades WITH ('connector' = 'terminal') AS
SELECT id, symbol, side, quantity, price * quantity AS amount
FROM trades
WHERE price * quantity >= 200000;

-- A group for each symbol; EMIT FINAL waits for the end of the input. CASE
-- inside of SUM counts what was bought and what was sold.
CREATE TABLE totals WITH ('connector' = 'terminal') AS
SELECT
    symbol,
    COUNT(*) AS trades,
    SUM(CASE WHEN side = 'buy' THEN quantity ELSE 0 END) AS bought,
    SUM(CASE WHEN side = 'sell' THEN quantity ELSE 0 END) AS sold,
    MIN(price) AS lowest,
    AVG(price) AS mean,
    MAX(price) AS highest
FROM trades
GROUP BY symbol
EMIT FINAL;

-- A window for each minute of traded_at, not of the clock on the wall: a late
-- row still counts where it belongs. A window's rows come out when it closes.
CREATE TABLE minutes AS
SELECT
    window_start,
    symbol,
    COUNT(*) AS trades,
    FIRST(price) AS open,
    LAST(price) AS close
FROM trades
GROUP BY symbol
WINDOW TUMBLING(SIZE 1 MINUTE)
HAVING COUNT(*) >= 3
EMIT FINAL;

-- Statements read each other in process. A bare SELECT prints its rows.
SELECT window_start, symbol, trades, close - open AS change
FROM minutes
WHERE close <> open;
