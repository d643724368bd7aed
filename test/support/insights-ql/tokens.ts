/**
 * The words of a query of Logs Insights.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export interface Token {
  readonly kind: 'pattern' | 'text' | 'number' | 'name' | 'sign';
  /** Without the quotes or slashes around it. */
  readonly text: string;
}

const TOKEN =
  /\/(?<pattern>(?:\\.|[^/\\\n])+)\/|"(?<text>(?:\\.|[^"\\])*)"|(?<number>\d+)|(?<name>@?[A-Za-z_][\w.]*)|(?<sign>[<>!]=|[(),*=<>[\]])|\s+/gy;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    end = match.index + match[0].length;
    const found = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined);
    if (found !== undefined) tokens.push({ kind: found[0] as Token['kind'], text: found[1] });
  }
  if (end !== text.length) throw new Error(`not understood: ${text.slice(end)}`);
  return tokens;
}

/** The parts between commas that are not inside of brackets. */
export function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'sign' && '(['.includes(token.text)) depth += 1;
    if (token.kind === 'sign' && ')]'.includes(token.text)) depth -= 1;
    if (token.kind === 'sign' && token.text === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
