// 文书: drafts and registered papers of all cases.

import * as api from '../app/api.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { person, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { choices, word } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, context) {
  const path = { county: context.county };
  const pattern = '/api/v1/counties/{county}/papers';
  root.append(
    table({
      caption: t('文书', 'Papers'),
      context,
      load: (query, signal) => api.get(pattern, { path, query, signal }),
      filters: [
        { name: 'kind', title: t('文书种类', 'Kind'), kind: 'select', choices: choices('PaperKind') },
        { name: 'state', title: t('状态', 'State'), kind: 'select', choices: choices('PaperState') },
        { name: 'case', title: t('案件(系统编号)', 'Case (id)'), kind: 'text' },
      ],
      columns: [
        { title: t('文书', 'Paper'), sort: 'kind', cell: (row) => row.title },
        { title: t('文号', 'Number'), cell: (row) => row.number, order: (row) => row.number },
        { title: t('状态', 'State'), sort: 'state', cell: (row) => tag(word('PaperState', row.state), row.state === 'issued' ? 'good' : row.state === 'draft' ? 'accent' : '') },
        { title: t('案件', 'Case'), sort: 'case', cell: (row) => h('a', { href: link(`idle/${row.case}`) }, String(row.case)) },
        { title: t('成文日期', 'Dated'), sort: 'issued_on', cell: (row) => row.issued_on, kind: 'nowrap' },
        { title: t('拟稿', 'Drafted by'), cell: (row) => person(row.drafter), kind: 'nowrap' },
        { title: t('登记', 'Registered by'), cell: (row) => person(row.registrar), kind: 'nowrap' },
      ],
      href: (row) => link(`papers/${row.id}`),
      file: { pattern, path, name: t('文书清单', 'papers') },
    }).root,
  );
}
