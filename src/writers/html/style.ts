/**
 * How the page looks: light and dark, wide and narrow, on screen and on paper.
 */
import { LAYOUT } from './style-layout.js';
import { TABLE } from './style-table.js';

const COLOURS = `
:root {
  color-scheme: light dark;
  --page: #f6f6f4; --surface: #ffffff; --text: #1b1d22; --muted: #5b606b; --line: #dfe0e4;
  --accent: #1f55c4; --good: #12703f; --good-bg: #e5f4ea; --bad: #ab2412; --bad-bg: #fdeae6;
  --code: #f1f1ee;
  --served-remote: #c8371f; --unknown: #868c97; --served-local: #dd9a1a; --already-us-east-1: #4b7bc9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121316; --surface: #1a1c20; --text: #e8e9ed; --muted: #a1a6b1; --line: #2f323a;
    --accent: #8fb2ff; --good: #74d49c; --good-bg: #15291d; --bad: #ff9480; --bad-bg: #331a16;
    --code: #23262c;
    --served-remote: #f4694e; --unknown: #8b919d; --served-local: #eeb44a; --already-us-east-1: #78a4ee;
  }
}
`;

export const STYLE = `${COLOURS}${LAYOUT}${TABLE}`;

/** Without script nothing opens, so everything is open. */
export const NO_SCRIPT_STYLE = `
tr.detail[hidden] { display: table-row; }
.opener button, .copy, .filters { display: none; }
`;
