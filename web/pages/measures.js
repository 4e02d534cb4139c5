// 一地一策: the office's sheet, and what is overdue.

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

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, signal, can } = context;
  const path = { county };
  const pattern = '/api/v1/counties/{county}/plot-measures';
  const towns = await townshipChoices(county);
  const overdue = h('div', { class: 'figures' });
  api
    .get(`${pattern}/overdue`, { path, query: { by: 'township' }, signal })
    .then(({ items }) =>
      fill(overdue, items.slice(0, 6).map((one) => figure(one.township_name ?? one.township ?? t('未定乡镇', 'no township'), t(`${one.plots} 块逾期`, `${one.plots} overdue`), t(`${areaWithUnit(one.unsupplied_m2)},最早 ${one.earliest}`, `${areaWithUnit(one.unsupplied_m2)}, since ${one.earliest}`)))),
    )
    .catch(toastProblem);
  root.append(
    overdue,
    table({
      caption: t('一地一策', 'Measures'),
      context,
      load: (query, inner) => api.get(pattern, { path, query, signal: inner }),
      filters: [
        { name: 'township', title: t('乡镇街道', 'Township'), kind: 'select', choices: towns },
        { name: 'cause', title: t('未供原因', 'Cause'), kind: 'select', choices: choices('Cause') },
        { name: 'measure', title: t('拟处置措施', 'Measure'), kind: 'select', choices: choices('Measure') },
        { name: 'planned', title: t('是否已定措施', 'Decided'), kind: 'select', choices: [{ value: 'true', text: t('已定', 'yes') }, { value: 'false', text: t('未定', 'no') }] },
        { name: 'unit', title: t('责任单位', 'Unit'), kind: 'text' },
        { name: 'due_before', title: t('时限早于', 'Due before'), kind: 'day' },
        { name: 'overdue', title: t('只看逾期', 'Overdue only'), kind: 'flag' },
      ],
      columns: [
        { title: t('地块编号', 'Plot'), sort: 'code', cell: (row) => row.code },
        { title: t('乡镇街道', 'Township'), sort: 'township', cell: (row) => row.township_name, kind: 'nowrap' },
        { title: t('未供面积', 'Unsupplied'), sort: 'unsupplied_m2', area: (row) => row.unsupplied_m2, total: 'unsupplied area' },
        { title: t('未供原因', 'Cause'), sort: 'cause', cell: (row) => word('Cause', row.cause) },
        { title: t('现状', 'State'), cell: (row) => row.present_state },
        { title: t('拟处置措施', 'Measure'), sort: 'measure', cell: (row) => word('Measure', row.measure) || tag(t('未定', 'open'), 'warn') },
        { title: t('责任单位', 'Unit'), sort: 'unit', cell: (row) => row.unit },
        { title: t('责任人', 'Person'), cell: (row) => row.person_name },
        { title: t('完成时限', 'Due'), sort: 'due_on', cell: (row) => [row.due_on, ' ', row.is_overdue && tag(t('逾期', 'overdue'), 'bad')], kind: 'nowrap' },
        { title: t('最近进展', 'Progress'), cell: (row) => row.progress_done && `${row.progress_month} ${row.progress_done}`, kind: 'wide' },
      ],
      href: (row) => link(`plots/${row.plot}/measure`),
      rowClass: (row) => row.is_overdue && 'bad',
      file: { pattern, path, name: t('一地一策', 'measures'), inMetres: true },
      actions: can('clerk') && h('a', { class: 'button', href: link('import', { what: 'progress' }) }, t('导入进展', 'Import progress')),
    }).root,
  );
}
