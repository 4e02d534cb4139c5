// 余额表: balances and rates by whatever is asked for, as of any day and as known at any voucher.

import * as api from '../app/api.js';
import { today } from '../app/dates.js';
import { fill, h, newId } from '../app/dom.js';
import { say, t } from '../app/i18n.js';
import { area, areaUnit } from '../app/numbers.js';
import { isAbort, problemBox } from '../app/problem.js';
import { setQuery } from '../app/router.js';
import { plainTable } from '../app/table.js';
import { toastProblem } from '../app/toast.js';
import { choices } from '../app/words.js';

const PATTERN = '/api/v1/counties/{county}/balances';

/** @typedef {import('../types.js').Schema<'BalanceRow'>} Row */

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, query, signal }) {
  const asked = { by: query.get('by') ?? 'township', as_of: query.get('as_of') ?? today(), known_seq: query.get('known_seq') ?? '' };
  const sheet = h('div');

  async function draw() {
    setQuery({ ...asked, as_of: asked.as_of === today() ? '' : asked.as_of });
    try {
      const table = await api.get(PATTERN, { path: { county }, query: asked, signal });
      /** @param {(row: Row) => string | null | undefined} figure */
      const percent = (figure) => (/** @type {Row} */ row) => { const value = figure(row); return value ? `${value}%` : '—'; };
      /** @type {import('../app/table.js').Column<Row>[]} */
      const columns = [
        { title: t('分组', 'Group'), cell: (row) => row.group.map(({ label }) => say(label)).join(' · ') || t('(未注明)', '(none)') },
        { title: t('批准净额', 'Approved'), area: (row) => row.balances.approved_net_m2 },
        { title: t('批而未供', 'Unsupplied'), area: (row) => row.balances.unsupplied_m2 },
        { title: t('已供', 'Supplied'), area: (row) => row.balances.supplied_m2 },
        { title: t('闲置', 'Idle'), area: (row) => row.balances.idle_m2 },
        { title: t('收回待供', 'Recovered'), area: (row) => row.balances.recovered_m2 },
        { title: t('核销', 'Written off'), area: (row) => row.balances.written_off_m2 },
        { title: t('无需供应', 'No supply'), area: (row) => row.balances.no_supply_needed_m2 },
        { title: t('供地率', 'Supply rate'), kind: 'number', cell: percent((row) => row.rates.supply.percent) },
        { title: t('未供率', 'Unsupplied rate'), kind: 'number', cell: percent((row) => row.rates.unsupplied.percent) },
        { title: t('闲置率', 'Idle rate'), kind: 'number', cell: percent((row) => row.rates.idle.percent) },
      ];
      fill(
        sheet,
        plainTable({
          caption: t('余额表', 'Balances'),
          columns,
          rows: table.rows,
          foot: columns.map((column, at) => (at === 0 ? t('合计', 'Total') : column.area ? area(column.area(table.total)) : column.cell?.(table.total) ?? '')),
        }),
        h('p', { class: 'quiet small' }, t(`截至 ${table.as_of},依据凭证第 ${table.known_seq} 号;供地率按累计首次供应,其余按余额。`, `As of ${table.as_of}, known at voucher ${table.known_seq}; the supply rate rests on turnover, the others on balances.`)),
      );
    } catch (error) {
      if (!isAbort(error)) fill(sheet, problemBox(error));
    }
  }

  /** @param {keyof typeof asked} name @param {string} title @param {(id: string, onchange: (event: Event) => void) => HTMLElement} input */
  const filter = (name, title, input) => {
    const id = newId(name);
    return h('div', { class: 'filter' }, h('label', { for: id }, title), input(id, ({ target }) => { asked[name] = /** @type {HTMLInputElement} */ (target).value; void draw(); }));
  };
  root.append(
    h(
      'div',
      { class: 'filters no-print alone' },
      filter('by', t('分组', 'Group by'), (id, onchange) => h('select', { id, onchange }, choices('Dimension').map(({ value, text }) => h('option', { value, selected: value === asked.by }, text)))),
      filter('as_of', t('截至日', 'As of'), (id, onchange) => h('input', { id, type: 'date', value: asked.as_of, onchange })),
      filter('known_seq', t('依据凭证号', 'Known at voucher'), (id, onchange) => h('input', { id, inputmode: 'numeric', value: asked.known_seq, placeholder: t('最新', 'the newest'), maxlength: 12, onchange })),
      h(
        'div',
        { class: 'filter-actions' },
        ['xlsx', 'csv'].map((f) => h('button', { type: 'button', onclick: () => api.download(PATTERN, { path: { county }, query: { ...asked, f, unit: areaUnit() }, name: `${t('余额表', 'balances')}-${asked.as_of}.${f}` }).catch(toastProblem) }, t(`导出 ${f.toUpperCase()}`, `Export ${f.toUpperCase()}`))),
        h('button', { type: 'button', onclick: () => window.print() }, t('打印', 'Print')),
      ),
    ),
    sheet,
  );
  await draw();
}
