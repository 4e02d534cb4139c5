// 需求申报: land that enterprises want, for the annual plans.

import * as api from '../app/api.js';
import { t } from '../app/i18n.js';
import { outcomeTag, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { choices, word } from '../app/words.js';

const LIST = '/api/v1/counties/{county}/demands';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, context) {
  const { county } = context;
  root.append(
    table({
      caption: t('需求申报', 'Demands'),
      context,
      filters: [{ name: 'state', title: t('状态', 'State'), kind: 'select', choices: choices('DemandState') }],
      load: (query, signal) => api.get(LIST, { path: { county }, query, signal }),
      columns: [
        { title: t('编号', 'No.'), sort: 'id', cell: (row) => String(row.id), kind: 'number' },
        { title: t('企业', 'Enterprise'), sort: 'company_name', cell: (row) => row.company_name },
        { title: t('项目', 'Project'), sort: 'project_name', cell: (row) => row.project_name },
        { title: t('用地', 'Land'), cell: (row) => `${word('LandKind', row.land_kind)} · ${word('LandUse', row.land_use)}` },
        { title: t('需求面积', 'Area'), sort: 'area_m2', area: (row) => row.area_m2, total: 'area' },
        { title: t('希望取得', 'Needed by'), sort: 'needed_by', cell: (row) => row.needed_by, kind: 'nowrap' },
        { title: t('预审结论', 'Pre-check'), sort: 'outcome', cell: (row) => row.outcome && outcomeTag(row.outcome), kind: 'nowrap' },
        { title: t('部门意见', 'Opinions'), cell: (row) => (row.waits_for.length > 0 ? t(`待 ${row.waits_for.map((one) => word('Department', one)).join('、')}`, `waits for ${row.waits_for.length}`) : tag(t('已齐', 'all in'), 'good')) },
        { title: t('状态', 'State'), sort: 'state', cell: (row) => tag(word('DemandState', row.state), row.state === 'planned' ? 'good' : row.state === 'consulted' ? 'accent' : ''), kind: 'nowrap' },
      ],
      href: (row) => link(`demands/${row.id}`),
      file: { pattern: LIST, path: { county }, name: `demands-${county}` },
      empty: t('还没有需求申报;可由企业预审转入', 'No demands yet: they are made of pre-checks'),
    }).root,
  );
}
