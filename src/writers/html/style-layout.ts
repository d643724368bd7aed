export const LAYOUT = `
* { box-sizing: border-box; }
html { background: var(--page); color: var(--text); scroll-behavior: smooth; }
body { margin: 0; overflow-wrap: break-word; font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { max-width: 1340px; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .2rem 0 .5rem; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1.2rem; margin: 0 0 .75rem; }
h3 { font-size: .95rem; margin: 0 0 .4rem; }
h4 { font-size: .95rem; margin: 0; }
p { margin: 0 0 .75rem; }
a { color: var(--accent); overflow-wrap: anywhere; }
code, pre { font: .92em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { overflow-wrap: anywhere; }
section { margin-top: 2.5rem; }
button, input, select { font: inherit; color: inherit; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.hidden-text { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.eyebrow { color: var(--muted); font-size: .8rem; font-weight: 600; letter-spacing: .04em; margin: 0; }
.lede { font-size: 1.05rem; color: var(--muted); }
.lede strong { color: var(--text); }
.num { text-align: right; font-variant-numeric: tabular-nums; }
.note { display: block; color: var(--muted); font-size: .85rem; }
.callout { background: var(--surface); border: 1px solid var(--line); border-left: 4px solid var(--muted); border-radius: 6px; padding: .7rem 1rem; }
.callout.good { border-left-color: var(--good); background: var(--good-bg); }
.callout.bad { border-left-color: var(--bad); background: var(--bad-bg); }
.tiles { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: .75rem; list-style: none; margin: 1.5rem 0 0; padding: 0; }
.tile { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1rem; display: flex; flex-direction: column; gap: .15rem; }
.tile .label .term { white-space: nowrap; }
.tile .label { color: var(--muted); font-size: .8rem; font-weight: 600; }
.tile .value { font-size: 1.7rem; font-weight: 650; line-height: 1.15; overflow-wrap: anywhere; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
.tile.good .value, .tile .good { color: var(--good); }
.tile.bad .value, .tile .bad { color: var(--bad); }
.tile svg { display: block; border-radius: 3px; margin: .2rem 0; }
.changes { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: .75rem; }
.change { background: var(--surface); border: 1px solid var(--line); border-top: 3px solid var(--muted); border-radius: 8px; padding: .8rem 1rem; }
.change.good { border-top-color: var(--good); }
.change.bad { border-top-color: var(--bad); }
.change ul { margin: 0; padding-left: 1.1rem; }
.change li { margin-bottom: .35rem; }
.changes + .callout { margin-top: .75rem; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; margin: 0 0 .75rem; padding: 0; color: var(--muted); font-size: .88rem; }
.swatch { display: inline-block; width: .75em; height: .75em; border-radius: 2px; margin-right: .45em; }
.swatch.served-remote { background: var(--served-remote); }
.swatch.unknown { background: var(--unknown); }
.swatch.served-local { background: var(--served-local); }
.swatch.already-us-east-1 { background: var(--already-us-east-1); }
rect.served-remote { fill: var(--served-remote); }
rect.unknown { fill: var(--unknown); }
rect.served-local { fill: var(--served-local); }
rect.already-us-east-1 { fill: var(--already-us-east-1); }
rect.by-north-virginia { fill: var(--text); }
rect.by-unknown { fill: color-mix(in srgb, var(--text) 45%, var(--surface)); }
rect.by-others { fill: var(--line); }
.chart { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; margin: 0; padding: 1rem 1.1rem; min-width: 0; }
.chart figcaption { font-weight: 600; margin-bottom: .5rem; }
.chart figcaption .note { font-weight: 400; }
.axis.total { fill: var(--text); font-weight: 600; }
.chart svg { display: block; }
.plot { display: grid; grid-template-columns: 40px minmax(0, 1fr); }
.plot svg { overflow: visible; }
.grid { stroke: var(--line); stroke-width: 1; }
.axis { fill: var(--muted); font-size: 11.5px; font-variant-numeric: tabular-nums; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; margin-top: .75rem; }
.bars { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem; }
.bars li { display: grid; grid-template-columns: 1fr auto; gap: .1rem .75rem; font-size: .88rem; }
.bars .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars svg { grid-column: 1 / -1; border-radius: 3px; }
.numbers { margin-top: .75rem; font-size: .85rem; color: var(--muted); }
.scroll { overflow: auto; max-height: 18rem; }
.numbers table { border-collapse: collapse; width: 100%; }
.numbers th, .numbers td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid var(--line); }
.numbers th:first-child { text-align: left; }
.facts, .seen dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: 0; }
dt { color: var(--muted); }
dd { margin: 0; grid-column: 2; min-width: 0; overflow-wrap: anywhere; }
.facts + h3, .gaps + h3 { margin-top: 1.25rem; }
.gaps { padding-left: 1.1rem; }
summary { cursor: pointer; padding: .3rem 0; }
footer { margin-top: 3rem; color: var(--muted); font-size: .85rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media (max-width: 900px) { .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } .tile:first-child { grid-column: 1 / -1; } }
@media (max-width: 700px) {
  main { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.5rem; }
  .tile { padding: .8rem; }
  .tile .value { font-size: clamp(1.05rem, 5.4vw, 1.4rem); }
  .pair { grid-template-columns: minmax(0, 1fr); }
  .axis.odd { display: none; }
  .facts, .seen dl { grid-template-columns: 1fr; gap: 0; }
  .facts dd, .seen dd { grid-column: 1; margin-bottom: .4rem; }
}
@media print {
  :root { --page: #fff; --surface: #fff; --text: #000; --muted: #444; --line: #bbb; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  section { margin-top: 1.5rem; }
  .chart, .tile, .change { break-inside: avoid; }
  rect, .swatch { print-color-adjust: exact; }
}
`;
