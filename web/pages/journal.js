// 操作日志: every change of a record, with what stood there before and after.

import * as api from '../app/api.js';
import { moment } from '../app/dates.js';
import { h } from '../app/dom.js';
import { changes } from '../app/history.js';
import { t } from '../app/i18n.js';
import { people } from '../app/lookups.js';
import { person } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { OPERATIONS } from '../app/vocabulary.js';
import { choices, word } from '../app/words.js';

/** Collections whose records have a page. @type {Record<string, string>} */
const PAGES = { approval: 'approvals', plot: 'plots', parcel: 'parcels', project: 'projects', price_base: 'price-bases', frozen_base: 'bases' };

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const staff = (await people(context.county)).map(({ id, display_name }) => ({ value: String(id), text: display_name }));
  const path = { county: context.county };
  const pattern = '/api/v1/counties/{county}/journal';
  root.append(
    table({
      caption: t('操作日志', 'Journal'),
      context,
      load: (query, signal) => api.get(pattern, { path, query, signal }),
      filters: [
        { name: 'collection', title: t('记录种类', 'Collection'), kind: 'select', choices: choices('Collection') },
        { name: 'object', title: t('记录编号', 'Record'), kind: 'text' },
        { name: 'user', title: t('何人', 'Who'), kind: 'select', choices: staff },
      ],
      columns: [
        { title: t('序号', 'No.'), sort: 'n', cell: (row) => String(row.n), kind: 'nowrap' },
        { title: t('时间', 'At'), sort: 'at', cell: (row) => moment(row.at), kind: 'nowrap' },
        { title: t('何人', 'Who'), sort: 'user', cell: (row) => person(row.user), kind: 'nowrap' },
        { title: t('记录', 'Record'), kind: 'nowrap', cell: (row) => { const page = PAGES[row.collection]; const text = `${word('Collection', row.collection)} ${row.object}`; return page ? h('a', { href: link(`${page}/${row.object}`) }, text) : text; } },
        { title: t('操作', 'Operation'), sort: 'operation', cell: (row) => t(OPERATIONS[row.operation] ?? row.operation, row.operation), kind: 'nowrap' },
        { title: t('变动', 'Change'), kind: 'wide', cell: (row) => changes(row) ?? h('details', null, h('summary', null, t('内容', 'Contents')), h('pre', { class: 'small' }, JSON.stringify(row.after ?? row.before, null, 1))) },
      ],
      file: { pattern, path, name: t('操作日志', 'journal') },
    }).root,
  );
}
