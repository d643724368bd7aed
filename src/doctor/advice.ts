/**
 * From facts to words: which sources fit, with the command to run, and what makes their evidence
 * incomplete.
 */
import type { Facts, LogGroupFacts, TableFacts, TrailFacts } from './facts.js';

const PROGRAM = 'legacy-endpoint-audit';

export function advice(facts: Facts): string {
  const parts = [
    ...(facts.trails.length === 0 ? ['No trail delivers what us-east-1 logs.'] : []),
    ...facts.trails.map(trailAdvice),
    ...facts.elsewhere.map(
      ({ name, region }) =>
        `Trail ${name}\n  ! logs ${region} only; since November 2021 calls to the global endpoint are logged in us-east-1`,
    ),
    tablesAdvice(facts),
    storesAdvice(facts),
    `Event history\n  90 days of this account, without any set-up:\n    ${PROGRAM} lookup --since 90d --resume lookup.jsonl --out report`,
    ...(facts.troubles.length === 0
      ? []
      : [`Not looked at\n${facts.troubles.map((text) => `  ! ${text}`).join('\n')}`]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function trailAdvice(trail: TrailFacts): string {
  const problems = problemsOf(trail);
  const kind = trail.isOrganization ? 'organization, ' : '';
  const reach = trail.isMultiRegion ? 'all Regions' : 'one Region';
  return [
    `Trail ${trail.name} (${kind}${reach}, home ${trail.homeRegion})`,
    ...(problems.length === 0
      ? ['  logs what this audit needs']
      : problems.map((text) => `  ! ${text}`)),
    ...(trail.bucket === null ? [] : bucketAdvice(trail.bucket, trail.prefix)),
    ...(trail.logGroup === null ? [] : logGroupAdvice(trail.logGroup)),
  ].join('\n');
}

/** Why a trail's evidence would be incomplete. */
export function problemsOf(trail: TrailFacts): string[] {
  const { selection } = trail;
  return [
    ...(trail.isLogging === false ? ['it is switched off: nothing new is logged'] : []),
    ...(trail.includesGlobalEvents ? [] : ['it leaves out events of global services, and with them calls to the global endpoint']), // prettier-ignore
    ...(trail.isMultiRegion || trail.homeRegion === 'us-east-1'
      ? []
      : ['it does not log us-east-1']),
    ...(selection?.management === 'none'
      ? ['it logs no management events, which STS calls are']
      : []),
    ...(selection?.management === 'write' ? ['it logs write events only: AssumeRole and GetCallerIdentity are read events'] : []), // prettier-ignore
    ...(selection?.management === 'read' ? ['it logs read events only: GetSessionToken and GetFederationToken are missing'] : []), // prettier-ignore
    ...(selection?.leavesOutSts === true ? ['it leaves out the events of STS'] : []),
  ];
}

function bucketAdvice(bucket: string, prefix: string): string[] {
  const folder = prefix === '' ? '' : `${prefix.replace(/\/*$/, '')}/`;
  const place = `s3://${bucket}/${folder}AWSLogs/`;
  return ['  its bucket:', `    ${PROGRAM} files ${quoted(place)} --since 30d --out report`];
}

function logGroupAdvice({ name, region, retention }: LogGroupFacts): string[] {
  const kept = retention === null ? '' : ` (keeps ${retention} days)`;
  return [
    `  its log group${kept}:`,
    `    ${PROGRAM} insights --log-group ${quoted(name)} --region ${region} --since 7d --out report`,
  ];
}

function tablesAdvice({ tables, workgroups, region }: Facts): string {
  if (tables.length === 0) {
    return `Athena\n  no CloudTrail table in ${region}; to make one:\n    ${PROGRAM} query athena --ddl --help`;
  }
  const names = workgroups.length === 0 ? '' : `\n  workgroups: ${workgroups.join(', ')}`;
  return `Athena${names}\n${tables.map((table) => tableAdvice(table, region)).join('\n')}`;
}

function tableAdvice({ name, hasTlsDetails, partitions }: TableFacts, region: string): string {
  if (!hasTlsDetails) {
    return `  table ${name}\n  ! has no column tlsdetails: it cannot show the endpoint; make a new one with query athena --ddl`;
  }
  const by = partitions.length === 0 ? 'no partitions: each query reads all of it' : `partitioned by ${partitions.join(', ')}`; // prettier-ignore
  return `  table ${name} (${by}):\n    ${PROGRAM} athena --table ${quoted(name)} --region ${region} --since 90d --max-scan 200GiB --out report`;
}

function storesAdvice({ stores }: Facts): string {
  if (stores.length === 0)
    return 'CloudTrail Lake\n  no event data store; it takes no new customers';
  const commands = stores.map(
    (arn) => `    ${PROGRAM} lake --event-data-store ${quoted(arn)} --since 90d --out report`,
  );
  return `CloudTrail Lake\n${commands.join('\n')}`;
}

/** Names come from AWS, but a shell will read them. */
function quoted(text: string): string {
  return /^[\w./:@=+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
