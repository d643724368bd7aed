/**
 * What a Hive statement that creates an external table says, of the form that the product prints
 * and AWS documents.
 */

export interface HiveColumn {
  readonly name: string;
  /** As Glue writes types: lower case, no blanks. */
  readonly type: string;
}

export interface HiveTable {
  readonly database: string;
  readonly name: string;
  readonly columns: readonly HiveColumn[];
  readonly partitions: readonly HiveColumn[];
  readonly location: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** Throws when the statement has another form. */
export function parseHiveTable(statement: string): HiveTable {
  const text = statement.replaceAll(/^\s*--.*$/gm, '');
  const name = /CREATE EXTERNAL TABLE `?(\w+)`?\.`?(\w+)`?\s*\(/.exec(text);
  const partitions = /PARTITIONED BY\s*\(/.exec(text);
  const location = /LOCATION\s+'([^']*)'/.exec(text)?.[1];
  if (name === null || location === undefined) throw new Error(`not a Hive table: ${text}`);
  return {
    database: name[1] ?? '',
    name: name[2] ?? '',
    columns: columnsAt(text, name.index + name[0].length),
    partitions: partitions === null ? [] : columnsAt(text, partitions.index + partitions[0].length),
    location,
    properties: Object.fromEntries(
      [...text.matchAll(/'([\w.-]+)'\s*=\s*'([^']*)'/g)].map(([, key = '', value = '']) => [
        key,
        value,
      ]),
    ),
  };
}

/** The columns from a place after an opening bracket to the closing one. */
function columnsAt(text: string, start: number): HiveColumn[] {
  return splitAtCommas(text.slice(start, closing(text, start))).map((column) => {
    const [, name = '', type = ''] = /^`?(\w+)`?\s+(.*)$/s.exec(column.trim()) ?? [];
    return { name, type: type.toLowerCase().replaceAll(/\s/g, '') };
  });
}

function closing(text: string, start: number): number {
  let depth = 1;
  let place = start;
  for (; depth > 0 && place < text.length; place += 1) {
    if (text[place] === '(') depth += 1;
    if (text[place] === ')') depth -= 1;
  }
  return place - 1;
}

/** Cuts at commas that are not inside angle brackets. */
function splitAtCommas(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if (char === '<') depth += 1;
    if (char === '>') depth -= 1;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}
