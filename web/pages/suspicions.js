// 疑似闲置: contracts that should be looked into.

import * as api from '../app/api.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { outcomeTag, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { choices, word } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, context) {
  const { county, can } = context;
  const path = { county };
  const pattern = '/api/v1/counties/{county}/idle-suspicions';
  root.append(
    h('p', { class: 'quiet' }, t('疑似闲置由合同约定与填报进度即时判定,不对外公开。', 'Suspicions are decided from agreed days and reports whenever somebody looks; they are never public.')),
    table({
      caption: t('疑似闲置', 'Suspected idle land'),
      context,
      load: (query, signal) => api.get(pattern, { path, query, signal }),
      filters: [
        { name: 'grounds', title: t('适用情形', 'Grounds'), kind: 'select', choices: choices('Grounds') },
        { name: 'outcome', title: t('判定', 'Outcome'), kind: 'select', choices: choices('Outcome') },
        { name: 'as_of', title: t('截至', 'As of'), kind: 'day' },
      ],
      columns: [
        { title: t('合同编号', 'Contract'), cell: (row) => [row.number, row.phase && ` ${row.phase}`], order: (row) => row.number },
        { title: t('土地使用者', 'User'), cell: (row) => row.user ?? row.user_code, order: (row) => row.user },
        { title: t('面积', 'Area'), area: (row) => row.area_m2, total: 'area' },
        { title: t('适用情形', 'Grounds'), cell: (row) => word('Grounds', row.grounds), kind: 'nowrap' },
        { title: t('判定', 'Outcome'), cell: (row) => outcomeTag(row.outcome, 'idle.') },
        { title: t('约定动工日', 'Start due'), cell: (row) => row.start_due_on, order: (row) => row.start_due_on, kind: 'nowrap' },
        { title: t('闲置起始日', 'Idle from'), cell: (row) => row.idle_from, order: (row) => row.idle_from, kind: 'nowrap' },
        { title: t('可征缴闲置费', 'Fee from'), cell: (row) => row.fee_from, order: (row) => row.fee_from, kind: 'nowrap' },
        { title: t('可无偿收回', 'Recovery from'), cell: (row) => row.recovery_from, order: (row) => row.recovery_from, kind: 'nowrap' },
        { title: t('提示', 'Note'), cell: (row) => row.is_delivered_late && tag(t('迟延交地', 'delivered late'), 'warn') },
        { title: t('操作', 'Action'), cell: (row) => can('clerk') && h('a', { href: link('idle/new', { contract: row.contract, grounds: row.grounds, phase: row.phase ?? '' }) }, t('立案', 'Open a case')), kind: 'nowrap' },
      ],
      href: (row) => link(`contracts/${row.contract}`),
      file: { pattern, path, name: t('疑似闲置', 'idle-suspicions') },
      empty: t('没有疑似闲置的合同', 'Nothing is suspected'),
    }).root,
  );
}
