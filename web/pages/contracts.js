// 合同: contracts and allocation decisions, with how far their land has come.

import * as api from '../app/api.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { money } from '../app/numbers.js';
import { tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { choices, word } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, context) {
  const { county, can } = context;
  const path = { county };
  const pattern = '/api/v1/counties/{county}/contracts';
  root.append(
    table({
      caption: t('合同', 'Contracts'),
      context,
      load: (query, signal) => api.get(pattern, { path, query, signal }),
      filters: [
        { name: 'number', title: t('合同编号开头', 'Number begins with'), kind: 'text' },
        { name: 'kind', title: t('种类', 'Kind'), kind: 'select', choices: choices('ContractKind') },
        { name: 'user_code', title: t('信用代码', 'Credit code'), kind: 'text' },
        { name: 'signed_from', title: t('签订自', 'Signed from'), kind: 'day' },
        { name: 'signed_until', title: t('至', 'until'), kind: 'day' },
        { name: 'as_of', title: t('截至', 'As of'), kind: 'day' },
      ],
      columns: [
        { title: t('合同编号', 'Number'), sort: 'number', cell: (row) => row.number },
        { title: t('种类', 'Kind'), sort: 'kind', cell: (row) => word('ContractKind', row.kind), kind: 'nowrap' },
        { title: t('签订日期', 'Signed'), sort: 'signed_on', cell: (row) => row.signed_on, kind: 'nowrap' },
        { title: t('土地使用者', 'User'), cell: (row) => row.user ?? row.user_code, order: (row) => row.user },
        { title: t('用途', 'Use'), sort: 'land_use', cell: (row) => row.land_use },
        { title: t('面积', 'Area'), sort: 'area_m2', area: (row) => row.area_m2, total: 'area' },
        { title: t('价款(元)', 'Price (yuan)'), sort: 'price_yuan', kind: 'number', cell: (row) => money(row.price_yuan) },
        { title: t('约定动工', 'Start agreed'), sort: 'start_on', cell: (row) => row.start_on, kind: 'nowrap' },
        { title: t('实际动工', 'Started'), cell: (row) => row.standing.started_on, kind: 'nowrap' },
        { title: t('供后状态', 'State'), cell: (row) => row.standing.follow_up && tag(word('FollowUp', row.standing.follow_up)) },
      ],
      href: (row) => link(`contracts/${row.id}`),
      file: { pattern, path, name: t('合同', 'contracts') },
      actions: can('clerk') && [
        h('a', { class: 'button primary', href: link('contracts/new') }, t('录入合同', 'New contract')),
        h('a', { class: 'button', href: link('import', { what: 'contracts' }) }, t('导入文件', 'Import')),
      ],
    }).root,
  );
}
