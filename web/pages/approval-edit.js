// Entering an approval and changing one.

import { composition, compositionParts, compositionValues, withoutEmpty } from '../app/fields.js';
import { given } from '../app/form.js';
import { t } from '../app/i18n.js';
import { recordForm } from '../app/record.js';
import { choices } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const id = context.params['id'];
  const { element } = await recordForm({
    context,
    id,
    draft: `approval-${id ?? 'new'}`,
    list: '/api/v1/counties/{county}/approvals',
    one: '/api/v1/counties/{county}/approvals/{id}',
    checks: true,
    parts: [
      { name: 'number', title: t('批准文号', 'Number'), required: true, most: 100 },
      { name: 'kind', title: t('批次类型', 'Kind'), kind: 'select', choices: choices('ApprovalKind'), required: true },
      { name: 'authority', title: t('批准机关', 'Authority'), required: true, most: 100 },
      { name: 'approved_on', title: t('批准日期', 'Approved on'), kind: 'day', required: true },
      { name: 'approved_project', title: t('报批项目', 'Approved project'), most: 200 },
      { name: 'remark', title: t('备注', 'Remark'), kind: 'textarea', most: 1000 },
      ...compositionParts(true),
    ],
    toValues: (view) => ({
      number: view.number,
      kind: view.kind,
      authority: view.authority,
      approved_on: view.approved_on,
      approved_project: view.approved_project ?? '',
      remark: view.remark ?? '',
      ...compositionValues(view.composition),
    }),
    toBody: (values) =>
      withoutEmpty({
        number: given(values['number']),
        kind: given(values['kind']),
        authority: given(values['authority']),
        approved_on: given(values['approved_on']),
        approved_project: given(values['approved_project']),
        remark: given(values['remark']),
        composition: composition(values),
      }),
    viewOf: (answer) => answer.approval,
    page: (view) => `approvals/${view.id}`,
  });
  element.classList.add('panel');
  root.append(element);
}
