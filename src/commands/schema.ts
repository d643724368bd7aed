import type { Io } from '../main.js';

/** Prints the JSON Schema that the report's zod schema stands for. */
export async function runSchema(io: Io): Promise<number> {
  const { toJSONSchema } = await import('zod');
  const { reportSchema } = await import('../report/schema.js');
  io.stdout(`${JSON.stringify(toJSONSchema(reportSchema), null, 2)}\n`);
  return 0;
}
