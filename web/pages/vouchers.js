// 凭证: every legal act that moved land, in the order of its number.

import * as api from '../app/api.js';
import { moment } from '../app/dates.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { areaWithUnit, sum } from '../app/numbers.js';
import { codeLink, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { choices, word } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, context) {
  const { county, can } = context;
  const path = { county };
  const pattern = '/api/v1/counties/{county}/vouchers';
  root.append(
    table({
      caption: t('凭证', 'Vouchers'),
      context,
      load: (query, signal) => api.get(pattern, { path, query, signal }),
      filters: [
        { name: 'kind', title: t('种类', 'Kind'), kind: 'select', choices: choices('Kind') },
        { name: 'plot', title: t('地块(系统编号)', 'Plot (id)'), kind: 'text' },
        { name: 'late', title: t('只看结账后调整', 'Late entries only'), kind: 'flag' },
      ],
      columns: [
        { title: t('凭证号', 'No.'), sort: 'seq', cell: (row) => String(row.seq) },
        { title: t('种类', 'Kind'), sort: 'kind', cell: (row) => word('Kind', row.voucher.kind), kind: 'nowrap' },
        { title: t('生效日', 'Effective on'), sort: 'effective_on', cell: (row) => row.voucher.effective_on, kind: 'nowrap' },
        { title: t('分录', 'Lines'), kind: 'number', cell: (row) => String(row.voucher.lines.length) },
        { title: t('面积', 'Area'), sort: 'area_m2', area: (row) => sum(row.voucher.lines.map(({ area_m2 }) => area_m2)), total: 'area' },
        { title: t('文号', 'Document'), sort: 'document_number', cell: (row) => row.voucher.document.number },
        {
          title: t('提示', 'Flags'),
          cell: (row) => [row.late && tag(t('结账后', 'late'), 'warn'), row.flags.map(({ code, zh }) => [' ', tag(t(zh, code.replaceAll('_', ' ')), 'warn')]).flat()].flat(),
        },
        { title: t('入账时间', 'Recorded'), sort: 'recorded_at', cell: (row) => moment(row.recorded_at), kind: 'nowrap' },
      ],
      href: (row) => link(`vouchers/${row.seq}`),
      file: { pattern, path, name: t('凭证', 'vouchers'), byParts: true },
      actions: can('clerk') && [
        h('a', { class: 'button primary', href: link('vouchers/new') }, t('新凭证', 'New voucher')),
        h('a', { class: 'button', href: link('import', { what: 'vouchers' }) }, t('导入供应', 'Import supplies')),
      ],
    }).root,
  );
}

/**
 * The lines of a voucher as a table.
 * @param {{ from: Holding, to: Holding, area_m2: string }[]} lines
 * @typedef {{ account: string, plot: number, parcel?: number | null }} Holding
 */
export function linesTable(lines) {
  /** @param {Holding} side */
  const cell = ({ account, plot, parcel }) => [
    h('span', { class: `swatch account-${account}` }, word('Account', account)),
    t(' 地块 ', ' plot '), codeLink('plots', plot),
    parcel && [t(' 宗地 ', ' parcel '), codeLink('parcels', parcel)],
  ].flat();
  return h(
    'div',
    { class: 'table-scroll plain' },
    h(
      'table',
      { class: 'table' },
      h('caption', { class: 'visually-hidden' }, t('分录', 'Lines')),
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('自', 'From')), h('th', { scope: 'col' }, t('至', 'To')), h('th', { scope: 'col', class: 'number' }, t('面积', 'Area')))),
      h('tbody', null, lines.map((line) => h('tr', null, h('td', null, cell(line.from)), h('td', null, cell(line.to)), h('td', { class: 'number' }, areaWithUnit(line.area_m2))))),
      h('tfoot', null, h('tr', null, h('th', { scope: 'row' }, t('合计', 'Total')), h('td'), h('td', { class: 'number' }, areaWithUnit(sum(lines.map(({ area_m2 }) => area_m2)))))),
    ),
  );
}
