// 价格标底: sealed until they are opened; every reading of the figures is kept.

import * as api from '../app/api.js';
import { moment } from '../app/dates.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { codeLink, person, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { choices, word } from '../app/words.js';

/** @type {Record<string, 'good' | 'warn' | 'accent' | ''>} */
export const BASE_KINDS = { draft: 'accent', reviewed: 'accent', issued: 'warn', opened: 'good', withdrawn: '' };

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, context) {
  const { county, can } = context;
  root.append(
    h('p', { class: 'quiet' }, t('标底金额在公开前密封,仅地价经办、地价审批可查阅,每次查阅均有记录。', 'Figures are sealed until they are opened: two roles read them, and every reading is kept.')),
    table({
      caption: t('价格标底', 'Price bases'),
      context,
      load: (query, signal) => api.get('/api/v1/counties/{county}/price-bases', { path: { county }, query, signal }),
      filters: [
        { name: 'state', title: t('状态', 'State'), kind: 'select', choices: choices('BaseState') },
        { name: 'plot', title: t('地块(系统编号)', 'Plot (id)'), kind: 'text' },
      ],
      columns: [
        { title: t('编号', 'No.'), sort: 'id', cell: (row) => t(`第 ${row.id} 号`, `No. ${row.id}`) },
        { title: t('地块', 'Plot'), sort: 'plot', cell: (row) => codeLink('plots', row.plot) },
        { title: t('状态', 'State'), sort: 'state', cell: (row) => tag(word('BaseState', row.state), BASE_KINDS[row.state] ?? '') },
        { title: t('经办', 'Proposed by'), cell: (row) => person(row.proposer) },
        { title: t('审核', 'Reviewed by'), cell: (row) => person(row.reviewer) },
        { title: t('审批', 'Issued by'), cell: (row) => person(row.issuer) },
        { title: t('公告', 'Announcement'), cell: (row) => [row.announcement_no, row.announced_on].filter(Boolean).join(' ') },
        { title: t('最近变动', 'Changed'), sort: 'changed_at', cell: (row) => moment(row.changed_at), kind: 'nowrap' },
      ],
      href: (row) => link(`price-bases/${row.id}`),
      actions: can('price_keeper') && h('a', { class: 'button primary', href: link('price-bases/new') }, t('拟定标底', 'New price base')),
    }).root,
  );
}
