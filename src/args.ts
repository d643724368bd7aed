/**
 * From argv to a command and its flags, as typed: nothing is looked up or opened here.
 */
import { parseArgs } from 'node:util';
import { type Command, COMMANDS } from './command-table.js';
import { GLOBAL_FLAGS } from './flag-table.js';
import { messageOf, UserError } from './errors.js';

export type Args =
  | { readonly kind: 'help'; readonly command: Command | null }
  | { readonly kind: 'version' }
  | Invocation;

export interface Invocation {
  readonly kind: 'command';
  readonly command: Command;
  readonly operands: readonly string[];
  readonly flags: Flags;
}

/** Values by flag name; a flag without a value is `true`. */
export type Flags = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** Throws a UserError for an unknown command or flag. */
export function parseArguments(argv: readonly string[]): Args {
  const [name, ...rest] = argv;
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (argv.includes('--help') || argv.includes('-h') || name === 'help') {
    const wanted = command ?? COMMANDS.find((candidate) => candidate.name === rest[0]) ?? null;
    return { kind: 'help', command: wanted };
  }
  if (name === undefined) {
    throw new UserError('no command given', { hint: 'legacy-endpoint-audit --help lists them' });
  }
  if (argv.includes('--version')) return { kind: 'version' };
  if (command === undefined) throw unknownCommand(name);
  return { kind: 'command', command, ...parseFlags(command, rest) };
}

function parseFlags(
  command: Command,
  argv: readonly string[],
): { operands: readonly string[]; flags: Flags } {
  const options = Object.fromEntries(
    [...command.flags, ...GLOBAL_FLAGS].map(({ name, value, repeatable }) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', multiple: repeatable ?? false } as const,
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { operands: positionals, flags: Object.fromEntries(Object.entries(values)) };
  } catch (error) {
    const [message = ''] = messageOf(error).split('. ');
    throw new UserError(message.replace(/^U/, 'u').replace(/^O/, 'o'), {
      hint: `legacy-endpoint-audit ${command.name} --help lists the flags`,
      cause: error,
    });
  }
}

function unknownCommand(name: string): UserError {
  const hint = COMMANDS.map((command) => command.name).join(', ');
  return new UserError(`unknown command: ${name}`, { hint: `there are: ${hint}` });
}
