/**
 * Dry runs: what a source would ask, and what it has to be allowed. Nothing is called.
 */
import type { Flags, Invocation } from '../args.js';
import { accountsOf, athenaOptionsOf, logGroupsOf, required } from '../aws-options.js';
import type { Window } from '../contracts.js';
import { UserError } from '../errors.js';
import {
  type AthenaAccess,
  assumePolicy,
  athenaPolicy,
  bucketPolicy,
  doctorPolicy,
  insightsPolicy,
  lakePolicy,
  lookupPolicy,
  OWN_CATALOG,
  type Policy,
  type Whereabouts,
} from '../iam.js';
import type { Io } from '../main.js';
import { accountIdsOf, flag, windowOf } from '../options.js';
import {
  type AthenaOptions,
  parseTableName,
  type TableName,
} from '../sources/athena/athena-options.js';
import { tableDdl } from '../sources/athena/ddl.js';
import { explainCallers } from '../sources/athena/explain.js';
import { athena } from '../sources/athena/index.js';
import type { Bounded } from '../sources/bounded.js';
import { insights } from '../sources/insights/index.js';
import { callersQuery } from '../sources/insights/queries.js';
import { parseDataStore } from '../sources/lake/data-store.js';
import { callersQuery as lakeCallersQuery, lake } from '../sources/lake/index.js';
import { parseLocation } from '../sources/s3/location.js';
import { isLogName } from '../sources/s3/prune.js';
import { lookup } from '../sources/lookup/index.js';
import { jsonText, printable } from '../writers/escape.js';

interface DryRun {
  /** Calls and query text. */
  readonly calls: (window: Window) => string;
  readonly policy: Policy;
  /** What the policy cannot know. */
  readonly remark?: string;
  /** A short query for people. */
  readonly summary?: (window: Bounded) => string;
}

const DRY_RUNS: Readonly<Record<string, (flags: Flags, place?: string) => DryRun>> = {
  files: (flags, place = 's3://TRAIL-BUCKET') => ({
    calls: () =>
      `# Calls: s3:ListObjectsV2 folder by folder below ${printable(place)}, of which only us-east-1 and the days of
# the window are entered; s3:GetObject for each log.`,
    // A bucket is found wherever it is; only its key's Region may have been said.
    policy: policyOf(place, { region: flag(flags, 'region') ?? undefined }),
  }),
  insights: (flags) => {
    const logGroups = logGroupsOf(flags);
    const source = insights({ logGroups });
    return {
      calls: (window) => source.explain?.(window) ?? '',
      policy: insightsPolicy(logGroups, whereaboutsOf(flags)),
      summary: callersQuery,
    };
  },
  athena: (flags) => {
    const options = athenaOptionsOf(flags);
    const name = parseTableName(options.table);
    const source = athena(options);
    return {
      calls: (window) => source.explain?.(window) ?? '',
      policy: athenaPolicy(accessOf(name, options), whereaboutsOf(flags)),
      ...(name.catalog === OWN_CATALOG ? {} : { remark: remarkOn(name.catalog) }),
      summary: (window) => explainCallers(name, options, window),
    };
  },
  lookup: () => ({ calls: (window) => lookup().explain?.(window) ?? '', policy: lookupPolicy() }),
  lake: (flags) => {
    const eventDataStore = required(flags, 'event-data-store', 'ID');
    const { id } = parseDataStore(eventDataStore);
    return {
      calls: (window) => lake({ eventDataStore }).explain?.(window) ?? '',
      policy: lakePolicy(eventDataStore, whereaboutsOf(flags)),
      summary: (window) => lakeCallersQuery(id, window),
    };
  },
  doctor: () => ({
    calls: () => 'calls that list and describe trails, log groups, tables, workgroups and stores',
    policy: doctorPolicy(),
  }),
};

function policyOf(place: string, where: Whereabouts): Policy {
  if (place === 's3://TRAIL-BUCKET') return bucketPolicy({ bucket: 'TRAIL-BUCKET', key: '' }, where); // prettier-ignore
  const location = parseLocation(place);
  return bucketPolicy({ ...location, isObject: isLogName(location.key) }, where);
}

/** The account, if there is one role. */
function whereaboutsOf(flags: Flags): Whereabouts {
  const [only, ...others] = accountsOf(flags);
  const account = others.length === 0 ? only?.account : undefined;
  return { region: only?.setting.region, account };
}

function accessOf(name: TableName, { workgroup, outputLocation }: AthenaOptions): AthenaAccess {
  const output = outputLocation === undefined ? undefined : parseLocation(outputLocation);
  return { ...name, workgroup: workgroup ?? 'primary', output };
}

function remarkOn(catalog: string): string {
  return `ReadCatalog is for a catalog ${catalog} that is the Glue catalog of another account, which has to allow
it, too. One behind a function needs lambda:InvokeFunction on that function instead.`;
}

export async function runQuery({ operands, flags }: Invocation, io: Io): Promise<number> {
  const [name = '', place] = operands;
  if (!Object.hasOwn(DRY_RUNS, name) || operands.length > (name === 'files' ? 2 : 1)) {
    const hint = `there are: ${Object.keys(DRY_RUNS).join(', ')}`;
    throw new UserError(`query wants one source, not ${operands.join(' ') || 'none'}`, { hint });
  }
  if (flags['ddl'] === true) {
    if (name !== 'athena') throw new UserError('--ddl goes with query athena');
    io.stdout(ddlOf(flags));
    return 0;
  }
  const dryRun = DRY_RUNS[name]?.(flags, place);
  const window = lastMonthUnless(windowOf(flags, Date.now()), Date.now());
  if (flags['summary'] === true) {
    if (dryRun?.summary === undefined) throw new UserError(`${name} has no query to paste`);
    io.stdout(dryRun.summary(window));
  } else if (dryRun !== undefined) {
    const policy = jsonText(dryRun.policy, 2);
    io.stdout(`${dryRun.calls(window).trimEnd()}\n\nIAM policy\n${policy}\n`);
    if (dryRun.remark !== undefined) io.stdout(`\n${dryRun.remark}\n`);
    const roles = accountsOf(flags).flatMap(({ setting }) => setting.roleArn ?? []);
    if (roles.length > 0) {
      io.stdout(
        `\nIAM policy to assume the roles\n${JSON.stringify(assumePolicy(roles), null, 2)}\n`,
      );
    }
  }
  return 0;
}

const MONTH = 30 * 86_400;

/** A dry run needs some window to show the query with. */
function lastMonthUnless({ from, to }: Window, now: number): Bounded {
  const end = to ?? Math.ceil(now / 1000);
  return { from: from ?? end - MONTH, to: end };
}

function ddlOf(flags: Flags): string {
  const { from } = windowOf(flags, Date.now());
  if (from === null) {
    throw new UserError('the first day of the logs is not given', {
      hint: 'write --from 2024-01-01',
    });
  }
  return tableDdl(parseTableName(required(flags, 'table', 'DATABASE.TABLE')), {
    location: required(flags, 'location', 's3://bucket/AWSLogs'),
    accounts: accountIdsOf(flags),
    since: from,
  });
}
