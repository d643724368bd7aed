/** Lake's query, with the store's id as a name that other engines take. */
export function quoteDataStore(query: string, store: string): string {
  return query.replace(`FROM ${store}`, `FROM "${store}"`);
}
