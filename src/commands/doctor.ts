import type { Invocation } from '../args.js';
import { athenaClient, cloudTrailClient, logsClient } from '../aws/clients.js';
import { type AwsAccount, accountsOf, inUsEast1 } from '../aws-options.js';
import { systemContext } from '../context.js';
import type { Context } from '../contracts.js';
import { advice } from '../doctor/advice.js';
import type { Facts } from '../doctor/facts.js';
import { findTables, findWorkgroup, Looker } from '../doctor/look.js';
import { findStores, findTrails } from '../doctor/trails.js';
import type { Io } from '../main.js';
import { printable } from '../writers/escape.js';

export async function runDoctor({ flags }: Invocation, io: Io): Promise<number> {
  const context = systemContext(io.interruption);
  for (const chosen of accountsOf(flags)) {
    const title = chosen.account === undefined ? '' : `Account ${chosen.account}\n\n`;
    const lines = advice(await look(chosen, context), flagsOf(chosen), chosen.account)
      .split('\n')
      .map(printable);
    io.stdout(title + lines.join('\n'));
  }
  return 0;
}

/** The flags that lead a printed command to the same account. */
function flagsOf({ setting: { profile, roleArn, externalId, endpointUrl } }: AwsAccount): string[] {
  const flags = { '--profile': profile, '--role-arn': roleArn, '--external-id': externalId, '--endpoint-url': endpointUrl }; // prettier-ignore
  return Object.entries(flags).flatMap(([name, value]) =>
    value === undefined ? [] : [name, value],
  );
}

/** Trails are looked for in us-east-1, which all that matter log; the rest where it was asked. */
async function look(chosen: AwsAccount, context: Context): Promise<Facts> {
  const { setting } = chosen;
  const looker = new Looker(context);
  const inUsEast = await cloudTrailClient(inUsEast1(chosen));
  const found = await findTrails(inUsEast, (region) => logsClient({ ...setting, region }), looker);
  const region = setting.region ?? found.trails?.[0]?.homeRegion ?? 'us-east-1';
  const athena = await athenaClient({ ...setting, region });
  return {
    ...found,
    tables: await findTables(athena, looker),
    workgroup: await findWorkgroup(athena, looker),
    stores: await findStores(await cloudTrailClient({ ...setting, region }), looker),
    region,
    troubles: looker.troubles,
  };
}
