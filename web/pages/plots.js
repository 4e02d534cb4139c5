// 批而未供台账: the plots of the county with what they still hold.

import * as api from '../app/api.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { townshipChoices } from '../app/lookups.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { choices, word } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, can } = context;
  const path = { county };
  const pattern = '/api/v1/counties/{county}/plot-measures';
  const towns = await townshipChoices(county);
  const { root: element } = table({
    caption: t('批而未供台账', 'Ledger of unsupplied land'),
    context,
    load: (query, signal) => api.get(pattern, { path, query, signal }),
    filters: [
      { name: 'township', title: t('乡镇街道', 'Township'), kind: 'select', choices: towns },
      { name: 'code_prefix', title: t('地块编号开头', 'Code begins with'), kind: 'text' },
      { name: 'cause', title: t('未供原因', 'Cause'), kind: 'select', choices: choices('Cause') },
      { name: 'measure', title: t('拟处置措施', 'Measure'), kind: 'select', choices: choices('Measure') },
      { name: 'overdue', title: t('只看逾期', 'Overdue only'), kind: 'flag' },
      { name: 'all_plots', title: t('含已供完', 'Fully supplied too'), kind: 'flag' },
    ],
    columns: [
      { title: t('地块编号', 'Plot'), sort: 'code', cell: (row) => row.code },
      { title: t('批准文号', 'Approval'), sort: 'approval_number', cell: (row) => row.approval_number, kind: 'nowrap' },
      { title: t('批准日期', 'Approved on'), sort: 'approved_on', cell: (row) => row.approved_on, kind: 'nowrap' },
      { title: t('乡镇街道', 'Township'), sort: 'township', cell: (row) => row.township_name ?? row.township, kind: 'nowrap' },
      { title: t('批准面积', 'Approved'), sort: 'approved_m2', area: (row) => row.approved_m2, total: 'approved area' },
      { title: t('已供面积', 'Supplied'), sort: 'supplied_m2', area: (row) => row.supplied_m2, total: 'supplied area' },
      { title: t('未供面积', 'Unsupplied'), sort: 'unsupplied_m2', area: (row) => row.unsupplied_m2, total: 'unsupplied area' },
      { title: t('未供原因', 'Cause'), sort: 'cause', cell: (row) => word('Cause', row.cause) },
      { title: t('拟处置措施', 'Measure'), sort: 'measure', cell: (row) => word('Measure', row.measure) },
      {
        title: t('完成时限', 'Due'),
        sort: 'due_on',
        cell: (row) => [row.due_on, row.is_overdue && h('span', { class: 'tag bad' }, t('逾期', 'overdue'))],
        kind: 'nowrap',
      },
    ],
    href: (row) => link(`plots/${row.plot}`),
    file: { pattern, path, name: t('批而未供台账', 'unsupplied-land'), inMetres: true },
    actions: can('clerk') && [
      h('a', { class: 'button primary', href: link('plots/new') }, t('录入地块', 'New plot')),
      h('a', { class: 'button', href: link('import') }, t('导入文件', 'Import')),
    ],
  });
  root.append(element);
}
