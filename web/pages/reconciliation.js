// 对账: where the books do not agree with the map or with the ministry's monitoring system.

import * as api from '../app/api.js';
import { fill, h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { peopleChoices, townshipChoices } from '../app/lookups.js';
import { areaWithUnit } from '../app/numbers.js';
import { figure, person, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { toastProblem } from '../app/toast.js';
import { choices, word } from '../app/words.js';

/** @type {Record<string, 'good' | 'warn' | 'bad' | 'accent' | ''>} */
export const STATUS_KINDS = { open: 'bad', assigned: 'accent', mending: 'warn', explained: '', reopened: 'bad', mended: 'good' };

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, signal } = context;
  const path = { county };
  const [towns, owners] = await Promise.all([townshipChoices(county), peopleChoices(county, 'clerk', 'reviewer')]);
  const figures = h('div', { class: 'figures' });
  Promise.all([
    api.get('/api/v1/counties/{county}/reconciliation-counts', { path, signal }),
    api.get('/api/v1/counties/{county}/mapping-rate', { path, signal }),
  ])
    .then(([counts, mapping]) => {
      /** @type {Map<string, number>} */
      const byKind = new Map();
      for (const { kind, count } of counts.counts) byKind.set(kind, (byKind.get(kind) ?? 0) + count);
      fill(
        figures,
        figure(t('现存差异', 'Standing'), String(counts.standing)),
        figure(t('落图率(按地块)', 'Mapped, by plots'), mapping.total.by_plots.percent ? `${mapping.total.by_plots.percent}%` : '—', `${mapping.total.mapped_plots} / ${mapping.total.plots}`),
        figure(t('落图率(按面积)', 'Mapped, by area'), mapping.total.by_area.percent ? `${mapping.total.by_area.percent}%` : '—', `${areaWithUnit(mapping.total.mapped_area_m2)}`),
        [...byKind].map(([kind, count]) => figure(word('DifferenceKind', kind), h('a', { href: link('reconciliation', { kind }) }, String(count)))),
      );
    })
    .catch(toastProblem);
  root.append(
    figures,
    table({
      caption: t('差异', 'Differences'),
      context,
      load: (query, inner) => api.get('/api/v1/counties/{county}/reconciliation', { path, query, signal: inner }),
      filters: [
        { name: 'with', title: t('对账对象', 'Compared with'), kind: 'select', choices: choices('ComparedWith') },
        { name: 'kind', title: t('种类', 'Kind'), kind: 'select', choices: choices('DifferenceKind') },
        { name: 'status', title: t('状态', 'Status'), kind: 'select', choices: choices('DifferenceStatus') },
        { name: 'township', title: t('乡镇街道', 'Township'), kind: 'select', choices: towns },
        { name: 'owner', title: t('责任人', 'Owner'), kind: 'select', choices: owners },
      ],
      columns: [
        { title: t('差异', 'Difference'), cell: (row) => row.monitoring?.number ?? row.plot_code ?? row.parcel_code ?? row.difference },
        { title: t('种类', 'Kind'), cell: (row) => word('DifferenceKind', row.kind) },
        { title: t('台账面积', 'Recorded'), area: (row) => row.recorded_area_m2 },
        { title: t('图形或系统面积', 'Polygon or system'), area: (row) => row.polygon_area_m2 ?? row.monitored_area_m2 },
        { title: t('相差', 'Difference'), area: (row) => row.difference_m2 },
        { title: t('状态', 'Status'), cell: (row) => tag(word('DifferenceStatus', row.status), STATUS_KINDS[row.status] ?? ''), kind: 'nowrap' },
        { title: t('责任人', 'Owner'), cell: (row) => person(row.owner), kind: 'nowrap' },
        { title: t('说明', 'Note'), cell: (row) => row.last_note?.reason },
      ],
      href: (row) => link(`reconciliation/${row.difference}`),
      file: { pattern: '/api/v1/counties/{county}/reconciliation', path, name: t('对账差异', 'differences') },
      empty: t('没有差异', 'No differences'),
    }).root,
  );
}
