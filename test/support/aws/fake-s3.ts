/**
 * S3 with one bucket: listing by prefix and delimiter, and reading.
 */
import { type Answer, Loopback, type Received } from './loopback.js';

export interface FakeObject {
  readonly body: Buffer;
  readonly storageClass?: string;
  /** An archived object of which a copy was restored. */
  readonly isRestored?: boolean;
  /** The size that the list states, where it is not that of the body. */
  readonly size?: number;
  /** What reading it ends with: S3's code, status and words. */
  readonly refusal?: readonly [code: string, status: number, message?: string];
}

export interface FakeS3Options {
  readonly objects: Readonly<Record<string, FakeObject>>;
  /** Keys of a page of the list; 1,000 at AWS. */
  readonly page?: number;
}

export interface FakeS3 extends Loopback {
  /** Prefixes that were listed, and keys that were read. */
  readonly listed: string[];
  readonly read: string[];
}

export async function fakeS3(options: FakeS3Options): Promise<FakeS3> {
  const listed: string[] = [];
  const read: string[] = [];
  const server = await Loopback.start((received) => {
    const key = received.path.split('/').slice(2).join('/');
    if (received.path.split('/')[1] !== 'trail-bucket') return xmlError('NoSuchBucket', 404);
    if (received.query.get('list-type') === '2') {
      listed.push(received.query.get('prefix') ?? '');
      return list(received, options);
    }
    read.push(key);
    const object = options.objects[key];
    if (object === undefined) return xmlError('NoSuchKey', 404);
    return object.refusal === undefined ? { body: object.body } : xmlError(...object.refusal);
  });
  return Object.assign(server, { listed, read });
}

export function xmlError(code: string, status: number, message = code): Answer {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}

const RESTORED = '<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress><RestoreExpiryDate>2036-07-10T00:00:00.000Z</RestoreExpiryDate></RestoreStatus>'; // prettier-ignore

function list({ query, headers }: Received, options: FakeS3Options): Answer {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const entries = new Set<string>();
  for (const key of Object.keys(options.objects).toSorted()) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    entries.add(end < 0 ? key : key.slice(0, end + 1));
  }
  const at = Number(query.get('continuation-token') ?? '0');
  const most = Math.min(Number(query.get('max-keys') ?? '1000'), options.page ?? 1000);
  const page = [...entries].slice(at, at + most);
  const more = at + most < entries.size;
  const isWanted = headers['x-amz-optional-object-attributes'] === 'RestoreStatus';
  const body = page.map((entry) => {
    const object = options.objects[entry];
    const status = isWanted && object?.isRestored === true ? RESTORED : '';
    return object === undefined
      ? `<CommonPrefixes><Prefix>${entry}</Prefix></CommonPrefixes>`
      : `<Contents><Key>${entry}</Key><Size>${object.size ?? object.body.length}</Size><StorageClass>${object.storageClass ?? 'STANDARD'}</StorageClass>${status}</Contents>`;
  });
  return {
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0"?><ListBucketResult><Name>trail-bucket</Name><Prefix>${prefix}</Prefix><KeyCount>${page.length}</KeyCount><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${at + most}</NextContinuationToken>` : ''}${body.join('')}</ListBucketResult>`,
  };
}
