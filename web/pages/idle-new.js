// 立案: opens a case on the land of a contract.

import * as api from '../app/api.js';
import { today } from '../app/dates.js';
import { draft, dropDraft, keepDraft } from '../app/drafts.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given, givenDecimal, givenInteger } from '../app/form.js';
import { t } from '../app/i18n.js';
import { go } from '../app/router.js';
import { toast } from '../app/toast.js';
import { choices } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, { county, query, signal }) {
  const name = `idle-case-${query.get('contract') ?? 'new'}`;
  /** Kept with the draft, so that sending twice opens one case. @type {string} */
  const clientId = draft(`${name}-id`) ?? `web-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`;
  keepDraft(`${name}-id`, clientId);
  const contract = (/** @type {string | undefined} */ text) => { const value = given(text); return value && /^\d{1,9}$/.test(value) ? Number(value) : value; };
  const isPhase = (/** @type {Record<string, string>} */ values) => Boolean(given(values['phase']));
  const made = form({
    parts: [
      { name: 'contract', title: t('合同(编号或系统编号)', 'Contract (number or id)'), required: true, most: 100 },
      { name: 'parcel', title: t('宗地(合同有多宗时)', 'Parcel, where there are several'), most: 100 },
      { name: 'grounds', title: t('疑似情形', 'Grounds'), kind: 'select', choices: choices('Grounds'), required: true },
      { name: 'opened_on', title: t('立案日期(发现日)', 'Opened on'), kind: 'day', required: true },
      { name: 'phase', title: t('分期', 'Phase'), most: 50 },
      { name: 'area_m2', title: t('分期面积', 'Area of the phase'), kind: 'decimal', unit: 'm²', shown: isPhase, required: true },
      { name: 'previous', title: t('前案编号', 'Case before'), kind: 'integer' },
      { name: 'remark', title: t('备注', 'Remark'), kind: 'textarea', most: 1000 },
    ],
    initial: { contract: query.get('contract') ?? '', grounds: query.get('grounds') ?? '', phase: query.get('phase') ?? '', opened_on: today() },
    draft: name,
    send: t('立案', 'Open the case'),
    signal,
    submit: (values) =>
      api.send('post', '/api/v1/counties/{county}/idle-cases', {
        path: { county },
        body: withoutEmpty({
          client_id: clientId, contract: contract(values['contract']), parcel: contract(values['parcel']), grounds: given(values['grounds']), opened_on: given(values['opened_on']),
          phase: given(values['phase']), area_m2: givenDecimal(values['area_m2']), previous: givenInteger(values['previous']), remark: given(values['remark']),
        }),
      }),
    done: ({ data }) => {
      dropDraft(`${name}-id`);
      toast(t(`已立案:${data.number}`, `Opened: ${data.number}`));
      go(`idle/${data.id}`);
    },
  });
  made.element.classList.add('panel');
  root.append(made.element);
}
