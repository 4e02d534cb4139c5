// 用地项目: investment projects.

import * as api from '../app/api.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, context) {
  const { county, can } = context;
  const path = { county };
  const pattern = '/api/v1/counties/{county}/projects';
  root.append(
    table({
      caption: t('用地项目', 'Projects'),
      context,
      load: (query, signal) => api.get(pattern, { path, query, signal }),
      filters: [
        { name: 'code_prefix', title: t('项目编码开头', 'Code begins with'), kind: 'text' },
        { name: 'investor_code', title: t('投资方信用代码', 'Investor'), kind: 'text' },
      ],
      columns: [
        { title: t('项目编码', 'Code'), sort: 'code', cell: (row) => row.code },
        { title: t('项目名称', 'Name'), sort: 'name', cell: (row) => row.name, kind: 'wide' },
        { title: t('行业', 'Industry'), sort: 'industry_code', cell: (row) => [row.industry_code, row.industry].filter(Boolean).join(' ') },
        { title: t('投资方信用代码', 'Investor'), sort: 'investor_code', cell: (row) => row.investor_code },
      ],
      href: (row) => link(`projects/${row.id}`),
      file: { pattern, path, name: t('用地项目', 'projects') },
      actions: can('clerk') && h('a', { class: 'button primary', href: link('projects/new') }, t('录入项目', 'New project')),
    }).root,
  );
}
