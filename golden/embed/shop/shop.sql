-- shop.sql has one of each kind of result that an embedding program can take.

CREATE STREAM sales (
    id BIGINT NOT NULL,
    customer STRING,
    amount DECIMAL(12, 2),
    items INT,
    note STRING,
    raw BYTES
) WITH (
    'connector' = 'file',
    'path' = '${SALES:-sales.jsonl}',
    'format' = 'json'
);

-- Filter and projection: rows in the order of the input.
CREATE STREAM even AS
SELECT id, customer, amount, note, raw
FROM sales
WHERE id % 2 = 0;

-- A record without items cannot be computed: its note is no number.
CREATE STREAM lots AS
SELECT
    id,
    note,
    CASE WHEN items = 0 THEN CAST(note AS INT) ELSE items END AS lot
FROM sales
WHERE items IS NOT NULL;

-- Groups that come out at the end, with text and bytes in their states.
CREATE TABLE customers AS
SELECT
    customer,
    COUNT(*) AS n,
    SUM(amount) AS total,
    MAX(note) AS highest,
    LAST(note) AS latest,
    FIRST(raw) AS first_raw
FROM sales
GROUP BY customer
EMIT FINAL;

-- Groups that come and go.
CREATE TABLE good AS
SELECT customer, SUM(amount) AS total
FROM sales
GROUP BY customer
HAVING SUM(amount) >= 100
EMIT CHANGES;

-- Rows that wait for the end of the input.
CREATE STREAM biggest AS
SELECT id, note
FROM sales
ORDER BY amount DESC NULLS LAST, id
LIMIT 3;
