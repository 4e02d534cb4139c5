// 文书设置: what stands on every paper of the bureau.

import * as api from '../app/api.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given } from '../app/form.js';
import { t } from '../app/i18n.js';
import { toast } from '../app/toast.js';

const SETTINGS = '/api/v1/counties/{county}/paper-settings';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, signal, can }) {
  const read = await api.send('get', SETTINGS, { path: { county }, signal });
  let version = read.etag;
  const now = read.data.settings ?? {};
  const readonly = !can('approver');
  /** @type {[name: string, title: string, required?: boolean][]} */
  const members = [
    ['agency', t('发文机关(全称)', 'Agency, in full'), true],
    ['agency_head', t('机关负责人', 'Head')],
    ['agency_address', t('机关地址', 'Address'), true],
    ['contact', t('联系人', 'Contact'), true],
    ['phone', t('联系电话', 'Telephone'), true],
    ['government', t('本级人民政府', 'Government'), true],
    ['review_body', t('行政复议机关', 'Review body'), true],
    ['court', t('有管辖权的人民法院', 'Court'), true],
    ['registry', t('不动产登记机构', 'Registry'), true],
    ['fee_payee', t('闲置费收缴单位和账户', 'Where the fee is paid'), true],
  ];
  const made = form({
    parts: [
      ...members.map(([name, title, required]) => ({ name, title, required, readonly, most: 300 })),
      { name: 'number_words', title: t('机关代字(逗号分隔)', 'Words of numbers (by commas)'), required: true, readonly, wide: true, help: t('文号只能用这些代字', 'Papers are numbered under these alone') },
    ],
    initial: { ...Object.fromEntries(members.map(([name]) => [name, now[name] ?? ''])), number_words: (now.number_words ?? []).join(',') },
    draft: 'paper-settings',
    send: t('保存', 'Save'),
    submit: (values) =>
      api.send('put', SETTINGS, {
        path: { county }, version,
        body: withoutEmpty({ ...Object.fromEntries(members.map(([name]) => [name, given(values[name])])), number_words: given(values['number_words'])?.split(/[,,、\s]+/).filter(Boolean) }),
      }),
    done: ({ etag }) => {
      version = etag;
      toast(t('已保存', 'Saved'));
    },
  });
  made.element.classList.add('panel');
  if (readonly) made.element.querySelector('.form-buttons')?.remove();
  root.append(made.element);
}
