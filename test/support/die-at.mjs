/**
 * Loaded into the program before it starts: it dies by SIGKILL just before its file system operation
 * number DIE_AT, or, when that writes a file, with half of the file written. NOW, in milliseconds,
 * is the time that its clock shows. Without DIE_AT it says at its end how many operations there were.
 */
import { writeSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const dieAt = Number(process.env['DIE_AT'] ?? 0);
const now = process.env['NOW'];
if (now !== undefined) Date.now = () => Number(now);

let count = 0;
const isLast = () => (count += 1) === dieAt;
const die = () => process.kill(process.pid, 'SIGKILL');

for (const name of ['mkdir', 'open', 'rename', 'rm', 'rmdir', 'link']) {
  const real = promises[name];
  promises[name] = async (...args) => {
    if (isLast()) die();
    return real(...args);
  };
}

const write = promises.writeFile;
promises.writeFile = async (file, content, ...rest) => {
  if (!isLast()) return write(file, content, ...rest);
  const text = typeof content === 'string' ? content : [...content].join('');
  await write(file, text.slice(0, text.length / 2), ...rest);
  die();
};

syncBuiltinESMExports();
if (dieAt === 0) process.on('exit', () => writeSync(2, `operations: ${count}\n`));
