import type { Flags, Invocation } from '../args.js';
import type { Source } from '../contracts.js';
import { UserError } from '../errors.js';
import type { Io } from '../main.js';
import { accountIdsOf, filesOptionsOf, ipRangesOf, outputOf, windowOf } from '../options.js';
import { files, type FilesOptions } from '../sources/files/index.js';
import { gather } from './report.js';

export async function runFiles({ operands, flags }: Invocation, io: Io): Promise<number> {
  if (operands.length === 0) {
    throw new UserError('no path given', {
      hint: 'name log files or folders, s3://bucket/prefix, or - for standard input',
    });
  }
  const progress = io.isTerminal && flags['quiet'] !== true;
  return gather(
    {
      sources: await filesSources(operands, flags, { stdin: io.stdin, countAhead: progress }),
      window: windowOf(flags, Date.now()),
      ipRanges: ipRangesOf(flags),
      accounts: accountIdsOf(flags),
      output: outputOf(flags, io.columns),
      progress,
    },
    io,
  );
}

/** Local paths are one source; each account whose buckets are read is one more. */
export async function filesSources(
  operands: readonly string[],
  flags: Flags,
  reading: Pick<FilesOptions, 'stdin' | 'countAhead' | 'deliveredUntil'>,
): Promise<readonly Source[]> {
  const places = operands.filter((operand) => operand.startsWith('s3://'));
  const paths = operands.filter((operand) => !operand.startsWith('s3://'));
  const accounts = accountIdsOf(flags);
  const options = { ...filesOptionsOf(flags), accounts, ...reading };
  return [
    ...(paths.length > 0 ? [files(paths, options)] : []),
    ...(places.length > 0 ? await buckets(places, flags, { accounts, ...reading }) : []),
  ];
}

/** Loaded when it is needed: reading local files loads nothing of AWS. */
async function buckets(
  places: readonly string[],
  flags: Flags,
  { accounts, deliveredUntil }: Pick<FilesOptions, 'accounts' | 'deliveredUntil'>,
): Promise<Source[]> {
  const { accountsOf } = await import('../aws-options.js');
  const { s3Client } = await import('../aws/clients.js');
  const { s3 } = await import('../sources/s3/index.js');
  const { allRegions, maxInflatedBytes } = filesOptionsOf(flags);
  return accountsOf(flags).map(({ setting, account }) =>
    s3(places, {
      account,
      allRegions,
      maxInflatedBytes,
      accounts,
      deliveredUntil,
      requesterPays: flags['requester-pays'] === true,
      client: () => s3Client(setting),
    }),
  );
}
