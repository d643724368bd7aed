/**
 * The audit query for a table: columns that the table lacks become NULL.
 */
import { identifier, query, type QueryToken, render, sqlTime } from '../../queries.js';
import type { Bounded } from '../bounded.js';
import type { TableName } from './athena-options.js';

/** Columns that not every table has, and what is lost without them. */
const OPTIONAL: Readonly<Record<string, { path: string; token: QueryToken; loss: string | null }>> =
  {
    shared_event_id: {
      path: 'sharedeventid',
      token: query`sharedeventid`,
      loss: 'calls across accounts count in both',
    },
    addendum_reason: { path: 'addendum.reason', token: query`addendum.reason`, loss: null },
    addendum_event_id: {
      path: 'addendum.originaleventid',
      token: query`addendum.originaleventid`,
      loss: 'replaced events count beside their replacement',
    },
    recipient_account: {
      path: 'recipientaccountid',
      token: query`recipientaccountid`,
      loss: 'the account is that of the caller',
    },
    vpc_endpoint_id: {
      path: 'vpcendpointid',
      token: query`vpcendpointid`,
      loss: 'VPC endpoints are not told',
    },
    event_category: { path: 'eventcategory', token: query`eventcategory`, loss: null },
    identity_provider: {
      path: 'useridentity.identityprovider',
      token: query`useridentity.identityprovider`,
      loss: 'the identity provider of federated callers is taken from their principal id',
    },
    identity_center_user: {
      path: 'useridentity.onbehalfof.userid',
      token: query`useridentity.onbehalfof.userid`,
      loss: 'users of Identity Center are not told apart',
    },
    issued_to: {
      path: 'useridentity.inscopeof.credentialsissuedto',
      token: query`useridentity.inscopeof.credentialsissuedto`,
      loss: 'functions and tasks that credentials were issued to are not told',
    },
    federated_provider: {
      path: 'useridentity.sessioncontext.webidfederationdata.federatedprovider',
      token: query`useridentity.sessioncontext.webidfederationdata.federatedprovider`,
      loss: 'the OIDC providers that role sessions came through are not told',
    },
  };

/** For a query that is printed without looking at the table. */
export const EXPECTED_COLUMNS: ReadonlySet<string> = new Set(
  Object.values(OPTIONAL).map(({ path }) => path),
);

export function auditQuery(
  { database, table }: TableName,
  columns: ReadonlySet<string>,
  { from, to }: Bounded,
  pruning: QueryToken,
): string {
  const optional = Object.entries(OPTIONAL).map(([name, { path, token }]) => [
    name,
    columns.has(path) ? token : query`CAST(NULL AS varchar)`,
  ]);
  return render('athena/audit.sql', {
    table: query`${identifier(database)}.${identifier(table)}`,
    pruning,
    from: sqlTime(from),
    to: sqlTime(to),
    ...Object.fromEntries(optional),
  });
}

/** For people, at the console. */
export function callersQuery(
  { database, table }: TableName,
  { from, to }: Bounded,
  pruning: QueryToken,
): string {
  return render('athena/callers.sql', {
    table: query`${identifier(database)}.${identifier(table)}`,
    pruning,
    from: sqlTime(from),
    to: sqlTime(to),
  });
}

/** What the report loses because the table lacks columns, one sentence each. */
export function lossesOf(columns: ReadonlySet<string>): string[] {
  return Object.values(OPTIONAL).flatMap(({ path, loss }) =>
    loss === null || columns.has(path) ? [] : [`The table has no ${path}: ${loss}.`],
  );
}
