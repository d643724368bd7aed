-- Calls to the legacy global STS endpoint, counted in the engine: a year of an organization comes
-- back as some thousand rows. This is the query that `legacy-endpoint-audit athena` runs; for one
-- to read at the console, see callers.sql.
--
-- Finds STS events in which any of three fields shows the global endpoint: the host is
-- sts.amazonaws.com, the host is sts-global.<region>.amazonaws.com (AWS's sample of a call that
-- was served locally), or additionalEventData.RequestDetails.endpointType is global (since 2025).
--   https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
-- Other STS events are only counted, by account and by what they tell about the endpoint.
--
-- Parameters
--   table               the CloudTrail table, with AWS's column names
--   pruning             which partitions to read; the logs of us-east-1 hold all such calls
--   from, to            first moment, and the moment after the last, such as 2026-01-01T00:00:00Z
--   the other names     a column where the table has it, else NULL
--
-- Rows: one for each kind of call; where there is none, one without values. `call` holds the
-- fields that its calls share, under their names in CloudTrail; `days` is a list of
-- [first call, last call, calls], in seconds since 1970;
-- `callers` is a list of [arn, principalId, userName, calls], `issued_to` one of [resource, calls].
--
-- Limits: records without a readable time are counted, copies included, whatever the window; their
-- calls are not shown. At most 101 callers, addresses, sessions, target roles and resources are listed
-- a row. Of copies of one event that differ, an arbitrary but always the same one counts. An update of
-- an update counts beside it.
--
-- Read it from the innermost SELECT (step 1) outwards.
SELECT
  kinds.*,
  -- Lets the reader of the result notice a lost row.
  count(evidence) OVER () AS rows_total
-- Where nothing was found there is one row without values, so that a lost result is none.
FROM (SELECT 1) LEFT JOIN (
  -- Step 6. One row for each kind of call.
  SELECT
    account,
    evidence,
    call,
    sum(events) AS events,
    sum(lost_calls) AS lost_calls,
    -- Lets the reader of the result notice lost days.
    sum(calls) AS calls,
    min(first_event) AS first_event,
    max(last_event) AS last_event,
    max(longest_session) AS longest_session,
    json_format(CAST(array_agg(ARRAY[first_call, last_call, calls]) FILTER (WHERE calls > 0) AS JSON)) AS days,
    json_format(CAST(slice(array_sort(map_values(transform_values(multimap_from_entries(flatten(array_agg(callers))), (caller, days) -> caller || CAST(reduce(days, BIGINT '0', (total, calls) -> total + calls, total -> total) AS varchar)))), 1, 101) AS JSON)) AS callers,
    json_format(CAST(slice(array_sort(array_distinct(flatten(array_agg(source_addresses)))), 1, 101) AS JSON)) AS source_addresses,
    json_format(CAST(slice(array_sort(array_distinct(flatten(array_agg(requested_sessions)))), 1, 101) AS JSON)) AS requested_sessions,
    json_format(CAST(slice(array_sort(array_distinct(flatten(array_agg(target_roles)))), 1, 101) AS JSON)) AS target_roles,
    json_format(CAST(slice(array_sort(map_values(transform_values(multimap_from_entries(flatten(array_agg(issued_to))), (resource, days) -> resource || CAST(reduce(days, BIGINT '0', (total, calls) -> total + calls, total -> total) AS varchar)))), 1, 102) AS JSON)) AS issued_to
  FROM (
    -- Step 5. One row for each kind of call and UTC day.
    SELECT
      account,
      evidence,
      call,
      -- Records whose time cannot be read are counted as such, not as events.
      count_if(copy = 1 OR second IS NULL) AS events,
      count_if(lost) AS lost_calls,
      min(second) AS first_event,
      max(second) AS last_event,
      count_if(counts) AS calls,
      min(second) FILTER (WHERE counts) AS first_call,
      max(second) FILTER (WHERE counts) AS last_call,
      max(session_seconds) FILTER (WHERE counts AND session_seconds BETWEEN 1 AND 4294967294) AS longest_session,
      slice(array_sort(map_entries(histogram(caller) FILTER (WHERE counts))), 1, 101) AS callers,
      slice(array_sort(map_keys(histogram(source_address) FILTER (WHERE counts))), 1, 101) AS source_addresses,
      slice(array_sort(map_keys(histogram(requested_session) FILTER (WHERE counts))), 1, 101) AS requested_sessions,
      slice(array_sort(map_keys(histogram(target_role) FILTER (WHERE counts))), 1, 101) AS target_roles,
      slice(array_sort(map_entries(histogram(issued_to) FILTER (WHERE counts))), 1, 102) AS issued_to
    FROM (
      -- Step 4. Two accounts log a call across accounts, under one sharedEventID. It counts once: the
      -- caller's copy says more, so what other accounts logged is left out.
      SELECT
        *,
        call IS NOT NULL AND version = 1 AND account = first_value(account) OVER (
          PARTITION BY call_key, version = 1, call IS NULL
          ORDER BY is_target_copy, call, event_key
        ) AS counts
      FROM (
        -- Step 3. Deliveries can repeat an event (`copy`), and an UPDATED_DATA addendum replaces the
        -- event that it names (`version`), of which it may leave out that another account logged it.
        SELECT
          *,
          row_number() OVER (
            PARTITION BY event_key, account, evidence
            ORDER BY call
          ) AS copy,
          row_number() OVER (
            PARTITION BY coalesce(replaced_id, event_key), call IS NULL
            ORDER BY replaced_id IS NULL, is_target_copy, call, event_key
          ) AS version,
          coalesce(shared_id, min(shared_id) OVER (
            PARTITION BY coalesce(replaced_id, event_key), call IS NULL
          ), event_key) AS call_key
        FROM (
          -- Step 2. What each event tells: its account, its evidence, and for a global call the
          -- fields that make calls alike. Session names are folded away by `stem` fields.
          SELECT
            coalesce(event_id, CAST(uuid() AS varchar)) AS event_key,
            shared_id,
            replaced_id,
            second,
            is_global AND second IS NULL AS lost,
            session_seconds,
            coalesce(nullif(recipient_account, ''), nullif(user_account, ''), '') AS account,
            coalesce(user_type = 'AWSAccount' OR (user_account <> '' AND recipient_account <> '' AND user_account <> recipient_account), false) AS is_target_copy,
            CASE
              WHEN coalesce(event_time, '') = '' THEN 'no-event-time'
              WHEN second IS NULL THEN 'unreadable-event-time'
              WHEN host IS NOT NULL OR endpoint_type IN ('global', 'regional') THEN 'assessable'
              WHEN user_type = 'AWSService' OR invoked_by <> '' OR source_address LIKE 'AWS Internal%' OR source_address LIKE '%.amazonaws.com' THEN 'aws-service'
              ELSE 'missing'
            END AS evidence,
            CASE WHEN is_global AND second IS NOT NULL THEN json_format(CAST(map_filter(map_from_entries(ARRAY[
              ROW('recipientAccountId', recipient_account),
              ROW('eventName', event_name),
              ROW('errorCode', error_code),
              ROW('userAgent', user_agent),
              ROW('vpcEndpointId', vpc_endpoint_id),
              ROW('tlsDetails.clientProvidedHostHeader', host),
              ROW('tlsDetails.tlsVersion', tls_version),
              ROW('additionalEventData.RequestDetails.endpointType', endpoint_type),
              ROW('additionalEventData.RequestDetails.awsServingRegion', serving_region),
              ROW('userIdentity.type', user_type),
              ROW('userIdentity.accountId', user_account),
              ROW('userIdentity.invokedBy', invoked_by),
              ROW('userIdentity.identityProvider', identity_provider),
              ROW('userIdentity.onBehalfOf.userId', identity_center_user),
              ROW('userIdentity.sessionContext.sessionIssuer.arn', issuer_arn),
              ROW('userIdentity.sessionContext.sessionIssuer.principalId', issuer_principal_id),
              ROW('requestParameters.roleArn', IF(is_federated, target_role)),
              ROW('stem.arn', CASE
                WHEN NOT is_session THEN user_arn
                WHEN user_arn LIKE '%:assumed-role/%' THEN regexp_replace(user_arn, '^([^/]*/.*)/[^/]*$', '$1')
                WHEN coalesce(issuer_arn, '') = '' THEN user_arn
              END),
              ROW('stem.principalId', principal_stem),
              ROW('stem.userName', IF(NOT is_federated, user_name)),
              ROW('stem.subject', CASE
                WHEN user_type <> 'WebIdentityUser' THEN NULL
                WHEN coalesce(nullif(identity_provider, ''), principal_stem) LIKE '%cognito-identity.amazonaws.com%' THEN '*'
                ELSE regexp_replace(coalesce(nullif(user_name, ''), substr(principal_id, length(principal_stem) + 2)), '^((repo|project_path):[^:]+:|organization:[^:]+:(project:[^:]+:workspace|pipeline):[^:]+:|org/[^/]+/project/[^/]+/|\{[0-9a-f-]{36}\}:).*$', '$1')
              END)
            ]), (field, value) -> value <> '') AS JSON)) END AS call,
            IF(is_global, ARRAY[coalesce(user_arn, ''), coalesce(principal_id, ''), coalesce(user_name, '')]) AS caller,
            IF(is_global, nullif(source_address, '')) AS source_address,
            IF(is_global, nullif(requested_session, '')) AS requested_session,
            IF(is_global, nullif(target_role, '')) AS target_role,
            IF(is_global, ARRAY[coalesce(nullif(issued_to, ''), IF(federated_provider LIKE '%:oidc-provider/%', federated_provider), '')]) AS issued_to
          FROM (
            -- Step 1b. The three signals.
            SELECT
              *,
              coalesce(host = 'sts.amazonaws.com' OR regexp_like(host, '^sts-global\.[a-z0-9-]+\.amazonaws\.com$'), false)
                OR coalesce(endpoint_type = 'global', false) AS is_global,
              coalesce(user_type IN ('AssumedRole', 'Role', 'FederatedUser'), false) AS is_session,
              coalesce(user_type IN ('WebIdentityUser', 'SAMLUser'), false) AS is_federated
            FROM (
              -- Step 1. The STS events of the window by plain names. An id that is no UUID is a
              -- placeholder, and different events share those. Hosts lose their port, final dot and
              -- capitals; what was logged as a number or as true is none.
              SELECT
                nullif(lower(regexp_extract(eventid, '(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')), '00000000-0000-0000-0000-000000000000') AS event_id,
                nullif(lower(regexp_extract({{shared_event_id}}, '(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')), '00000000-0000-0000-0000-000000000000') AS shared_id,
                IF({{addendum_reason}} = 'UPDATED_DATA', nullif(lower(regexp_extract({{addendum_event_id}}, '(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')), '00000000-0000-0000-0000-000000000000')) AS replaced_id,
                eventtime AS event_time,
                event_second AS second,
                {{recipient_account}} AS recipient_account,
                eventname AS event_name,
                errorcode AS error_code,
                useragent AS user_agent,
                sourceipaddress AS source_address,
                {{vpc_endpoint_id}} AS vpc_endpoint_id,
                nullif(regexp_replace(regexp_replace(regexp_replace(lower(regexp_replace(tlsdetails.clientprovidedhostheader, '^[\t-\r ]+|[\t-\r ]+$', '')), ':\d{1,5}$', ''), '\.$', ''), '^(-?\d+(\.\d+)?(e[+-]?\d+)?|true|false)$', ''), '') AS host,
                tlsdetails.tlsversion AS tls_version,
                lower(json_extract_scalar(additionaleventdata, '$.RequestDetails.endpointType')) AS endpoint_type,
                json_extract_scalar(additionaleventdata, '$.RequestDetails.awsServingRegion') AS serving_region,
                useridentity.type AS user_type,
                useridentity.arn AS user_arn,
                useridentity.principalid AS principal_id,
                -- Up to the session or subject, where there is one: `AROAEXAMPLE:session`, or a
                -- provider's ARN with colons of its own.
                IF(
                  coalesce(useridentity.type IN ('AssumedRole', 'Role', 'FederatedUser', 'WebIdentityUser', 'SAMLUser', 'AWSAccount', 'IAMUser', 'IdentityCenterUser'), false),
                  regexp_extract(useridentity.principalid, '^(arn:([^:]*:){4})?[^:]+'),
                  useridentity.principalid
                ) AS principal_stem,
                useridentity.accountid AS user_account,
                useridentity.username AS user_name,
                useridentity.invokedby AS invoked_by,
                useridentity.sessioncontext.sessionissuer.arn AS issuer_arn,
                useridentity.sessioncontext.sessionissuer.principalid AS issuer_principal_id,
                {{identity_provider}} AS identity_provider,
                {{identity_center_user}} AS identity_center_user,
                {{issued_to}} AS issued_to,
                {{federated_provider}} AS federated_provider,
                json_extract_scalar(requestparameters, '$.roleSessionName') AS requested_session,
                TRY_CAST(json_extract_scalar(requestparameters, '$.durationSeconds') AS bigint) AS session_seconds,
                coalesce(
                  nullif(json_extract_scalar(requestparameters, '$.roleArn'), ''),
                  nullif(element_at(filter(resources, resource -> resource.type = 'AWS::IAM::Role'), 1).arn, ''),
                  -- A denied call has no parameters; its message names the role.
                  regexp_extract(errormessage, 'on resource: (\S*:role/\S*)', 1)
                ) AS target_role
              FROM (
                -- CloudTrail writes 2026-01-01T00:00:00Z. Tables of exports may have a blank for the T,
                -- fractions, another zone, or none, which is UTC then.
                SELECT
                  *,
                  CAST(to_unixtime(TRY(from_iso8601_timestamp(regexp_extract(
                    regexp_replace(
                      regexp_replace(eventtime, '^([0-9-]{10})[T ]([0-9:]{8})(\.[0-9]{1,9})? ?(Z|UTC|([+-][0-9]{2}:?[0-9]{2}))?$', '$1T$2$5'),
                      '^(.{19})$', '$1Z'
                    ),
                    '^(19[7-9]|20[0-9])[0-9]-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(Z|[+-](0[0-9]|1[0-3]):?[0-5][0-9])$'
                  )))) AS bigint) AS event_second
                FROM {{table}}
              )
              WHERE eventsource = 'sts.amazonaws.com'
                -- Logs of 2021 have `global` here.
                AND awsregion IN ('us-east-1', 'global')
                AND coalesce({{event_category}}, '') NOT IN ('NetworkActivity', 'Insight')
                AND {{pruning}}
                AND (
                  event_second IS NULL
                  OR (event_second >= to_unixtime(from_iso8601_timestamp({{from}})) AND event_second < to_unixtime(from_iso8601_timestamp({{to}})))
                )
            )
          )
        )
      )
    )
    GROUP BY account, evidence, call, second / 86400
  )
  GROUP BY account, evidence, call
) AS kinds ON true
