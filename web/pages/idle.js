// 闲置土地台账: cases by state, with what each waits for.

import * as api from '../app/api.js';
import { fill, h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { townshipChoices } from '../app/lookups.js';
import { areaWithUnit } from '../app/numbers.js';
import { figure, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { toastProblem } from '../app/toast.js';
import { choices, word } from '../app/words.js';

/** @type {Record<string, 'good' | 'warn' | 'bad' | 'accent' | ''>} */
export const CASE_KINDS = { suspected: 'warn', investigation: 'warn', found: 'bad', disposal_chosen: 'accent', under_way: 'accent', closed: 'good', cleared: '', annulled: '' };

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, signal, can } = context;
  const path = { county };
  const pattern = '/api/v1/counties/{county}/idle-cases';
  const towns = await townshipChoices(county);
  const board = h('div', { class: 'figures' });

  /** @param {string} state */
  const narrowed = (state) => () => {
    // The same page with another filter: the address alone changes, so it is drawn anew.
    setTimeout(() => window.dispatchEvent(new HashChangeEvent('hashchange')));
    return state;
  };
  api
    .get('/api/v1/counties/{county}/idle-case-board', { path, signal })
    .then((one) =>
      fill(
        board,
        one.states.map((row) =>
          figure(word('IdleCaseState', row.state), h('a', { href: link('idle', { state: row.state }), onclick: narrowed(row.state) }, t(`${row.cases} 件`, String(row.cases))), areaWithUnit(row.area_m2)),
        ),
        figure(t('中止', 'Suspended'), String(one.suspended.cases), areaWithUnit(one.suspended.area_m2)),
        figure(t('有逾期事项', 'Overdue'), one.overdue.cases > 0 ? tag(String(one.overdue.cases), 'bad') : '0', areaWithUnit(one.overdue.area_m2)),
        figure(t('土地闲置率', 'Idle rate'), one.idle_rate.percent ? `${one.idle_rate.percent}%` : '—', t('闲置 ÷(已供+闲置)', 'idle ÷ (supplied + idle)')),
        figure(t('处置率', 'Disposal rate'), one.disposal_rate.percent ? `${one.disposal_rate.percent}%` : '—', t('已销号 ÷ 已认定', 'closed ÷ found')),
      ),
    )
    .catch(toastProblem);

  root.append(
    board,
    table({
      caption: t('闲置土地案件', 'Cases of idle land'),
      context,
      load: (query, inner) => api.get(pattern, { path, query, signal: inner }),
      filters: [
        { name: 'state', title: t('状态', 'State'), kind: 'select', choices: choices('IdleCaseState') },
        { name: 'township', title: t('乡镇街道', 'Township'), kind: 'select', choices: towns },
        { name: 'grounds', title: t('疑似情形', 'Grounds'), kind: 'select', choices: choices('Grounds') },
        { name: 'cause', title: t('闲置原因', 'Cause'), kind: 'select', choices: choices('IdleCaseCause') },
        { name: 'due_by', title: t('期限不晚于', 'Due by'), kind: 'day' },
        { name: 'overdue', title: t('只看逾期', 'Overdue only'), kind: 'flag' },
      ],
      columns: [
        { title: t('案号', 'Case'), sort: 'number', cell: (row) => row.number },
        { title: t('状态', 'State'), sort: 'state', cell: (row) => [tag(word('IdleCaseState', row.state), CASE_KINDS[row.state] ?? ''), row.is_suspended && [' ', tag(t('中止', 'suspended'), 'warn')]].flat(), kind: 'nowrap' },
        { title: t('用地单位', 'User'), cell: (row) => row.user_name ?? row.user_code, order: (row) => row.user_name },
        { title: t('合同', 'Contract'), sort: 'contract_number', cell: (row) => row.contract_number },
        { title: t('面积', 'Area'), sort: 'area_m2', area: (row) => row.area_m2, total: 'area' },
        { title: t('立案', 'Opened'), sort: 'opened_on', cell: (row) => row.opened_on, kind: 'nowrap' },
        { title: t('认定', 'Found'), sort: 'found_on', cell: (row) => row.found_on, kind: 'nowrap' },
        { title: t('处置方式', 'Way'), sort: 'way', cell: (row) => word('Way', row.way) },
        {
          title: t('最近期限', 'Next deadline'), kind: 'wide', order: (row) => row.next_deadline?.due,
          cell: (row) => row.next_deadline && [row.next_deadline.due, ' ', word('DeadlineKind', row.next_deadline.kind), ' ', row.next_deadline.is_overdue && tag(t('逾期', 'overdue'), 'bad')],
        },
      ],
      href: (row) => link(`idle/${row.id}`),
      rowClass: (row) => row.overdue > 0 && 'bad',
      file: { pattern, path, name: t('闲置土地台账', 'idle-cases') },
      actions: [
        h('a', { class: 'button', href: link('suspicions') }, t('疑似闲置', 'Suspicions')),
        can('clerk') && h('a', { class: 'button primary', href: link('idle/new') }, t('立案', 'Open a case')),
      ],
      empty: t('没有案件', 'No cases'),
    }).root,
  );
}
