-- Filter and project JSON lines; every column of every row is checked, also those
-- that the query does not read.
CREATE STREAM bids (
    auction BIGINT NOT NULL,
    bidder BIGINT NOT NULL,
    price BIGINT NOT NULL,
    channel STRING NOT NULL,
    url STRING NOT NULL,
    dateTime TIMESTAMP NOT NULL,
    extra STRING NOT NULL
) WITH ('connector' = 'file', 'path' = 'bids.jsonl', 'format' = 'json');

CREATE STREAM picked
WITH (
    'connector' = 'file',
    'path' = '-',
    'format' = 'json'
) AS
SELECT auction, price * 0.908 AS price
FROM bids
WHERE auction % 123 = 0;
