// 企业预审受理: what enterprises asked, the newest first.

import * as api from '../app/api.js';
import { moment } from '../app/dates.js';
import { t } from '../app/i18n.js';
import { outcomeTag } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { choices, word } from '../app/words.js';

const LIST = '/api/v1/counties/{county}/prechecks';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, context) {
  const { county } = context;
  const outcomes = choices('Outcome').filter(({ value }) => ['pass', 'needs_review', 'needs_exception', 'fail'].includes(value));
  root.append(
    table({
      caption: t('企业预审', 'Pre-checks'),
      context,
      filters: [
        { name: 'company', title: t('统一社会信用代码', 'Credit code'), kind: 'text', hint: t('18 位', '18 characters') },
        { name: 'outcome', title: t('结论', 'Outcome'), kind: 'select', choices: outcomes },
        { name: 'from', title: t('从', 'From'), kind: 'day' },
        { name: 'until', title: t('至', 'Until'), kind: 'day' },
      ],
      // The newest first: a page goes on before the last number of the one before.
      load: ({ after, company, ...query }, signal) =>
        api.get(LIST, { path: { county }, query: { ...query, company: company?.length === 18 ? company : undefined, before: after ? Number(after) : undefined, limit: Number(query['limit'] ?? 50) }, signal }),
      columns: [
        { title: t('序号', 'No.'), cell: (row) => String(row.id), kind: 'number' },
        { title: t('提交时间', 'Sent'), cell: (row) => moment(row.recorded_at), kind: 'nowrap' },
        { title: t('企业', 'Enterprise'), cell: (row) => row.company_name, order: (row) => row.company_name },
        { title: t('项目', 'Project'), cell: (row) => row.project_name },
        { title: t('行业', 'Industry'), cell: (row) => row.industry_code },
        { title: t('用地', 'Land'), cell: (row) => `${word('LandKind', row.land_kind)} · ${word('LandUse', row.land_use)}` },
        { title: t('面积', 'Area'), area: (row) => row.area_m2, total: 'area' },
        { title: t('供应方式', 'Method'), cell: (row) => word('Method', row.method) },
        { title: t('结论', 'Outcome'), cell: (row) => outcomeTag(row.outcome), kind: 'nowrap' },
      ],
      href: (row) => link(`prechecks/${row.id}`),
      file: { pattern: LIST, path: { county }, name: `prechecks-${county}` },
      empty: t('还没有企业提交预审', 'No enterprise has asked yet'),
    }).root,
  );
}
