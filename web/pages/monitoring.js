// 监测监管对账: the books against the newest export of the ministry's monitoring system, as three lists to be worked off.

import * as api from '../app/api.js';
import { moment } from '../app/dates.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { peopleChoices, townshipChoices } from '../app/lookups.js';
import { areaWithUnit } from '../app/numbers.js';
import { comparedWord } from '../app/monitoring.js';
import { figure, panel, person, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { plainTable, table } from '../app/table.js';
import { choices, word } from '../app/words.js';
import { STATUS_KINDS } from './reconciliation.js';

const SNAPSHOTS = '/api/v1/counties/{county}/monitoring-snapshots';
const LISTS = /** @type {const} */ (['monitoring_lacks', 'monitoring_only', 'monitoring_differs']);

/** The short name of a list, as offices say it. @param {string} kind */
export const listName = (kind) =>
  ({ monitoring_lacks: t('我有他无', 'Only in our books'), monitoring_only: t('他有我无', 'Only in their system'), monitoring_differs: t('不一致', 'Different') })[kind] ?? word('DifferenceKind', kind);

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, signal, can, query } = context;
  const path = { county };
  const [{ items: snapshots }, counts, towns, owners] = await Promise.all([
    api.get(SNAPSHOTS, { path, signal }),
    api.get('/api/v1/counties/{county}/reconciliation-counts', { path, query: { with: 'monitoring' }, signal }),
    townshipChoices(county),
    peopleChoices(county, 'clerk', 'reviewer'),
  ]);
  const compared = snapshots.find((one) => one.is_compared);
  const upload = can('clerk') && h('a', { class: 'button primary', href: link('monitoring/import') }, t('导入导出表', 'Import an export'));
  document.getElementById('page-tools')?.append(...[upload].filter((one) => one instanceof Node));
  if (!compared) {
    root.append(
      panel(
        null,
        h('p', null, t('还没有导入过土地市场动态监测监管系统的导出表,无从核对。', 'No export of the ministry\'s monitoring system has been imported: there is nothing to compare with.')),
        h('p', { class: 'quiet' }, t('在该系统导出全县供应记录(含电子监管号、面积、合同签订日期、供地方式、状态等),保存为 xlsx、ods 或 csv 后导入。系统按电子监管号逐宗核对,列出我有他无、他有我无、不一致三张清单。', 'Export all supplies of the county there (supervision number, area, day of signing, method, state), and import them as xlsx, ods or csv. They are compared by supervision number.')),
        !can('clerk') && h('p', { class: 'quiet' }, t('由经办人导入。', 'A clerk imports it.')),
      ),
    );
    return;
  }

  /** @param {string} kind */
  const standing = (kind) => counts.counts.filter((one) => one.kind === kind && one.status !== 'mended').reduce((sum, { count }) => sum + count, 0);
  const chosen = query.get('kind') ?? '';
  const all = LISTS.reduce((sum, kind) => sum + standing(kind), 0);
  /** @param {string} kind @param {string} name @param {number} count */
  const tab = (kind, name, count) =>
    h('a', { class: 'tab', href: link('monitoring', { kind }), 'aria-current': chosen === kind ? 'true' : null }, name, ' ', h('strong', null, String(count)));

  root.append(
    h(
      'div',
      { class: 'figures' },
      figure(t('核对所据的导出', 'Compared with the export of'), compared.as_of, t(`第 ${compared.n} 次导入`, `import no. ${compared.n}`)),
      figure(t('系统中的供应', 'Supplies in their system'), h('a', { href: link(`monitoring/${compared.n}`) }, String(compared.rows)), areaWithUnit(compared.area_m2)),
      ...LISTS.map((kind) => figure(listName(kind), String(standing(kind)), unsettled(counts.counts, kind))),
    ),
    h('nav', { class: 'tabs', 'aria-label': t('三张清单', 'The three lists') }, tab('', t('全部', 'All'), all), LISTS.map((kind) => tab(kind, listName(kind), standing(kind)))),
    table({
      caption: t('与监测监管系统的差异', 'Differences with the monitoring system'),
      context,
      load: (wanted, inner) => api.get('/api/v1/counties/{county}/reconciliation', { path, query: { ...wanted, with: 'monitoring', kind: chosen }, signal: inner }),
      filters: [
        { name: 'status', title: t('状态', 'Status'), kind: 'select', choices: choices('DifferenceStatus') },
        { name: 'township', title: t('乡镇街道', 'Township'), kind: 'select', choices: towns },
        { name: 'owner', title: t('责任人', 'Owner'), kind: 'select', choices: owners },
      ],
      columns: [
        { title: t('电子监管号', 'Supervision number'), cell: (row) => row.monitoring?.number, kind: 'nowrap' },
        ...(chosen ? [] : [{ title: t('清单', 'List'), cell: (/** @type {import('../types.js').Schema<'DifferenceView'>} */ row) => listName(row.kind), kind: /** @type {const} */ ('nowrap') }]),
        { title: t('项目或宗地', 'Project or parcel'), cell: (row) => row.monitoring?.project_name ?? row.parcel_code ?? row.plot_code ?? '' },
        { title: t('不一致之处(我方 → 系统)', 'What differs (ours → theirs)'), cell: differing, kind: 'wide' },
        { title: t('我方面积', 'Our area'), area: (row) => row.recorded_area_m2 },
        { title: t('系统面积', 'Their area'), area: (row) => row.monitored_area_m2 },
        { title: t('状态', 'Status'), cell: (row) => tag(word('DifferenceStatus', row.status), STATUS_KINDS[row.status] ?? ''), kind: 'nowrap' },
        { title: t('责任人', 'Owner'), cell: (row) => person(row.owner), kind: 'nowrap' },
        { title: t('说明', 'Note'), cell: (row) => row.last_note?.reason },
      ],
      href: (row) => link(`reconciliation/${row.difference}`),
      file: { pattern: '/api/v1/counties/{county}/reconciliation', path, name: t('监测监管对账差异', 'monitoring-differences'), query: { with: 'monitoring', kind: chosen } },
      empty: t('没有差异:台账与监测监管系统一致', 'No differences: books and system agree'),
    }).root,
    panel(
      t('历次导入', 'Imports'),
      h('p', { class: 'quiet small' }, t('以截止日最晚的一次为准;同一截止日以最后导入的为准。导入后不改不删。', 'The one of the latest day counts; of one day the last. None is changed or removed.')),
      plainTable({
        caption: t('历次导入', 'Imports'),
        rows: [...snapshots].reverse(),
        href: (row) => link(`monitoring/${row.n}`),
        columns: [
          { title: t('序号', 'No.'), cell: (row) => t(`第 ${row.n} 次`, `no. ${row.n}`), kind: 'nowrap' },
          { title: t('截止日', 'As of'), cell: (row) => row.as_of, kind: 'nowrap' },
          { title: t('记录数', 'Rows'), cell: (row) => String(row.rows), kind: 'number' },
          { title: t('面积合计', 'Area'), area: (row) => row.area_m2 },
          { title: t('用于核对', 'Compared'), cell: (row) => row.is_compared && tag(t('当前', 'now'), 'good') },
          { title: t('导入', 'Imported'), cell: (row) => [moment(row.imported_at), ' ', person(row.imported_by)], kind: 'nowrap' },
          { title: t('文件摘要', 'Digest'), cell: (row) => h('code', { title: row.file_sha256 }, row.file_sha256.slice(0, 12)) },
        ],
      }),
    ),
  );
}

/** How many of a list nobody has dealt with. @param {import('../types.js').Schema<'DifferenceCount'>[]} counts @param {string} kind */
function unsettled(counts, kind) {
  const open = counts.filter((one) => one.kind === kind && (one.status === 'open' || one.status === 'reopened')).reduce((sum, { count }) => sum + count, 0);
  return open > 0 ? t(`其中待处理 ${open}`, `${open} not dealt with`) : t('均已处理', 'all dealt with');
}

/** @param {import('../types.js').Schema<'DifferenceView'>} row */
function differing({ kind, monitoring }) {
  if (kind !== 'monitoring_differs') return '';
  return h('ul', { class: 'bare' }, (monitoring?.compared ?? []).filter(({ differs }) => differs).map((one) =>
    h('li', null, h('span', { class: 'quiet' }, word('ComparedField', one.field), ' '), comparedWord(one, 'ours'), ' → ', comparedWord(one, 'theirs'))));
}
