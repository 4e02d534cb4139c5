// 总览: what the county's books come to on a day, what waits, and how the tasks of the year stand.

import * as api from '../app/api.js';
import { h } from '../app/dom.js';
import { addDays, today } from '../app/dates.js';
import { say, t } from '../app/i18n.js';
import { areaWithUnit, percentOf } from '../app/numbers.js';
import { figure, panel, tag } from '../app/parts.js';
import { go, link } from '../app/router.js';
import { styles } from '../app/styles.js';
import { plainTable } from '../app/table.js';
import { word } from '../app/words.js';

/** @typedef {import('../types.js').Schema<'BalanceRow'>} Row */
/** @typedef {import('../types.js').Schema<'Rate'>} Rate */

const DAYS_AHEAD = 30;
const TASKS_MAX = 12;
/** Accounts in the order of the identity that the balances keep. */
const ACCOUNTS = /** @type {const} */ (['unsupplied', 'supplied', 'idle', 'recovered', 'written_off', 'no_supply_needed']);

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, query, signal }) {
  const path = { county };
  const asOf = query.get('as_of') ?? today();
  const isToday = asOf === today();
  const books = (/** @type {string | undefined} */ by) => api.get('/api/v1/counties/{county}/balances', { path, query: { as_of: asOf, by }, signal });
  const [county_, cohorts, ages, towns, waiting, differences, mapping, bases] = await Promise.all([
    books(undefined),
    books('cohort'),
    books('age'),
    books('township'),
    api.get('/api/v1/counties/{county}/worklist', { path, query: { due_by: addDays(today(), DAYS_AHEAD), limit: TASKS_MAX }, signal }),
    api.get('/api/v1/counties/{county}/reconciliation-counts', { path, signal }),
    api.get('/api/v1/counties/{county}/mapping-rate', { path, signal }),
    api.get('/api/v1/counties/{county}/frozen-bases', { path, signal }),
    styles('overview'),
  ]);
  const { balances, rates } = county_.total;

  document.getElementById('page-tools')?.append(
    h('label', null, t('截至日 ', 'As of '), h('input', {
      type: 'date', value: asOf, max: today(),
      onchange: (/** @type {Event} */ { target }) => go('overview', { as_of: /** @type {HTMLInputElement} */ (target).value }),
    })),
    h('button', { type: 'button', onclick: () => window.print() }, t('打印', 'Print')),
  );

  root.append(
    h(
      'div',
      { class: 'figures accounts' },
      figure(t('批准净额', 'Approved, net'), areaWithUnit(balances.approved_net_m2)),
      ...ACCOUNTS.map((account) => figure(h('span', { class: `swatch account-${account}` }, word('Account', account)), areaWithUnit(balances[`${account}_m2`]))),
    ),
    h('p', { class: 'quiet small' }, t(`批准净额 = 以上六项之和;截至 ${county_.as_of},依据至凭证第 ${county_.known_seq} 号`, `the net of approvals is the sum of the six; as of ${county_.as_of}, by vouchers up to ${county_.known_seq}`)),
    h(
      'div',
      { class: 'columns' },
      panel(
        t('比率', 'Rates'),
        rateRow(t('供地率', 'Supply rate'), rates.supply, t('累计首次供应 ÷ 批准净额,按发生额', 'first supplies ÷ approved, by turnover'), 'good'),
        rateRow(t('批而未供率', 'Unsupplied rate'), rates.unsupplied, t('未供 ÷ 批准净额,按余额', 'unsupplied ÷ approved, by balance'), 'warn'),
        rateRow(t('土地闲置率', 'Idle rate'), rates.idle, t('闲置 ÷ (已供 + 闲置),按余额', 'idle ÷ (supplied + idle), by balance'), 'warn'),
        mappingRow(mapping),
        await tasks(bases.items.filter(({ state }) => state === 'approved')),
      ),
      panel(
        t(`未来 ${DAYS_AHEAD} 天的待办`, `Deadlines of the next ${DAYS_AHEAD} days`),
        !isToday && h('p', { class: 'quiet small' }, t('待办与核对为今天的情况。', 'What waits and the differences are as of today.')),
        waiting.items.length === 0
          ? h('p', null, t('没有到期事项', 'Nothing is due'))
          : plainTable({
              caption: t('待办', 'What waits'),
              rows: waiting.items,
              columns: [
                { title: t('时限', 'Due'), cell: ({ due_on, is_overdue }) => [due_on ?? t('即办', 'at once'), ' ', is_overdue && tag(t('逾期', 'overdue'), 'bad')], kind: 'nowrap' },
                { title: t('事项', 'Item'), cell: ({ title }) => say(title) },
              ],
              empty: '',
            }),
        h('p', { class: 'no-print' }, h('a', { href: link('worklist') }, t(`全部待办(${waiting.total} 项,逾期 ${waiting.overdue} 项)`, `All ${waiting.total} items, ${waiting.overdue} overdue`))),
        h('h3', null, t('图账差异', 'Differences')),
        differences.standing === 0
          ? h('p', null, t('没有未消除的差异', 'No difference stands'))
          : h('p', null, h('a', { href: link('reconciliation') }, t(`未消除 ${differences.standing} 件`, `${differences.standing} stand`))),
      ),
    ),
    h(
      'div',
      { class: 'columns' },
      panel(t('批而未供按批准年份段', 'Unsupplied by year of approval'), shares(cohorts.rows)),
      panel(t('批而未供按批准后年数', 'Unsupplied by age'), shares(ages.rows)),
    ),
    panel(
      t('按乡镇街道', 'By township'),
      plainTable({
        caption: t('各乡镇街道余额', 'Balances by township'),
        rows: towns.rows,
        columns: [
          { title: t('乡镇街道', 'Township'), cell: ({ group }) => say(group[0]?.label) },
          { title: t('批准净额', 'Approved'), area: (row) => row.balances.approved_net_m2 },
          { title: t('批而未供', 'Unsupplied'), area: (row) => row.balances.unsupplied_m2 },
          { title: t('已供', 'Supplied'), area: (row) => row.balances.supplied_m2 },
          { title: t('闲置', 'Idle'), area: (row) => row.balances.idle_m2 },
          { title: t('收回待供', 'Recovered'), area: (row) => row.balances.recovered_m2 },
          { title: t('供地率', 'Supply rate'), cell: (row) => percent(row.rates.supply), kind: 'number' },
          { title: t('闲置率', 'Idle rate'), cell: (row) => percent(row.rates.idle), kind: 'number' },
        ],
        empty: t('没有余额', 'No balances'),
      }),
    ),
  );

  /** How far the tasks of the frozen bases are done this month. @param {import('../types.js').Schema<'FrozenBaseView'>[]} approved */
  async function tasks(approved) {
    const [year, month] = asOf.split('-').map(Number);
    const reports = await Promise.all(
      approved.map((base) => api.get('/api/v1/counties/{county}/frozen-bases/{id}/report', { path: { county, id: base.id }, query: { year, month }, signal }).catch(() => null)),
    );
    return approved.map((base, at) => {
      const report = reports[at];
      return report && rateRow(`${word('FrozenKind', base.kind)} · ${base.name}`, report.completion, t(`任务 ${areaWithUnit(base.task_m2)},基数 ${areaWithUnit(base.area_m2)}`, `task ${areaWithUnit(base.task_m2)} of a base of ${areaWithUnit(base.area_m2)}`), 'good');
    });
  }
}

/** @param {{ percent?: string | null }} rate */
const percent = (rate) => (rate.percent ? `${rate.percent} %` : '—');

/** @param {string} name @param {{ percent?: string | null, fraction?: string | null }} rate @param {string} note @param {'good' | 'warn'} kind */
function rateRow(name, rate, note, kind) {
  return h(
    'div',
    { class: 'rate', title: rate.fraction ?? '' },
    h('div', { class: 'rate-name' }, name, h('span', { class: 'rate-value' }, percent(rate))),
    h('meter', { class: kind, min: 0, max: 100, value: percentOf(rate.percent ?? '0', '100'), 'aria-label': name }),
    h('div', { class: 'quiet small' }, note),
  );
}

/** @param {import('../types.js').Schema<'MappingTable'>} mapping */
const mappingRow = ({ total }) => rateRow(t('落图率', 'Mapping rate'), total.by_area, t('已落图 ÷ 应落图,按面积', 'mapped ÷ all, by area'), 'good');

/** Shares of what is not supplied. @param {Row[]} rows */
function shares(rows) {
  const most = rows.reduce((largest, { balances }) => (percentOf(balances.unsupplied_m2, largest) >= 100 ? balances.unsupplied_m2 : largest), '0.0001');
  return h(
    'ul',
    { class: 'shares' },
    rows.map(({ group, balances }) =>
      h(
        'li',
        null,
        h('span', null, say(group[0]?.label)),
        h('meter', { class: 'warn', min: 0, max: 100, value: percentOf(balances.unsupplied_m2, most), 'aria-hidden': 'true' }),
        h('span', { class: 'number' }, areaWithUnit(balances.unsupplied_m2)),
      ),
    ),
  );
}
