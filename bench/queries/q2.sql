-- Count, sum and highest price of the bids on each auction in every ten seconds.
CREATE STREAM bids (
    auction BIGINT NOT NULL,
    bidder BIGINT NOT NULL,
    price BIGINT NOT NULL,
    channel STRING NOT NULL,
    url STRING NOT NULL,
    dateTime TIMESTAMP NOT NULL,
    extra STRING NOT NULL
) WITH (
    'connector' = 'file',
    'path' = 'bids.jsonl',
    'format' = 'json',
    'validate' = 'used',
    'event.time.field' = 'dateTime',
    'watermark.max_out_of_orderness' = '5s'
);

CREATE TABLE hot WITH ('connector' = 'file', 'path' = '-', 'format' = 'json') AS
SELECT window_start, auction, COUNT(*) AS n, SUM(price) AS total, MAX(price) AS highest
FROM bids
GROUP BY auction
WINDOW TUMBLING(10 SECONDS)
EMIT FINAL;
