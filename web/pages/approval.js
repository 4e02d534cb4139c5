// One approval: what it says, its plots and what became of its land.

import * as api from '../app/api.js';
import { attachments } from '../app/attachments.js';
import { moment } from '../app/dates.js';
import { confirm } from '../app/dialog.js';
import { h } from '../app/dom.js';
import { compositionPairs } from '../app/fields.js';
import { t } from '../app/i18n.js';
import { areaWithUnit } from '../app/numbers.js';
import { facts, figure, panel, person } from '../app/parts.js';
import { go, link } from '../app/router.js';
import { table } from '../app/table.js';
import { toast, toastProblem } from '../app/toast.js';
import { word } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, params, signal, can, title } = context;
  const id = params['id'] ?? '';
  const path = { county, id };
  const [approval, balances] = await Promise.all([
    api.get('/api/v1/counties/{county}/approvals/{id}', { path, signal }),
    api.get('/api/v1/counties/{county}/balances', { path: { county }, query: { approval: id }, signal }),
  ]);
  title(approval.number);
  document.getElementById('page-tools')?.append(
    h('button', {
      type: 'button',
      onclick: () => api.download('/api/v1/counties/{county}/approvals/{id}/boundary-points', { path, name: `${approval.number}.txt` }).catch(toastProblem),
    }, t('界址点 TXT', 'Boundary points')),
    ...(can('clerk')
      ? [
          h('button', { type: 'button', onclick: () => enter(path, approval.number).catch(toastProblem) }, t('整批入账', 'Enter all plots')),
          h('a', { class: 'button', href: link(`approvals/${id}/edit`) }, t('修改', 'Edit')),
        ]
      : []),
  );
  const { balances: held } = balances.total;
  root.append(
    h(
      'div',
      { class: 'figures' },
      figure(t('批准净额', 'Approved, net'), areaWithUnit(held.approved_net_m2)),
      figure(t('批而未供', 'Unsupplied'), areaWithUnit(held.unsupplied_m2)),
      figure(t('已供', 'Supplied'), areaWithUnit(held.supplied_m2)),
      figure(t('闲置', 'Idle'), areaWithUnit(held.idle_m2)),
      figure(t('收回待供', 'Recovered'), areaWithUnit(held.recovered_m2)),
      figure(t('供地率', 'Supply rate'), balances.total.rates.supply.percent ? `${balances.total.rates.supply.percent}%` : '—'),
    ),
    h(
      'div',
      { class: 'columns' },
      panel(
        t('批文', 'Approval'),
        facts([
          [t('批准文号', 'Number'), approval.number],
          [t('类型', 'Kind'), word('ApprovalKind', approval.kind)],
          [t('批准机关', 'Authority'), approval.authority],
          [t('批准日期', 'Approved on'), approval.approved_on],
          [t('报批项目', 'Approved project'), approval.approved_project],
          [t('备注', 'Remark'), approval.remark, true],
          [t('登记', 'Recorded'), [moment(approval.recorded_at), ' · ', person(approval.recorded_by)]],
        ]),
      ),
      panel(t('面积构成', 'Composition'), facts(compositionPairs(approval.composition))),
    ),
    h('section', null, h('h2', null, t('地块', 'Plots')),
      table({
        caption: t('批文的地块', 'Plots of the approval'),
        context,
        load: (query, signal) => api.get('/api/v1/counties/{county}/plots', { path: { county }, query: { ...query, approval: id }, signal }),
        columns: [
          { title: t('地块编号', 'Plot'), cell: (row) => row.code, order: (row) => row.code },
          { title: t('名称', 'Name'), cell: (row) => row.name },
          { title: t('位置', 'Location'), cell: (row) => row.location },
          { title: t('规划用途', 'Use'), cell: (row) => row.planned_use },
          { title: t('登记面积', 'Area'), area: (row) => row.area_m2 },
          { title: t('图形面积', 'Polygon'), area: (row) => row.polygon?.area_m2 },
        ],
        href: (row) => link(`plots/${row.id}`),
        actions: can('clerk') && h('a', { class: 'button', href: link('plots/new', { approval: approval.number }) }, t('录入地块', 'New plot')),
      }).root,
    ),
    attachments(context, 'approval', approval.id),
  );
}

/**
 * Proposes the vouchers that bring the approval's plots onto the books, after telling how many they are.
 * @param {{ county: string, id: string }} path @param {string} number
 */
async function enter(path, number) {
  const operation = '/api/v1/counties/{county}/approvals/{id}/entry';
  const { data: tried } = await api.send('post', operation, { path, query: { dry_run: true } });
  /** @type {{ id: number }[]} */
  let sent = [];
  await confirm({
    title: t(`整批入账:${number}`, `Enter all plots of ${number}`),
    body: [
      facts([
        [t('待入账地块', 'Plots to enter'), tried.plots],
        [t('登记面积合计', 'Recorded area'), areaWithUnit(tried.area_m2)],
        [t('待批凭证', 'Vouchers'), tried.proposals.length],
      ]),
      h('p', { class: 'quiet' }, t('凭证按批文的文号、机关、日期和各地块登记面积填写,提交后由另一人审批。', 'The vouchers bear number, authority and day of the approval and the recorded areas; another person approves them.')),
    ],
    yes: t('提交', 'Propose'),
    act: async () => {
      sent = (await api.send('post', operation, { path })).data.proposals;
    },
  });
  const [first] = sent;
  if (!first) return;
  toast(t('已提交,待审批', 'Sent: it waits for approval'));
  go(sent.length === 1 ? `proposals/${first.id}` : 'proposals');
}
