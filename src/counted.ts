/** Numbers of things in sentences, the same in notes, gaps and reports. */

/** `1234567` as `1,234,567`. `toLocaleString` would load the data of all languages at the start. */
export function number(value: number): string {
  const [whole = '', fraction] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `1 call`, `2 calls`; words that do not take an s, and verbs, are given in full. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}
