/** `api` of `arn:aws:iam::111122223333:role/team/api`; other names whole. */
export function shortName(principal: string): string {
  return principal.startsWith('arn:') ? principal.slice(principal.lastIndexOf('/') + 1) : principal;
}
