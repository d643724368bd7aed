/**
 * What the page does when people touch it. It reads only the page, and writes only text and copies
 * of elements that are there: nothing of it could turn a value into markup.
 */
export const SCRIPT = `'use strict';
(() => {
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  root.classList.add('js');

  const announce = (text) => {
    const place = $('count');
    if (place) place.textContent = text;
  };

  // Copying. Some browsers have no clipboard for a page that was opened from a disk.
  const copy = async (button) => {
    const code = button.closest('figure').querySelector('code');
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code);
      if (!document.execCommand('copy')) return;
      getSelection().removeAllRanges();
    }
    const label = button.firstChild;
    label.data = 'Copied';
    setTimeout(() => { label.data = 'Copy'; }, 2000);
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button.copy');
    if (button) copy(button);
  });

  const table = $('table');
  if (!table) return;
  const groups = [...table.tBodies];

  // Opening rows. The steps are copied into a row when it first opens.
  const setOpen = (group, open) => {
    const button = group.querySelector('button.open');
    const detail = group.rows[1];
    button.setAttribute('aria-expanded', String(open));
    detail.hidden = !open;
    const place = detail.querySelector('[data-fix]');
    if (!open || !place) return;
    const fix = $(place.dataset.fix).cloneNode(true);
    fix.removeAttribute('id');
    place.querySelector('p').replaceWith(fix);
    place.removeAttribute('data-fix');
  };
  table.addEventListener('click', (event) => {
    const row = event.target.closest('tr.row');
    if (!row || getSelection().toString() !== '') return;
    const group = row.parentElement;
    setOpen(group, group.rows[1].hidden);
  });
  const openTarget = () => {
    const target = location.hash.startsWith('#f-') ? $(location.hash.slice(1)) : null;
    if (target) setOpen(target, true);
    const fix = location.hash.startsWith('#fix-') ? $(location.hash.slice(1)) : null;
    if (fix) fix.closest('details').open = true;
    (target || fix)?.scrollIntoView();
  };
  addEventListener('hashchange', openTarget);

  // Sorting: first the natural way of the column, then the other.
  const keyOf = (group, column) => {
    const cell = group.rows[0].cells[column];
    return cell.dataset.sort === undefined ? cell.textContent : Number(cell.dataset.sort);
  };
  const compare = (a, b) =>
    typeof a === 'number' ? a - b : a < b ? -1 : a > b ? 1 : 0;
  const sortBy = (button) => {
    const head = button.closest('th');
    const column = Number(button.dataset.column);
    const first = head.classList.contains('num') ? 'descending' : 'ascending';
    const second = first === 'ascending' ? 'descending' : 'ascending';
    const order = head.getAttribute('aria-sort') === first ? second : first;
    for (const other of head.parentElement.cells) {
      if (other.hasAttribute('aria-sort')) other.setAttribute('aria-sort', 'none');
    }
    head.setAttribute('aria-sort', order);
    const sign = order === 'ascending' ? 1 : -1;
    const keyed = groups.map((group) => [keyOf(group, column), group]);
    keyed.sort((a, b) => sign * compare(a[0], b[0]));
    table.append(...keyed.map(([, group]) => group));
  };
  table.tHead.addEventListener('click', (event) => {
    const button = event.target.closest('button.sort');
    if (button) sortBy(button);
  });

  // Filtering. The text of a row is read once, when somebody first searches.
  const form = $('filters');
  let texts = null;
  const textOf = (group) => {
    texts ??= new Map(groups.map((one) => [one, one.textContent.toLowerCase()]));
    return texts.get(group);
  };
  const filter = () => {
    const wanted = Object.fromEntries(new FormData(form));
    const words = wanted.search.toLowerCase().split(/\\s+/).filter(Boolean);
    const choices = Object.entries(wanted).filter(([name, value]) => name !== 'search' && value);
    let shown = 0;
    for (const group of groups) {
      const fits =
        choices.every(([name, value]) => group.dataset[name] === value) &&
        (words.length === 0 || words.every((word) => textOf(group).includes(word)));
      group.hidden = !fits;
      if (fits) shown += 1;
    }
    $('none').hidden = shown > 0;
    announce(shown === groups.length ? shown + ' shown' : shown + ' of ' + groups.length + ' shown');
  };
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  openTarget();
})();
`;
