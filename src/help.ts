import { type Command, COMMANDS } from './command-table.js';
import { type Flag, GLOBAL_FLAGS } from './flag-table.js';

const INTRO = `legacy-endpoint-audit finds who still calls the legacy global AWS STS endpoint
(sts.amazonaws.com) and reports what each owner must change.`;

const EXIT_CODES = `Exit codes
  0    report written, evidence complete
  1    findings at or over --fail-on
  2    wrong usage or configuration, or the report could not be written
  3    report written, but the evidence is incomplete
  70   a bug of this tool
  130  interrupted; what was read until then is reported as incomplete`;

export function generalHelp(): string {
  const commands = COMMANDS.map(({ usage, summary }): [string, string] => [usage, summary]);
  return `${[
    INTRO,
    'Usage\n  legacy-endpoint-audit <command> [flags]',
    `Commands\n${columns(commands)}`,
    `Flags\n${columns(GLOBAL_FLAGS.map(flagRow))}`,
    EXIT_CODES,
    'legacy-endpoint-audit <command> --help shows the flags of a command.',
  ].join('\n\n')}\n`;
}

export function commandHelp(command: Command): string {
  const flags = [...command.flags, ...GLOBAL_FLAGS].map(flagRow);
  return `${[
    `Usage\n  legacy-endpoint-audit ${command.usage}${command.flags.length > 0 ? ' [flags]' : ''}`,
    wrap(`${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.`, 0),
    `Flags\n${columns(flags)}`,
    `Examples\n${command.examples.map((example) => `  ${example}`).join('\n')}`,
    EXIT_CODES,
  ].join('\n\n')}\n`;
}

function flagRow({ name, value, summary }: Flag): [string, string] {
  return [value === undefined ? `--${name}` : `--${name} ${value}`, summary];
}

const WIDTH = 80;

function columns(rows: readonly [string, string][]): string {
  const left = Math.max(...rows.map(([term]) => term.length)) + 4;
  return rows
    .map(([term, text]) => `  ${term}`.padEnd(left) + wrap(text, left).trimStart())
    .join('\n');
}

/** Breaks text at blanks; all lines are indented. */
function wrap(text: string, indent: number): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => ' '.repeat(indent) + line).join('\n');
}
