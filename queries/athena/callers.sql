-- Who called the legacy global STS endpoint, and with what: a short question for the Athena console.
--
-- Finds STS events in which any of three fields shows the global endpoint: the host is
-- sts.amazonaws.com, the host is sts-global.<region>.amazonaws.com (AWS's sample of a call that
-- was served locally), or additionalEventData.RequestDetails.endpointType is global (since 2025).
--   https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
--
-- Parameters
--   table       the CloudTrail table, with AWS's column names
--   pruning     which partitions to read; the logs of us-east-1 hold all such calls
--   from, to    first moment, and the moment after the last, such as 2026-01-01T00:00:00Z
--
-- Limits: counts distinct event ids, so masked logs whose ids are placeholders are undercounted;
-- a call across accounts that both accounts logged counts in each; events whose time is not written
-- as CloudTrail writes it are left out.
SELECT
  recipientaccountid AS account,
  useridentity.type AS caller_type,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.principalid, useridentity.invokedby) AS caller,
  useragent AS user_agent,
  vpcendpointid AS vpc_endpoint,
  json_extract_scalar(additionaleventdata, '$.RequestDetails.awsServingRegion') AS served_in,
  count(DISTINCT eventid) AS calls,
  min(eventtime) AS first_call,
  max(eventtime) AS last_call
FROM {{table}}
WHERE eventsource = 'sts.amazonaws.com'
  AND {{pruning}}
  AND eventtime >= {{from}}
  AND eventtime < {{to}}
  AND (
    -- In capitals, with a port or a final dot it is the same host.
    regexp_like(lower(trim(tlsdetails.clientprovidedhostheader)), '^sts(-global\.[a-z0-9-]+)?\.amazonaws\.com\.?(:\d+)?$')
    OR lower(json_extract_scalar(additionaleventdata, '$.RequestDetails.endpointType')) = 'global'
  )
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY calls DESC
