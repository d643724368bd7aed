export const TABLE = `
.filters { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin-bottom: .75rem; }
.filters label { display: grid; gap: .15rem; font-size: .8rem; font-weight: 600; color: var(--muted); }
.filters .wide { flex: 1 1 15rem; }
.filters input, .filters select { background: var(--surface); border: 1px solid var(--line); border-radius: 6px; padding: .4rem .55rem; font-weight: 400; color: var(--text); width: 100%; max-width: 100%; min-height: 2.25rem; }
.filters select { max-width: 15rem; }
.count { margin: 0 0 .45rem; color: var(--muted); font-size: .88rem; min-width: 6rem; }
.table { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
/* Columns of fixed width spare the browser a measure of every row. */
.findings { width: 100%; border-collapse: collapse; table-layout: fixed; }
.findings thead th { position: sticky; top: 0; background: var(--surface); text-align: left; font-size: .8rem; border-bottom: 1px solid var(--line); padding: 0; z-index: 1; }
.findings thead th:first-child { border-top-left-radius: 10px; }
.findings thead th:last-child { border-top-right-radius: 10px; }
.findings thead .num { text-align: right; }
.sort { all: unset; cursor: pointer; white-space: nowrap; padding: .6rem .7rem; color: var(--muted); font-weight: 600; }
.sort:focus-visible { outline: 2px solid var(--accent); outline-offset: -3px; border-radius: 4px; }
.sort::after { content: ' \\2195'; content: ' \\2195' / ''; opacity: .35; }
[aria-sort='ascending'] .sort::after { content: ' \\2191'; content: ' \\2191' / ''; opacity: 1; }
[aria-sort='descending'] .sort::after { content: ' \\2193'; content: ' \\2193' / ''; opacity: 1; }
.findings .row td { padding: .55rem .7rem; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.findings tbody:last-child .row td { border-bottom-color: transparent; }
.findings [data-label='Risk'], .findings [data-label='Account'], .findings [data-label='Last seen'] { white-space: nowrap; }
.findings tbody { scroll-margin-top: 3rem; }
.findings th[data-label='Risk'] { width: 9.5rem; }
.findings th[data-label='Account'] { width: 8.2rem; }
.findings th[data-label='Owner'] { width: 7.5rem; }
.findings th[data-label='Calls'] { width: 5.8rem; }
.findings th[data-label='Last seen'] { width: 7.2rem; }
.findings th[data-label='Change'] { width: 6.8rem; }
.js .findings .row { cursor: pointer; }
.findings .row:hover { background: color-mix(in srgb, var(--accent) 5%, transparent); }
.findings .ignored .row { color: var(--muted); }
.findings .opener { width: 2.4rem; padding-right: 0 !important; }
.open { all: unset; cursor: pointer; width: 1.5rem; height: 1.5rem; display: grid; place-items: center; border-radius: 4px; }
.open:focus-visible { outline: 2px solid var(--accent); }
.open::before { content: ''; width: .45rem; height: .45rem; border: solid var(--muted); border-width: 0 2px 2px 0; transform: rotate(-45deg); transition: transform .12s; }
.open[aria-expanded='true']::before { transform: rotate(45deg); }
.sub { display: block; color: var(--muted); font-size: .82rem; overflow-wrap: anywhere; }
.mark { font-style: italic; }
.badge { display: inline-block; font-size: .8rem; font-weight: 600; padding: .05rem .5rem; border-radius: 99px; border: 1.5px solid; }
.badge.served-remote { border-color: var(--served-remote); background: color-mix(in srgb, var(--served-remote) 14%, transparent); }
.badge.unknown { border-color: var(--unknown); background: color-mix(in srgb, var(--unknown) 14%, transparent); }
.badge.served-local { border-color: var(--served-local); background: color-mix(in srgb, var(--served-local) 14%, transparent); }
.badge.already-us-east-1 { border-color: var(--already-us-east-1); background: color-mix(in srgb, var(--already-us-east-1) 14%, transparent); }
.detail > td { padding: 1rem 1.2rem 1.4rem 3.1rem; border-bottom: 1px solid var(--line); background: color-mix(in srgb, var(--text) 2.5%, transparent); }
.details { display: grid; grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); gap: 2rem; }
.seen { font-size: .88rem; }
.details .fix > h3 { display: none; }
.fix ol { margin: 0 0 .75rem; padding-left: 1.3rem; }
.fix li { margin-bottom: .9rem; }
.fix li::marker { font-weight: 600; }
.verify { margin-top: 1rem; }
.callout ul { margin: .2rem 0 0; padding-left: 1.1rem; }
.callout li { margin-bottom: .3rem; }
.snippet { margin: .5rem 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; background: var(--code); }
.snippet figcaption { display: flex; justify-content: space-between; align-items: center; gap: 1rem; font-size: .8rem; color: var(--muted); padding: .25rem .3rem .25rem .7rem; border-bottom: 1px solid var(--line); }
.snippet pre { margin: 0; padding: .6rem .7rem; overflow-x: auto; }
.snippet code { overflow-wrap: normal; }
.copy { display: none; }
.js .copy { display: inline-block; background: var(--surface); border: 1px solid var(--line); border-radius: 5px; padding: .15rem .6rem; cursor: pointer; color: var(--text); min-height: 1.75rem; }
.fixes .fix { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.2rem; margin-top: .75rem; }
.none { color: var(--muted); padding: 1rem; }
@media screen and (max-width: 980px) {
  .findings, .findings tbody, .findings tr, .findings td { display: block; }
  .findings [hidden] { display: none; }
  .findings thead { display: none; }
  .js .findings thead, .js .findings thead tr { display: flex; flex-wrap: wrap; }
  .findings thead th { position: static; width: auto !important; border: 0; }
  .findings thead .opener { display: none; }
  .findings tbody { border-bottom: 1px solid var(--line); }
  .findings tbody:last-child { border-bottom: 0; }
  .findings .row { position: relative; padding: .7rem 2.8rem .7rem 1rem; }
  .findings .row td { border: 0; padding: .1rem 0; white-space: normal !important; text-align: left; }
  .findings .row td:empty { display: none; }
  .findings .row td::before { content: attr(data-label) ': '; color: var(--muted); font-size: .82rem; }
  .findings .row [data-label='Risk']::before, .findings .row [data-label='Principal']::before { content: none; }
  .findings .row .opener { position: absolute; right: .7rem; top: .6rem; }
  .findings .row .opener::before { content: none; }
  .open { width: 2rem; height: 2rem; }
  .details { grid-template-columns: minmax(0, 1fr); gap: 1.2rem; }
  .findings .detail > td { padding: 1rem; }
  .filters select { max-width: none; }
  .filters label { flex: 1 1 8rem; }
}
@media print {
  .numbers, .js .copy, .filters, .opener button { display: none; }
  .table { border: 0; }
  .findings { table-layout: auto; font-size: 8pt; }
  .findings thead th { position: static; width: auto !important; }
  .findings .opener { display: none; }
  .findings .row td, .findings .sort { padding: .3rem .4rem; }
  .findings .row td:not([data-label='Principal'], [data-label='Client']) { overflow-wrap: normal; }
  .badge, .sub { font-size: 7pt; }
  .detail > td { padding: .6rem .4rem; }
  .findings tr { break-inside: avoid; }
  .sort::after { content: none; }
}
`;
