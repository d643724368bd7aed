import type { ZodType } from 'zod';
import type { Invocation } from '../args.js';
import { UserError } from '../errors.js';
import type { Io } from '../main.js';

const SCHEMAS = {
  report: async () => (await import('../report/schema.js')).reportSchema,
  ignore: async () => (await import('../report/ignore/file-schema.js')).ignoreFileSchema,
  owners: async () => (await import('../report/owners/file-schema.js')).ownersFileSchema,
  config: async () => (await import('../job/config-schema.js')).configSchema,
} satisfies Record<string, () => Promise<ZodType>>;

/** Prints the JSON Schema of a file that the tool writes or reads. */
export async function runSchema({ operands }: Invocation, io: Io): Promise<number> {
  const [name = 'report'] = operands;
  const { toJSONSchema } = await import('zod');
  const schema = toJSONSchema(await schemaOf(name), { io: name === 'report' ? 'output' : 'input' });
  io.stdout(`${JSON.stringify(schema, null, 2)}\n`);
  return 0;
}

async function schemaOf(name: string): Promise<ZodType> {
  for (const [known, load] of Object.entries(SCHEMAS)) if (known === name) return load();
  const hint = `there are: ${Object.keys(SCHEMAS).join(', ')}`;
  throw new UserError(`there is no schema ${name}`, { hint });
}
