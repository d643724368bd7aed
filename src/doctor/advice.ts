/**
 * From facts to words: which sources fit, with the command to run, and what makes their evidence
 * incomplete.
 */
import type { Facts, LogGroupFacts, TableFacts, TrailFacts, WorkgroupFacts } from './facts.js';
import { problemsOf } from './trail-problems.js';

/** Days; scanning is paid for. */
const WEEK = 7;

type CommandLine = (...words: readonly string[]) => string;

/**
 * `flags` go to every command that is printed, such as `--profile` and its value; reports of one
 * `account` among several do not replace each other.
 */
export function advice(facts: Facts, flags: readonly string[] = [], account?: string): string {
  const out = account === undefined ? 'report' : `report-${account}`;
  const command: CommandLine = (...words) =>
    `    legacy-endpoint-audit ${[...words, ...flags, '--out', out].map(quoted).join(' ')}`;
  const parts = [
    ...trailsAdvice(facts, command),
    tablesAdvice(facts, command),
    storesAdvice(facts, command),
    `Event history\n  90 days of this account, without any set-up:\n${command('lookup', '--since', '90d', '--resume', 'lookup.jsonl')}`, // prettier-ignore
    ...(facts.troubles.length === 0 ? [] : [`Not looked at\n${facts.troubles.map(problem).join('\n')}`]), // prettier-ignore
  ];
  return `${parts.join('\n\n')}\n`;
}

function trailsAdvice({ trails, elsewhere }: Facts, command: CommandLine): string[] {
  if (trails === null) return ['Trails\n  ! could not be looked at: see below'];
  return [
    ...(trails.length === 0 ? ['No trail delivers what us-east-1 logs.'] : []),
    ...trails.map((trail) => trailAdvice(trail, command)),
    ...elsewhere.map(
      ({ name, region }) =>
        `Trail ${name}\n  ! logs ${region} only; since November 2021 calls to the global endpoint are logged in us-east-1`,
    ),
  ];
}

function trailAdvice(trail: TrailFacts, command: CommandLine): string {
  const problems = problemsOf(trail);
  const kind = trail.isOrganization ? 'organization, ' : '';
  const reach = trail.isMultiRegion ? 'all Regions' : 'one Region';
  return [
    `Trail ${trail.name} (${kind}${reach}, home ${trail.homeRegion})`,
    ...(problems.length === 0 ? ['  logs what this audit needs'] : problems.map(problem)),
    ...(trail.bucket === null ? [] : bucketAdvice(trail.bucket, trail.prefix, command)),
    ...(trail.logGroup === null ? [] : logGroupAdvice(trail.logGroup, command)),
  ].join('\n');
}

function bucketAdvice(bucket: string, prefix: string, command: CommandLine): string[] {
  const folder = prefix === '' ? '' : `${prefix.replace(/\/*$/, '')}/`;
  const place = `s3://${bucket}/${folder}AWSLogs/`;
  return ['  its bucket:', command('files', place, '--since', '30d')];
}

function logGroupAdvice(group: LogGroupFacts, command: CommandLine): string[] {
  const { name, region, retention, elsewhere } = group;
  if (elsewhere !== null)
    return [`  its log group ${name} is in the account ${elsewhere}: ask there`];
  const kept = retention === null ? '' : ` (keeps ${retention} days)`;
  // What is as old as it keeps events may be gone.
  const since = retention === null || retention > WEEK ? `${WEEK}d` : `${retention * 24 - 12}h`;
  return [
    `  its log group${kept}:`,
    command('insights', '--log-group', name, '--region', region, '--since', since),
  ];
}

function tablesAdvice({ tables, workgroup, region }: Facts, command: CommandLine): string {
  if (tables === null) return 'Athena\n  ! its tables could not be looked at: see below';
  if (tables.length === 0) {
    return `Athena\n  no CloudTrail table in ${region}; to make one, see\n    legacy-endpoint-audit query --help`;
  }
  const advised = tables.map((table) => tableAdvice(table, { workgroup, region }, command));
  return `Athena\n${advised.join('\n')}`;
}

function tableAdvice(
  { name, problem: why, partitions, isRegistered }: TableFacts,
  { workgroup, region }: { workgroup: WorkgroupFacts | null; region: string },
  command: CommandLine,
): string {
  if (why !== null) return `  table ${name}\n${problem(why)}`;
  const by = partitions.length === 0 ? 'no partitions: each query reads all of it' : `partitioned by ${partitions.join(', ')}`; // prettier-ignore
  const added = isRegistered ? '; a day that is not added to it is not seen, and a gap' : '';
  const named = workgroup === null || workgroup.name === 'primary' ? [] : ['--workgroup', workgroup.name]; // prettier-ignore
  const output = workgroup?.hasOutput === false ? ['--output-location', 's3://YOUR-BUCKET/results/'] : []; // prettier-ignore
  const words = ['athena', '--table', name, '--region', region, ...named, ...output];
  return `  table ${name} (${by}${added}):\n${command(...words, '--since', '90d', '--max-scan', '200GiB')}`;
}

function storesAdvice({ stores }: Facts, command: CommandLine): string {
  if (stores === null) return 'CloudTrail Lake\n  ! its stores could not be looked at: see below';
  if (stores.length === 0) {
    return 'CloudTrail Lake\n  no event data store; it takes no new customers';
  }
  const commands = stores.map((arn) =>
    command('lake', '--event-data-store', arn, '--since', '90d'),
  );
  return `CloudTrail Lake\n${commands.join('\n')}`;
}

function problem(text: string): string {
  return `  ! ${text}`;
}

/** Names come from AWS, but a shell will read them. */
function quoted(text: string): string {
  return /^[\w./:@=+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
