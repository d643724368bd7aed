import type { KnownClient } from './knowledge-schema.js';
import type { Match, Table } from './recognise.js';

import { isBareName, OTHER_NAMES, ownNameIn, wordIn } from './other-names.js';
import {
  isPlatform,
  PLATFORM_NAMES,
  platformOfGo,
  platformOfWord,
  runtimeOf,
  systemIn,
  systemOfPlatform,
  type Platform,
} from './platform.js';
import { BEGINNINGS, METADATA, NAMES } from './recognise.js';
import { nothingRead, type Reading } from './sightings.js';
import { isComment, scan, separatorIn } from './user-agent.js';
import { readVersion, versionIn } from './version.js';
import { Vocabulary, type Term } from './vocabulary.js';

/** Where a word stands in the text, and where its value starts: at `end` when it has none. */
interface Word {
  readonly text: string;
  readonly start: number;
  readonly value: number;
  readonly end: number;
}

type Reader = (reading: Reading, word: Word) => void;

const valueOf = ({ text, value, end }: Word): string => text.slice(value, end);

function notePlatform(reading: Reading, platform: Platform): void {
  reading.runtime ??= platform.runtime;
  reading.system ??= platform.system;
}

function hasMajor(client: KnownClient, version: string | null): boolean {
  if (!client.majors) return true;
  return version !== null && client.majors.includes(Number.parseInt(version, 10));
}

function isNews(reading: Reading, match: Match): boolean {
  const known = reading[match.role];
  return known === null || match.rank < known.rank;
}

/** The version of a word; Hadoop puts a space between name and version. */
function versionOf(word: Word, { form }: Match): string | null {
  if (form !== 'space') return versionIn(valueOf(word));
  return word.value < word.end
    ? null
    : readVersion(word.text.slice(word.end, word.end + 40).trimStart());
}

function readMatch(reading: Reading, word: Word, match: Match, token: string): void {
  const { client, role, rank, form } = match;
  const found = versionOf(word, match);
  if (found === null && form !== 'word') return;
  const isPart = reading.isCut && word.value + (found?.length ?? 0) === word.text.length;
  const version = isPart ? null : found;
  // Of two names of one client the one with a version says more.
  if (version === null && reading[role]?.client === client) return;
  if (hasMajor(client, version)) reading[role] = { client, rank, token, version };
}

/** Whether the word names a product in a version that is none of its known ones. */
function isUnknownMajor(word: Word, matches: readonly Match[]): boolean {
  const version = versionIn(valueOf(word));
  if (version === null) return false;
  return matches.every(({ role, client }) => role === 'product' && !hasMajor(client, version));
}

function readerOf(matches: readonly Match[], token: string): Reader {
  const hasMajors = matches.every(({ client }) => client.majors);
  return (reading, word) => {
    for (const match of matches) {
      if (isNews(reading, match)) readMatch(reading, word, match, token);
    }
    if (hasMajors && isUnknownMajor(word, matches)) reading.isUnknownMajor = true;
  };
}

function readerOfPlatform(name: string): Reader {
  return (reading, word) => {
    if (reading.runtime !== null && reading.system !== null) return;
    notePlatform(reading, platformOfWord(name, valueOf(word)));
  };
}

/** A reader that keeps the first value as it stands. */
function keep(field: 'environment' | 'application' | 'command'): Reader {
  return (reading, word) => {
    reading[field] ??= valueOf(word);
  };
}

/** The PHP SDK writes AWS_EXECUTION_ENV without `exec-env/` before it. */
const readBareEnvironment: Reader = (reading, { text, start, end }) => {
  reading.environment ??= text.slice(start, end);
};

const readSystem: Reader = (reading, word) => {
  reading.system ??= systemIn(valueOf(word));
};

const readLanguage: Reader = (reading, { text, value, end }) => {
  if (reading.runtime !== null) return;
  const separator = separatorIn(text, value, end);
  reading.runtime = runtimeOf(text.slice(value, separator), text.slice(separator + 1, end));
};

/** Go SDK v1 writes the comment `(go1.19.3; linux; amd64)`. */
function readComment(reading: Reading, text: string, start: number, end: number): void {
  if (text.startsWith('go', start)) notePlatform(reading, platformOfGo(text.slice(start + 2, end)));
}

const COMMA = 44;
const LETTER_N = 78;

/** Feature N of `m/E,N,b` says that an endpoint was configured. */
const readFeatures: Reader = (reading, { text, value, end }) => {
  for (let index = value; index < end; index += 1) {
    if (text.charCodeAt(index) !== LETTER_N) continue;
    const isFirst = index === value || text.charCodeAt(index - 1) === COMMA;
    const isLast = index + 1 === end || text.charCodeAt(index + 1) === COMMA;
    if (isFirst && isLast) reading.override = true;
  }
};

const ignore: Reader = () => {};

function onSystem(system: string): Reader {
  return (reading) => {
    reading.system ??= system;
  };
}

const readOtherSdk: Reader = (reading, word) => {
  const name = word.text.slice(word.start, word.value - 1);
  reading.otherSdk ??= { name, version: readVersion(valueOf(word)) };
};

function term(name: string, meaning: Reader, isBeginning = false): Term<Reader> {
  return { name, meaning, isBeginning };
}

function termsOf(table: Table, isBeginning = false): Term<Reader>[] {
  return [...table].map(([name, matches]) => term(name, readerOf(matches, name), isBeginning));
}

function readOwnName(reading: Reading, text: string, start: number, end: number): void {
  reading.ownName ??= ownNameIn(text, start, end);
  // Before the SDK only the first word is surely that of the program.
  if (reading.sdk === null && start > 0) return;
  const word = wordIn(text, start, end);
  if (word === null) return;
  if (isPlatform(word)) reading.system ??= systemOfPlatform(word);
  else if (isBareName(word)) reading.bareName ??= word;
}

/** Has the vocabulary read the word of `text` between two indices. */
function readWord(
  words: Vocabulary<Reader>,
  reading: Reading,
  text: string,
  start: number,
  end: number,
): void {
  const known = words.find(text, start, end);
  if (known === undefined) {
    if (words === WORDS) readOwnName(reading, text, start, end);
    return;
  }
  const behind = start + known.name.length;
  const separator = known.isBeginning ? separatorIn(text, behind, end) : behind;
  known.meaning(reading, { text, start, value: Math.min(separator + 1, end), end });
}

const INNER_WORDS = new Vocabulary([
  ...termsOf(METADATA),
  term('command', keep('command')),
  term('nodejs', readerOfPlatform('nodejs')),
]);

/** `md/command#sts.assume-role`: a word in a word. */
const readMetadata: Reader = (reading, { text, value, end }) => {
  readWord(INNER_WORDS, reading, text, value, end);
};

/** The words of the grammar, of known clients, and of platforms. */
const WORDS = new Vocabulary([
  term('md', readMetadata),
  term('lang', readLanguage),
  term('m', readFeatures),
  term('os', readSystem),
  term('OS', readSystem),
  term('exec-env', keep('environment')),
  term('app', keep('application')),
  term('command', keep('command')),
  ...termsOf(NAMES),
  ...PLATFORM_NAMES.map((name) => term(name, readerOfPlatform(name))),
  ...OTHER_NAMES.map((name) => term(name, ignore)),
  ...termsOf(BEGINNINGS, true),
  term('aws-sdk-', readOtherSdk, true),
  term('Windows_', onSystem('Windows'), true),
  term('Mac_OS_X', onSystem('macOS')),
  term('AWS_Lambda_', readBareEnvironment, true),
  term('AWS_ECS_', readBareEnvironment, true),
]);

/** Reads every word of a user agent. */
export function readWords(text: string, isCut: boolean): Reading {
  const reading = nothingRead(isCut);
  scan(text, (start, end) => {
    if (isComment(text, start)) readComment(reading, text, start + 1, end);
    else readWord(WORDS, reading, text, start, end);
  });
  return reading;
}
