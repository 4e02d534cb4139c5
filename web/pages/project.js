// One project: its land across approvals.

import * as api from '../app/api.js';
import { attachments } from '../app/attachments.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { areaWithUnit } from '../app/numbers.js';
import { facts, figure, panel } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, params, signal, can, title } = context;
  const id = params['id'] ?? '';
  const [project, { total }] = await Promise.all([
    api.get('/api/v1/counties/{county}/projects/{id}', { path: { county, id }, signal }),
    api.get('/api/v1/counties/{county}/balances', { path: { county }, query: { project: id }, signal }),
  ]);
  title(project.name);
  if (can('clerk')) document.getElementById('page-tools')?.append(h('a', { class: 'button', href: link(`projects/${id}/edit`) }, t('修改', 'Edit')));
  root.append(
    h(
      'div',
      { class: 'figures' },
      figure(t('批准净额', 'Approved, net'), areaWithUnit(total.balances.approved_net_m2)),
      figure(t('批而未供', 'Unsupplied'), areaWithUnit(total.balances.unsupplied_m2)),
      figure(t('已供', 'Supplied'), areaWithUnit(total.balances.supplied_m2)),
      figure(t('闲置', 'Idle'), areaWithUnit(total.balances.idle_m2)),
    ),
    panel(null, facts([
      [t('项目编码', 'Code'), project.code],
      [t('行业', 'Industry'), [project.industry_code, project.industry].filter(Boolean).join(' ')],
      [t('投资方信用代码', 'Investor'), project.investor_code],
      [t('备注', 'Remark'), project.remark, true],
    ])),
    h('section', null, h('h2', null, t('地块', 'Plots')),
      table({
        caption: t('项目的地块', 'Plots of the project'),
        context,
        load: (query, inner) => api.get('/api/v1/counties/{county}/plots', { path: { county }, query: { ...query, project: id }, signal: inner }),
        columns: [
          { title: t('地块编号', 'Plot'), cell: (row) => row.code, order: (row) => row.code },
          { title: t('位置', 'Location'), cell: (row) => row.location },
          { title: t('登记面积', 'Area'), area: (row) => row.area_m2 },
        ],
        href: (row) => link(`plots/${row.id}`),
      }).root),
    attachments(context, 'project', project.id),
  );
}
