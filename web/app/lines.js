// The lines of a voucher that is being written: which holding gives how much to which.

import * as api from './api.js';
import { fill, h, newId } from './dom.js';
import { t } from './i18n.js';
import { area, decimal, plain, sum } from './numbers.js';
import { toastProblem } from './toast.js';
import { KINDS } from './vocabulary.js';
import { word } from './words.js';

/** @typedef {{ account: string, plot: number, parcel?: number | null }} Holding */
/** @typedef {{ plot: number, from: string, fromParcel: string, to: string, toPlot: string, toParcel: string, area_m2: string }} Line a line as it is typed */
/** @typedef {{ account: string, parcel?: number | null, area_m2: string }} Held */

/**
 * An editor of lines. It asks what each plot holds and offers it.
 * @param {{ county: string, signal: AbortSignal, kind: () => string, changed: () => void }} options
 */
export function linesEditor({ county, signal, kind, changed }) {
  /** @type {Line[]} */
  let lines = [];
  /** @type {Map<number, { code: string, held: Held[] }>} */
  const plots = new Map();
  /** Moves that are allowed besides those of the kind: of the voucher that is corrected. @type {[string, string][] | null} */
  let moves = null;
  const body = h('tbody');
  const total = h('td', { class: 'number' });
  const find = newId('find-plot');
  const suggestions = newId('plots');
  const search = h('input', { id: find, list: suggestions, maxlength: 50, placeholder: t('地块编号或系统编号', 'Code or id of a plot') });
  const list = h('datalist', { id: suggestions });
  search.addEventListener('input', async () => {
    const text = search.value.trim();
    if (!text) return;
    try {
      const { items } = await api.get('/api/v1/counties/{county}/plots', { path: { county }, query: { code_prefix: text, limit: 15 }, signal });
      fill(list, items.map((one) => h('option', { value: one.code }, `${one.name ?? ''} ${one.location ?? ''}`)));
    } catch {
      // Suggestions are a help.
    }
  });
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      void addPlot(search.value.trim());
    }
  });

  /** @param {string} text */
  async function addPlot(text) {
    if (!text) return;
    try {
      let id = /^\d{10,15}$/.test(text) ? Number(text) : null;
      if (id === null) {
        const { items } = await api.get('/api/v1/counties/{county}/plots', { path: { county }, query: { code_prefix: text, limit: 2 }, signal });
        id = (items.find(({ code }) => code === text) ?? (items.length === 1 ? items[0] : null))?.id ?? null;
      }
      if (id === null) throw new Error(t(`没有地块 ${text}`, `There is no plot ${text}`));
      await know(id);
      propose(id);
      search.value = '';
      draw();
      changed();
    } catch (error) {
      toastProblem(error);
    }
  }

  /** @param {number} id */
  async function know(id) {
    if (plots.has(id)) return;
    const path = { county, id: String(id) };
    const [plot, land] = await Promise.all([
      api.get('/api/v1/counties/{county}/plots/{id}', { path, signal }),
      api.get('/api/v1/counties/{county}/plots/{id}/land', { path, signal }),
    ]);
    plots.set(id, { code: plot.code, held: land.holdings });
    if (land.holdings.length === 0) plots.set(id, { code: plot.code, held: [{ account: 'outside', area_m2: plot.area_m2 }] });
  }

  const allowed = () => moves ?? KINDS[kind()]?.moves ?? [];

  /** A line for each holding of the plot that this kind may take from. @param {number} id */
  function propose(id) {
    const held = plots.get(id)?.held ?? [];
    const pairs = allowed();
    const fitting = held.filter(({ account }) => pairs.some(([from]) => from === account));
    if (fitting.length === 0) {
      const [from = 'outside', to = 'unsupplied'] = pairs[0] ?? [];
      lines.push({ plot: id, from, fromParcel: '', to, toPlot: '', toParcel: '', area_m2: '' });
    }
    for (const one of fitting) {
      const to = pairs.find(([from]) => from === one.account)?.[1] ?? 'unsupplied';
      const keeps = to !== 'unsupplied' && one.parcel ? String(one.parcel) : '';
      lines.push({ plot: id, from: one.account, fromParcel: one.parcel ? String(one.parcel) : '', to, toPlot: '', toParcel: keeps, area_m2: trimmed(one.area_m2) });
    }
  }

  /** @param {string} text */
  function trimmed(text) {
    const value = decimal(text);
    if (!value) return text;
    let { units, scale } = value;
    while (scale > 0 && units % 10n === 0n) {
      units /= 10n;
      scale -= 1;
    }
    return plain({ units, scale });
  }

  /** @param {Line} line */
  const heldBy = (line) =>
    plots.get(line.plot)?.held.find(({ account, parcel }) => account === line.from && String(parcel ?? '') === line.fromParcel)?.area_m2;

  function draw() {
    fill(
      body,
      lines.map((line, at) => {
        const pairs = allowed();
        /** @param {keyof Line} member @param {string} label @param {string[]} codes */
        const accounts = (member, label, codes) =>
          h(
            'select',
            { 'aria-label': `${label} ${at + 1}`, onchange: (/** @type {Event} */ { target }) => { set(line, member, /** @type {HTMLSelectElement} */ (target).value); draw(); } },
            [...new Set([.../** @type {string[]} */ (codes), String(line[member])])].map((code) => h('option', { value: code, selected: code === line[member] }, word('Account', code))),
          );
        /** @param {keyof Line} member @param {string} label @param {string} [kindOf] */
        const input = (member, label, kindOf) =>
          h('input', { 'aria-label': `${label} ${at + 1}`, class: kindOf, value: line[member], maxlength: 60, inputmode: kindOf === 'number' ? 'decimal' : null, oninput: (/** @type {Event} */ { target }) => set(line, member, /** @type {HTMLInputElement} */ (target).value.trim()) });
        const held = heldBy(line);
        return h(
          'tr',
          null,
          h('th', { scope: 'row' }, plots.get(line.plot)?.code ?? String(line.plot)),
          h('td', null, accounts('from', t('自科目', 'From account'), pairs.map(([from]) => from)), held !== undefined && h('div', { class: 'quiet small' }, t('现有', 'holds'), ' ', area(held, 'm2'), ' m²')),
          h('td', null, input('fromParcel', t('自宗地', 'From parcel'))),
          h('td', null, accounts('to', t('至科目', 'To account'), pairs.filter(([from]) => from === line.from).map(([, to]) => to))),
          h('td', null, input('toParcel', t('至宗地', 'To parcel'))),
          ['boundary_adjustment', 'relocation'].includes(kind()) && h('td', null, input('toPlot', t('至地块', 'To plot'))),
          h('td', null, input('area_m2', t('面积', 'Area'), 'number')),
          h('td', null, h('button', { type: 'button', class: 'icon', 'aria-label': t(`删除第 ${at + 1} 行`, `Remove line ${at + 1}`), onclick: () => { lines = lines.filter((one) => one !== line); draw(); changed(); } }, '×')),
        );
      }),
    );
    if (lines.length === 0) fill(body, h('tr', null, h('td', { class: 'empty', colspan: 8 }, t('请在下面加入地块', 'Add a plot below'))));
    fill(heads, heading());
    addUp();
  }

  function addUp() {
    fill(total, area(sum(lines.map(({ area_m2 }) => area_m2)), 'm2'), ' m²');
  }

  /** @param {Line} line @param {keyof Line} member @param {string} value */
  function set(line, member, value) {
    Object.assign(line, { [member]: value });
    addUp();
    changed();
  }

  const heading = () => [
    h('th', { scope: 'col' }, t('地块', 'Plot')),
    h('th', { scope: 'col' }, t('自科目', 'From')),
    h('th', { scope: 'col' }, t('自宗地', 'From parcel')),
    h('th', { scope: 'col' }, t('至科目', 'To')),
    h('th', { scope: 'col' }, t('至宗地', 'To parcel')),
    ['boundary_adjustment', 'relocation'].includes(kind()) && h('th', { scope: 'col' }, t('至地块', 'To plot')),
    h('th', { scope: 'col', class: 'number' }, t('面积(m²)', 'Area (m²)')),
    h('td'),
  ];
  const heads = h('tr');
  const element = h(
    'div',
    { class: 'lines' },
    h(
      'div',
      { class: 'table-scroll plain' },
      h('table', { class: 'table' }, h('caption', { class: 'visually-hidden' }, t('分录', 'Lines')), h('thead', null, heads), body, h('tfoot', null, h('tr', null, h('th', { scope: 'row' }, t('合计', 'Total')), h('td', { colspan: 4 }), total, h('td')))),
    ),
    h('div', { class: 'buttons add-plot' }, h('label', { for: find }, t('加入地块', 'Add a plot')), search, list, h('button', { type: 'button', onclick: () => void addPlot(search.value.trim()) }, t('加入', 'Add'))),
  );
  draw();

  return {
    element,
    draw,
    addPlot,
    get lines() {
      return lines;
    },
    /** @param {Line[]} kept @param {[string, string][] | null} [also] */
    async restore(kept, also = null) {
      moves = also;
      for (const { plot } of kept) await know(plot).catch(toastProblem);
      lines = kept;
      draw();
    },
    /** The kind changed: lines take the moves it allows. */
    retake() {
      const ids = [...new Set(lines.map(({ plot }) => plot))];
      lines = [];
      for (const id of ids) propose(id);
      draw();
    },
  };
}
