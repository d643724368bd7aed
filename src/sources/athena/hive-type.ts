/**
 * The types of table columns, as Glue writes them: `struct<type:string,sessioncontext:struct<…>>`.
 */

/** Paths of all fields, such as `sessioncontext.sessionissuer.arn`; none for a plain type. */
export function fieldsOfStruct(type: string): Set<string> {
  const fields = new Set<string>();
  const inner = /^struct<(.*)>$/s.exec(type.replace(/\s+/g, '').toLowerCase())?.[1];
  for (const field of inner === undefined ? [] : topLevel(inner)) {
    const colon = field.indexOf(':');
    const name = field.slice(0, colon);
    fields.add(name);
    for (const nested of fieldsOfStruct(field.slice(colon + 1))) fields.add(`${name}.${nested}`);
  }
  return fields;
}

/** Cuts at commas that are not inside angle or round brackets. */
function topLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let place = 0; place < text.length; place += 1) {
    const char = text[place] ?? '';
    if (char === '<' || char === '(') depth += 1;
    else if (char === '>' || char === ')') depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, place));
      start = place + 1;
    }
  }
  return [...parts, text.slice(start)];
}
