import { z } from 'zod';

import { isAtLeast } from './version.js';

/**
 * The shape of `knowledge.json`. The product imports types only: the file is checked by a test, not
 * at each start.
 */

const confidence = z.enum(['high', 'medium', 'low']);

/** A word in braces or angle brackets; code of other languages has spaces or colons in its own. */
const PLACEHOLDER = /\{\s*[A-Za-z_][\w.-]*\s*\}|<\s*region\w*\s*>/gi;

function placeholdersIn(value: string): readonly string[] {
  return value.match(PLACEHOLDER) ?? [];
}

function knowsPlaceholders(value: string): boolean {
  return placeholdersIn(value).every((each) => each === '{region}');
}

/** Text in which `{region}` is filled in, and nothing else could be. */
const filled = z.string().min(1).refine(knowsPlaceholders, 'only {region} is filled in');
const text = filled.max(400);

/** Text that stands as it is. */
const plain = z
  .string()
  .min(1)
  .max(400)
  .refine((value) => placeholdersIn(value).length === 0, 'nothing is filled in here');
const IS_VERSION = /^\d+(\.\d+)+$/;
const version = z.string().regex(IS_VERSION);
const source = z.url({ protocol: /^https$/ });

const fact = z.strictObject({
  text,
  source,
  confidence,
  /** Printed with the fix; other facts only back the entry. */
  warn: z.literal(true).exactOptional(),
});

const LANGUAGES = [
  'cpp',
  'csharp',
  'go',
  'hcl',
  'ini',
  'java',
  'js',
  'json',
  'kotlin',
  'php',
  'powershell',
  'python',
  'ruby',
  'rust',
  'sh',
  'swift',
  'ts',
  'xml',
  'yaml',
] as const;

const snippet = z.strictObject({
  label: plain,
  language: z.enum(LANGUAGES),
  code: filled,
});

const step = z
  .strictObject({
    title: filled.max(100),
    detail: text,
    snippets: z.array(snippet),
    /** The default mode, or the cause, that it cures; any when left out. */
    when: z.enum(['legacy', 'regional', 'no-region', 'region-disabled']).exactOptional(),
    /** First version of the program that takes it. */
    from: version.exactOptional(),
    /** First version that no longer needs it. */
    before: version.exactOptional(),
    /** It moves nobody by itself: something to find out before anything else. */
    isSearch: z.literal(true).exactOptional(),
    /** It sets the environment, so a form made for the workload replaces its snippets. */
    isEnvironment: z.literal(true).exactOptional(),
  })
  .refine(
    ({ from, before }) => from === undefined || before === undefined || !isAtLeast(from, before),
    'from must be older than before',
  );

/** A version, or a word: it always was so, it never will be, or nobody has pinned it. */
const bound = z.union([z.enum(['always', 'never', 'unknown']), version]);

const endpoint = z
  .strictObject({
    /** First version that reads AWS_STS_REGIONAL_ENDPOINTS. */
    settingFrom: bound,
    /** First version that is Regional by default. */
    regionalFrom: bound,
    /** Where it goes when no Region is known. `mixed`: global for AssumeRole* only. */
    withoutRegion: z.enum(['global', 'mixed', 'error', 'us-east-1', 'unknown']),
    /** Legacy mode means the global endpoint for the 15 older Regions, or for all. */
    legacyRegions: z.enum(['fifteen', 'all']),
    /** Whether `sts_regional_endpoints` in the shared config is read. */
    sharedConfig: z.enum(['yes', 'needs AWS_SDK_LOAD_CONFIG=1', 'no']),
    /** First version that follows it there; `settingFrom` when left out. */
    configFrom: version.exactOptional(),
    regionVariable: z.enum(['AWS_DEFAULT_REGION', 'AWS_REGION']).nullable(),
    /** Why a caller of these rules is global, where no default and no setting is the reason. */
    cause: z.literal('region-disabled').exactOptional(),
    /** That reason in one clause, in place of the general words. */
    reason: plain.exactOptional(),
    confidence,
  })
  .refine(
    ({ settingFrom, regionalFrom }) =>
      !IS_VERSION.test(settingFrom) ||
      !IS_VERSION.test(regionalFrom) ||
      isAtLeast(regionalFrom, settingFrom),
    'the setting must come before the default',
  );

const pin = z
  .strictObject({
    /** `from <= version < before`. */
    from: version,
    before: version,
    cause: z.enum(['aws-global-region', 'legacy-setting', 'endpoint-override']),
    explanation: plain,
  })
  .refine(({ from, before }) => !isAtLeast(from, before), 'from must be older than before');

const upgrade = z.strictObject({
  /** The version to reach, of `of`; null when the cure is another major version. */
  to: version.nullable(),
  /** What is upgraded, such as `botocore`. */
  of: plain,
  /** `port` means changing code, so cheaper steps come first. */
  effort: z.enum(['update', 'port']),
  detail: text,
  command: snippet.exactOptional(),
  /** The oldest runtime that it runs on, as in `Client.runtime`, and what older ones can do. */
  needs: z
    .strictObject({
      runtime: z.string().min(1),
      from: z.string().regex(/^\d+(\.\d+)*$/),
      otherwise: text.exactOptional(),
    })
    .exactOptional(),
});

const example = z.strictObject({
  text: z.string(),
  /** `record`: a CloudTrail record. `public`: a request or test in public code. */
  origin: z.enum(['record', 'public', 'constructed']),
  /** The client that it must be taken for, when the text cannot tell this entry from another. */
  readAs: z.string().exactOptional(),
  /** Where the text stands; a user agent when left out. */
  field: z.enum(['principal', 'session-name']).exactOptional(),
});

export const clientSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1).max(60),
  /** `aws`: Amazon's own. `generic`: named by its token. `workload`: seen in userIdentity only. */
  kind: z.enum(['aws', 'tool', 'cli', 'sdk', 'generic', 'workload']),
  /**
   * Names of `Name/<version>` that say it, best first. `x*` matches the beginning of a name; after
   * `x ` the version stands behind a space. Without a version a name may be anybody's word.
   */
  tokens: z.array(z.string().min(1)).exactOptional(),
  /** Names that the client sends without a version, too telling to be anybody's word. */
  words: z.array(z.string().min(1)).exactOptional(),
  /** What its major versions, and their SDKs, have in common: an upgrade stays in the family. */
  family: z.string().min(1).exactOptional(),
  /** Whole texts. */
  texts: z.array(z.string().min(1)).exactOptional(),
  /** Beginnings of the text. */
  starts: z.array(z.string().min(1)).exactOptional(),
  /** First labels of a bare `*.amazonaws.com` name; `*` for any. */
  hosts: z.array(z.string().min(1)).exactOptional(),
  /** Major versions that the tokens must carry. */
  majors: z.array(z.int()).exactOptional(),
  /** The SDK token whose version decides. */
  sdk: z
    .strictObject({ name: z.string().min(1), tokens: z.array(z.string().min(1)).min(1) })
    .exactOptional(),
  endpoint: endpoint.exactOptional(),
  /** An SDK named in the same text decides in its place: always, or for web identities only. */
  followsSdk: z.enum(['always', 'web-identity']).exactOptional(),
  /** No SDK: the program names the host itself. */
  writesAddress: z.literal(true).exactOptional(),
  /** It has no environment variables and no files, so that only its code can name a Region. */
  hasNoEnvironment: z.literal(true).exactOptional(),
  pins: z.array(pin).exactOptional(),
  /** Settings of the tool itself. */
  steps: z.array(step).exactOptional(),
  upgrade: upgrade.exactOptional(),
  code: snippet.exactOptional(),
  /** First version that follows the code; every one when left out. */
  codeFrom: version.exactOptional(),
  proof: step.exactOptional(),
  facts: z.array(fact).min(1),
  examples: z.array(example).min(1),
});

export const knowledgeSchema = z.strictObject({ clients: z.array(clientSchema) });

export type KnownClient = z.infer<typeof clientSchema>;
export type Endpoint = z.infer<typeof endpoint>;
export type Bound = z.infer<typeof bound>;
export type Pin = z.infer<typeof pin>;
