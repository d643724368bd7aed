import { Loopback } from './loopback.js';
import { xmlError } from './fake-s3.js';

export interface Bucket extends Loopback {
  /** Texts by key. */
  readonly objects: Map<string, string>;
}

/** An S3 bucket that can be written: PutObject, GetObject, ListObjectsV2 by prefix, DeleteObjects. */
export async function writableBucket(): Promise<Bucket> {
  const objects = new Map<string, string>();
  const server = await Loopback.start(({ method, path, query, body }) => {
    const key = path.split('/').slice(2).join('/');
    if (method === 'PUT') {
      objects.set(key, body);
      return {};
    }
    if (method === 'POST' && query.has('delete')) {
      for (const [, name = ''] of body.matchAll(/<Key>(.*?)<\/Key>/g)) objects.delete(name);
      return xml('<DeleteResult/>');
    }
    if (query.get('list-type') === '2') return xml(list([...objects.keys()], query.get('prefix') ?? ''));
    const object = objects.get(key);
    return object === undefined ? xmlError('NoSuchKey', 404) : { body: object };
  });
  return Object.assign(server, { objects });
} // prettier-ignore

function xml(body: string): { headers: Record<string, string>; body: string } {
  return { headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0"?>${body}` };
}

function list(keys: readonly string[], prefix: string): string {
  const found = keys.filter((key) => key.startsWith(prefix)).toSorted();
  const contents = found.map((key) => `<Contents><Key>${key}</Key></Contents>`);
  return `<ListBucketResult><KeyCount>${found.length}</KeyCount><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`;
}
