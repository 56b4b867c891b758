-- Every change of what each bidder has bid so far.
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
    'validate' = 'used'
);

CREATE TABLE spent WITH ('connector' = 'file', 'path' = '-', 'format' = 'json') AS
SELECT bidder, COUNT(*) AS n, SUM(price) AS total, MAX(price) AS highest
FROM bids
GROUP BY bidder
EMIT CHANGES;
