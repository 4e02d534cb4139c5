// 乡镇街道 of the county, and counties themselves for administrators.

import * as api from '../app/api.js';
import { dialog } from '../app/dialog.js';
import { fill, h } from '../app/dom.js';
import { form, given } from '../app/form.js';
import { t } from '../app/i18n.js';
import { forgetTownships } from '../app/lookups.js';
import { tag } from '../app/parts.js';
import { plainTable } from '../app/table.js';
import { toast } from '../app/toast.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, signal, can }) {
  async function draw() {
    const { items } = await api.get('/api/v1/counties/{county}/townships', { path: { county }, signal });
    fill(
      root,
      plainTable({
        caption: t('乡镇街道', 'Townships'),
        rows: items,
        columns: [
          { title: t('代码', 'Code'), cell: (row) => row.code, kind: 'nowrap' },
          { title: t('名称', 'Name'), cell: (row) => row.name },
          { title: t('类别', 'Kind'), cell: (row) => (row.is_official ? t('法定区划', 'official') : tag(t('管理区等', 'other'), 'accent')) },
          { title: t('操作', 'Action'), cell: (row) => can('admin') && h('button', { type: 'button', class: 'link', onclick: () => edit(row) }, t('修改', 'Edit')) },
        ],
      }),
      can('admin') && h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', onclick: () => edit(null) }, t('增加乡镇街道', 'Add a township'))),
    );
  }
  /** @param {import('../types.js').Schema<'TownshipView'> | null} row */
  function edit(row) {
    const made = form({
      parts: [
        { name: 'code', title: t('代码(9 位)', 'Code (9 digits)'), required: true, most: 9, readonly: Boolean(row) },
        { name: 'name', title: t('名称', 'Name'), required: true, most: 50 },
        { name: 'is_official', title: t('法定行政区划', 'An official division'), kind: 'check' },
      ],
      initial: { code: row?.code ?? county, name: row?.name ?? '', is_official: row?.is_official === false ? '' : 'true' },
      send: t('保存', 'Save'),
      submit: (values) => api.send('put', '/api/v1/counties/{county}/townships/{code}', { path: { county, code: given(values['code']) ?? '' }, body: { name: given(values['name']), is_official: values['is_official'] === 'true' } }),
      done: () => {
        made.element.closest('dialog')?.close();
        forgetTownships(county);
        toast(t('已保存', 'Saved'));
        void draw();
      },
    });
    void dialog({ title: row ? row.name : t('增加乡镇街道', 'Add a township'), body: made.element });
  }
  await draw();
}
