/** Names have up to 2,048 characters, and a ticket has room for some of them only. */
const MOST_CHARACTERS = 2000;
const MOST_ITEMS = 15;

/** An item a line, as many as fit, and how many do not; '' without any. */
export function listOf(items: readonly string[], more: (count: number) => string): string {
  const shown: string[] = [];
  let left = MOST_CHARACTERS;
  for (const item of items.slice(0, MOST_ITEMS)) {
    left -= item.length;
    if (left < 0) break;
    shown.push(`- ${item}`);
  }
  const missing = items.length - shown.length;
  return [...shown, ...(missing > 0 ? [`- ${more(missing)}`] : [])].join('\n');
}
