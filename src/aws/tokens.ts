/**
 * Pages of a result, as a server hands them out by tokens.
 */

/** Pages came back in a way that cannot be complete. */
export class LostPages extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LostPages';
  }
}

/** More pages than any result of these services has, for one that would never end. */
const MOST_PAGES = 1_000_000;

/**
 * Yields pages until one has no token. Throws LostPages when a token comes again, which would go
 * round for ever.
 */
export async function* pages<P>(
  read: (token: string | undefined) => Promise<P>,
  tokenOf: (page: P) => string | undefined,
  first?: string,
): AsyncGenerator<P, void> {
  const known = new Set<string>();
  let token = first;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page = await read(token);
    yield page;
    token = tokenOf(page);
    if (token === undefined || token === '') return;
    if (known.has(token)) throw new LostPages('the server gave the same page token twice');
    known.add(token);
  }
  throw new LostPages('the server gives pages without end');
}
