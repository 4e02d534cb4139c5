// Entering a contract, and amending one: a supplementary agreement, an extension, a correction.

import * as api from '../app/api.js';
import { terms, termsParts, termsValues } from '../app/contract-terms.js';
import { fill, h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given, givenInteger, givenReference } from '../app/form.js';
import { t } from '../app/i18n.js';
import { warningBox } from '../app/record.js';
import { go } from '../app/router.js';
import { toast } from '../app/toast.js';
import { choices } from '../app/words.js';

const LIST = '/api/v1/counties/{county}/contracts';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, query, signal, title }) {
  const id = params['id'];
  const read = id ? (await api.send('get', `${LIST}/{id}`, { path: { county, id }, signal })).data : null;
  const newest = read?.versions.at(-1);
  if (read) title(t(`变更合同 ${read.number}`, `Amend ${read.number}`));
  /** @param {string | undefined} text */
  const references = (text) => given(text)?.split(/[,,、\s]+/).filter(Boolean).map(givenReference);
  const warnings = h('div', { class: 'record-warnings' });
  /** @param {import('../app/form.js').Values} values @param {boolean} rehearse @param {AbortSignal} [checking] */
  const send = (values, rehearse, checking) => {
    const query = rehearse ? { dry_run: true } : {};
    return read
      ? api.send('post', `${LIST}/{id}/amendments`, {
          path: { county, id: id ?? '' }, query, signal: checking, version: `"${read.version}"`,
          body: withoutEmpty({ change: given(values['change']), document_number: given(values['document_number']), effective_on: given(values['effective_on']), corrects: givenInteger(values['corrects']), reason: given(values['reason']), terms: terms(values) }),
        })
      : api.send('post', LIST, {
          path: { county }, query, signal: checking,
          body: withoutEmpty({
            kind: given(values['kind']), number: given(values['number']), signed_on: given(values['signed_on']), parcels: references(values['parcels']),
            user: withoutEmpty({ name: given(values['user_name']), code: given(values['user_code']) }), terms: terms(values),
            earlier_use: given(values['occupied_since']) && { occupied_since: given(values['occupied_since']) },
          }),
        });
  };
  const made = form({
    parts: [
      ...(read
        ? /** @type {import('../app/form.js').Part[]} */ ([
            { name: 'change', title: t('变更种类', 'Change'), kind: 'select', required: true, choices: choices('ChangeKind').filter(({ value }) => value !== 'original') },
            { name: 'document_number', title: t('协议编号或批复文号', 'Document'), most: 100 },
            { name: 'effective_on', title: t('生效日', 'Effective on'), kind: 'day', shown: (values) => values['change'] !== 'correction' },
            { name: 'corrects', title: t('所更正的版本', 'Corrects version'), kind: 'integer', shown: (values) => values['change'] === 'correction', required: true },
            { name: 'reason', title: t('理由', 'Reason'), kind: 'textarea', required: true, most: 500 },
          ])
        : /** @type {import('../app/form.js').Part[]} */ ([
            { name: 'kind', title: t('种类', 'Kind'), kind: 'select', required: true, choices: choices('ContractKind') },
            { name: 'number', title: t('合同编号、决定书号', 'Number'), required: true, most: 100 },
            { name: 'signed_on', title: t('签订日期', 'Signed on'), kind: 'day', required: true },
            { name: 'parcels', title: t('宗地编号(多宗以逗号分隔)', 'Parcels (by commas)'), required: true, most: 500 },
            { name: 'user_name', pointer: '/user/name', title: t('土地使用者', 'User'), required: true, most: 100 },
            { name: 'user_code', pointer: '/user/code', title: t('统一社会信用代码', 'Credit code'), most: 18 },
            { name: 'occupied_since', pointer: '/earlier_use/occupied_since', title: t('补办的:占用起始日', 'Occupied since, if settled afterwards'), kind: 'day' },
          ])),
      ...termsParts(),
      { node: warnings },
    ],
    initial: newest ? termsValues(newest.terms) : { parcels: query.get('parcel') ?? '' },
    draft: `contract-${id ?? 'new'}`,
    send: t('保存', 'Save'),
    signal,
    check: (values, checking) => send(values, true, checking),
    checked: (answer) => fill(warnings, warningBox(answer?.data.warnings)),
    submit: (values) => send(values, false),
    done: ({ data }) => {
      toast(t('已保存', 'Saved'));
      for (const { message } of data.warnings ?? []) toast(t(message.zh, message.en), 'bad');
      go(`contracts/${data.id}`);
    },
  });
  made.element.classList.add('panel');
  root.append(made.element);
}
