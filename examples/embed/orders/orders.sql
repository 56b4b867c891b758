-- orders.sql: what a shop wants to know about its orders while they come in.
--
-- The program that embeds it pushes the orders: see ../main.go. On its own,
-- `veloc run orders.sql` reads them as JSON from standard input.

CREATE STREAM orders (
    id BIGINT NOT NULL,
    customer STRING NOT NULL,
    amount DECIMAL(12, 2) NOT NULL,
    coupon STRING,
    placed TIMESTAMP NOT NULL
) WITH (
    'connector' = 'file',
    'path' = '-',
    'format' = 'json',
    'event.time.field' = 'placed',
    'watermark.strategy' = 'ascending'
);

-- A row comes out as soon as its order has come in.
CREATE STREAM large_orders AS
SELECT id, customer, amount, coupon
FROM orders
WHERE amount >= 500;

-- Customers whose orders add up to a thousand. Refunds have negative amounts, so
-- that a customer can leave the table again: that change is a delete.
CREATE TABLE good_customers AS
SELECT customer, COUNT(*) AS orders, SUM(amount) AS total
FROM orders
GROUP BY customer
HAVING SUM(amount) >= 1000
EMIT CHANGES;

-- One row per minute, when the next one has begun.
CREATE TABLE minutes AS
SELECT window_start AS minute, COUNT(*) AS orders, SUM(amount) AS total
FROM orders
WINDOW TUMBLING(SIZE 1 MINUTE)
EMIT FINAL;
