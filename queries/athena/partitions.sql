-- Which days a CloudTrail table has partitions of. Where partitions are added to it by hand, a day
-- without one is not read, and Athena does not say so: `legacy-endpoint-audit athena` asks this before
-- it counts. It reads the catalog and no logs.
--
-- Finds the partitions of us-east-1 that the audit query would read.
--
-- Parameters
--   partitions          the list of the table's partitions: "database"."table$partitions"
--     https://docs.aws.amazon.com/athena/latest/ug/querying-glue-catalog-listing-partitions.html
--   account             the column of the account, or '' where there is none
--   day                 the columns of the day
--   pruning             which partitions the audit query reads
--
-- Rows: one for each account. `days` is a list of its days, each a list of the values of the columns.
--
-- Limits: partitions that are projected are not in the list.
SELECT
  CAST({{account}} AS varchar) AS account,
  json_format(CAST(array_agg(DISTINCT ARRAY[{{day}}]) AS JSON)) AS days
FROM {{partitions}}
WHERE {{pruning}}
GROUP BY 1
