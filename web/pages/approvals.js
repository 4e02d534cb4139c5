// 用地批文: the approvals of the county.

import * as api from '../app/api.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { choices, word } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, context) {
  const { county, can } = context;
  const path = { county };
  const pattern = '/api/v1/counties/{county}/approvals';
  root.append(
    table({
      caption: t('用地批文', 'Approvals'),
      context,
      load: (query, signal) => api.get(pattern, { path, query, signal }),
      filters: [
        { name: 'number_prefix', title: t('批准文号开头', 'Number begins with'), kind: 'text' },
        { name: 'kind', title: t('批次类型', 'Kind'), kind: 'select', choices: choices('ApprovalKind') },
        { name: 'from', title: t('批准日期自', 'Approved from'), kind: 'day' },
        { name: 'until', title: t('至', 'until'), kind: 'day' },
      ],
      columns: [
        { title: t('批准文号', 'Number'), sort: 'number', cell: (row) => row.number },
        { title: t('类型', 'Kind'), sort: 'kind', cell: (row) => word('ApprovalKind', row.kind), kind: 'nowrap' },
        { title: t('批准机关', 'Authority'), sort: 'authority', cell: (row) => row.authority },
        { title: t('批准日期', 'Approved on'), sort: 'approved_on', cell: (row) => row.approved_on, kind: 'nowrap' },
        { title: t('批准面积', 'Area'), sort: 'area_m2', area: (row) => row.area_m2, total: 'area' },
        { title: t('报批项目', 'Approved project'), sort: 'approved_project', cell: (row) => row.approved_project },
      ],
      href: (row) => link(`approvals/${row.id}`),
      file: { pattern, path, name: t('用地批文', 'approvals') },
      actions: can('clerk') && [
        h('a', { class: 'button primary', href: link('approvals/new') }, t('录入批文', 'New approval')),
        h('a', { class: 'button', href: link('import', { what: 'approvals' }) }, t('导入文件', 'Import')),
      ],
    }).root,
  );
}
