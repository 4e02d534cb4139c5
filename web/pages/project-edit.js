// Entering a project and changing one.

import { withoutEmpty } from '../app/fields.js';
import { given } from '../app/form.js';
import { t } from '../app/i18n.js';
import { recordForm } from '../app/record.js';

const NAMES = ['code', 'name', 'industry_code', 'investor_code', 'remark'];

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const id = context.params['id'];
  const { element } = await recordForm({
    context,
    id,
    draft: `project-${id ?? 'new'}`,
    list: '/api/v1/counties/{county}/projects',
    one: '/api/v1/counties/{county}/projects/{id}',
    checks: true,
    parts: [
      { name: 'code', title: t('项目编码', 'Code'), required: true, most: 50 },
      { name: 'name', title: t('项目名称', 'Name'), required: true, most: 200 },
      { name: 'industry_code', title: t('行业代码(GB/T 4754)', 'Industry (GB/T 4754)'), most: 5, help: t('如 C3484', 'such as C3484') },
      { name: 'investor_code', title: t('投资方统一社会信用代码', 'Credit code of the investor'), most: 18 },
      { name: 'remark', title: t('备注', 'Remark'), kind: 'textarea', most: 1000 },
    ],
    toValues: (view) => Object.fromEntries(NAMES.map((name) => [name, view[name] ?? ''])),
    toBody: (values) => withoutEmpty(Object.fromEntries(NAMES.map((name) => [name, given(values[name])]))),
    page: (view) => `projects/${view.id}`,
  });
  element.classList.add('panel');
  root.append(element);
}
