// 考核基数: land frozen as of a day, and the task that is set for it.

import * as api from '../app/api.js';
import { dialog } from '../app/dialog.js';
import { h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given, givenDecimal, givenInteger } from '../app/form.js';
import { t } from '../app/i18n.js';
import { tag } from '../app/parts.js';
import { go, link } from '../app/router.js';
import { plainTable } from '../app/table.js';
import { choices, word } from '../app/words.js';

const LIST = '/api/v1/counties/{county}/frozen-bases';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, signal, can }) {
  const { items } = await api.get(LIST, { path: { county }, signal });
  const add = () => {
    const made = form({
      parts: [
        { name: 'kind', title: t('基数种类', 'Kind'), kind: 'select', choices: choices('FrozenKind'), required: true },
        { name: 'name', title: t('名称', 'Name'), required: true, most: 100 },
        { name: 'as_of', title: t('截止日', 'As of'), kind: 'day', required: true },
        { name: 'known_seq', title: t('依据凭证号', 'Known at voucher'), kind: 'integer', help: t('留空为最新', 'Empty: the newest') },
        { name: 'task_m2', title: t('任务面积', 'Task'), kind: 'decimal', decimals: 4, unit: 'm²', required: true },
        { name: 'task_number', title: t('任务文号', 'Document'), required: true, most: 100 },
        { name: 'task_dated', title: t('任务文件日期', 'Dated'), kind: 'day', required: true },
      ],
      draft: 'frozen-base',
      send: t('提出', 'Propose'),
      submit: async (values) =>
        (await api.send('post', LIST, {
          path: { county },
          body: withoutEmpty({
            kind: given(values['kind']), name: given(values['name']), as_of: given(values['as_of']), known_seq: givenInteger(values['known_seq']),
            task_m2: givenDecimal(values['task_m2']), task_number: given(values['task_number']), task_dated: given(values['task_dated']),
          }),
        })).data,
      done: (file) => {
        made.element.closest('dialog')?.close();
        go(`bases/${file.base.id}`);
      },
    });
    void dialog({ title: t('冻结考核基数', 'Freeze a base'), body: made.element, wide: true });
  };
  if (can('clerk', 'reviewer')) document.getElementById('page-tools')?.append(h('button', { type: 'button', class: 'primary', onclick: add }, t('冻结考核基数', 'Freeze a base')));
  root.append(
    plainTable({
      caption: t('考核基数', 'Frozen bases'),
      rows: items,
      columns: [
        { title: t('名称', 'Name'), cell: (row) => row.name },
        { title: t('种类', 'Kind'), cell: (row) => word('FrozenKind', row.kind) },
        { title: t('截止日', 'As of'), cell: (row) => row.as_of, kind: 'nowrap' },
        { title: t('依据凭证', 'Known at'), kind: 'number', cell: (row) => String(row.known_seq) },
        { title: t('基数', 'Base'), area: (row) => row.area_m2 },
        { title: t('任务', 'Task'), area: (row) => row.task_m2 },
        { title: t('任务文号', 'Document'), cell: (row) => row.task_number },
        { title: t('状态', 'State'), cell: (row) => tag(word('FrozenState', row.state), row.state === 'approved' ? 'good' : row.state === 'proposed' ? 'accent' : '') },
      ],
      href: (row) => link(`bases/${row.id}`),
      empty: t('尚未冻结基数', 'Nothing is frozen yet'),
    }),
  );
}
