/** What a source is called where several accounts are read side by side. */
export function nameOf(source: string, account: string | undefined): string {
  return account === undefined ? source : `${source} ${account}`;
}
