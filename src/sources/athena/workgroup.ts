/**
 * The workgroup: where results go, and what it forbids.
 */
import { type AthenaClient, GetWorkGroupCommand, type WorkGroup } from '@aws-sdk/client-athena';
import { call, CallError } from '../../aws/call.js';
import { toUserError } from '../../aws/failure.js';
import type { Context } from '../../contracts.js';
import { UserError } from '../../errors.js';
import type { CoverageNotes } from '../coverage.js';

export interface Workgroup {
  readonly name: string;
  /** To be sent with the query; null where the workgroup decides. */
  readonly outputLocation: string | null;
  /** Bytes after which the workgroup cancels a query; null without such a limit. */
  readonly cutoff: number | null;
}

/** Throws a UserError when the workgroup cannot run the query. */
export async function describeWorkgroup(
  client: AthenaClient,
  { name, outputLocation }: { name: string; outputLocation: string | null },
  context: Context,
  coverage: CoverageNotes,
): Promise<Workgroup> {
  const attempt = { action: 'athena:GetWorkGroup', resource: `workgroup ${name}` };
  try {
    const { WorkGroup: workgroup } = await call(context, attempt, async (options) =>
      client.send(new GetWorkGroupCommand({ WorkGroup: name }), options),
    );
    return settle(name, workgroup, outputLocation);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (error.failure.code !== 'access-denied') throw workgroupError(error, name);
    coverage.note(`The workgroup ${name} could not be looked up (athena:GetWorkGroup).`);
    return { name, outputLocation, cutoff: null };
  }
}

function settle(
  name: string,
  workgroup: WorkGroup | undefined,
  outputLocation: string | null,
): Workgroup {
  const configuration = workgroup?.Configuration ?? {};
  if (workgroup?.State === 'DISABLED') throw new UserError(`the workgroup ${name} is disabled`);
  const managed = configuration.ManagedQueryResultsConfiguration?.Enabled === true;
  const enforced = configuration.EnforceWorkGroupConfiguration === true;
  const location = configuration.ResultConfiguration?.OutputLocation ?? '';
  if (outputLocation !== null && (managed || (enforced && location !== ''))) {
    const where = managed ? 'keeps results itself' : `writes results to ${location}`;
    throw new UserError(`the workgroup ${name} ${where}, whatever --output-location says`, {
      hint: 'leave --output-location out, or choose another --workgroup',
    });
  }
  if (outputLocation === null && !managed && location === '') {
    throw new UserError(`the workgroup ${name} does not say where results go`, {
      hint: 'name a bucket of your own: --output-location s3://bucket/prefix/',
    });
  }
  const cutoff = configuration.BytesScannedCutoffPerQuery ?? null;
  return { name, outputLocation, cutoff };
}

function workgroupError({ failure }: CallError, name: string): UserError {
  if (failure.code !== 'refused' || !/not found/i.test(failure.message))
    return toUserError(failure);
  return new UserError(`no such workgroup: ${name}`, {
    hint: 'name another with --workgroup, or its Region with --region',
  });
}
