// Recording a step of a case of idle land: the form that its kind asks for, tried by the service while it is filled in.

import * as api from './api.js';
import { upload } from './attachments.js';
import { dialog } from './dialog.js';
import { today } from './dates.js';
import { fill, h } from './dom.js';
import { withoutEmpty } from './fields.js';
import { form, given, givenDecimal, givenInteger } from './form.js';
import { say, t } from './i18n.js';
import { Problem } from './problem.js';
import { toast } from './toast.js';
import { choices, word } from './words.js';

/** Steps without an outside document of their own. */
const NO_DOCUMENT = ['answered', 'cleared', 'disposal_chosen', 'hearing_requested', 'closed', 'annulled'];

/** Members of a step by its kind: asked for (true) or possible (false). @type {Record<string, Record<string, boolean>>} */
const MEMBERS = {
  served: { manner: true },
  registration_cancelled: { manner: false, voucher: false },
  found: { cause: true, voucher: false },
  carried_out: { new_start: false, until: false, voucher: false },
  paid: { amount: true },
  decided: { amount: false, area_m2: false },
  remedy_filed: { remedy: true },
  remedy_ended: { revoked: true },
  suspended: { hold: true },
  resumed: { voucher: false },
  annulled: { voucher: false },
};
const REASONED = ['cleared', 'closed', 'annulled'];

/**
 * @param {{ county: string, id: string, version: number, next: { step: string, paper?: string | null, way?: string | null, asks: string[], takes_three: boolean }, done: () => void }} options
 */
export function idleStep({ county, id, version, next, done }) {
  const members = { ...MEMBERS[next.step] };
  for (const name of next.asks) members[name] = true;
  const has = (/** @type {string} */ name) => name in members;
  const needs = (/** @type {string} */ name) => Boolean(members[name]);
  /** @type {{ sha256: string, name: string }[]} */
  let attachments = [];
  const files = h('div', { class: 'files' });
  const said = h('div');
  const takesDocument = !NO_DOCUMENT.includes(next.step);

  function drawFiles() {
    fill(
      files,
      h('p', { class: 'quiet small' }, t('附件(签章扫描件、送达回证、照片)', 'Attachments: sealed scan, proof of service, photos')),
      h('ul', null, attachments.map((one) => h('li', null, one.name))),
      h('input', {
        type: 'file', accept: 'application/pdf,image/jpeg,image/png', 'aria-label': t('添加附件', 'Add an attachment'),
        onchange: async (/** @type {Event} */ { target }) => {
          const file = /** @type {HTMLInputElement} */ (target).files?.[0];
          if (!file) return;
          try {
            const { sha256 } = await upload(county, file);
            attachments = [...attachments, { sha256, name: file.name }];
            drawFiles();
            made.changed();
          } catch (error) {
            made.place(error, true);
          }
        },
      }),
    );
  }

  /** @param {Record<string, string>} values */
  const body = (values) => {
    const document = withoutEmpty({
      number: given(values['number']), authority: given(values['authority']), dated: given(values['dated']),
      attachments: attachments.length > 0 ? attachments.map(({ sha256 }) => sha256) : undefined,
    });
    return withoutEmpty({
      kind: next.step, on: given(values['on']), paper: next.paper ?? undefined, way: next.way ?? undefined,
      document: Object.keys(document).length > 0 ? document : undefined,
      manner: given(values['manner']), cause: given(values['cause']), new_start: given(values['new_start']), until: given(values['until']),
      amount: givenDecimal(values['amount']), area_m2: givenDecimal(values['area_m2']), remedy: given(values['remedy']), hold: given(values['hold']),
      revoked: has('revoked') ? values['revoked'] === 'true' : undefined, voucher: givenInteger(values['voucher']), reason: given(values['reason']),
    });
  };
  const PATTERN = '/api/v1/counties/{county}/idle-cases/{id}/steps';
  /** @param {Record<string, string>} values @param {boolean} rehearse @param {AbortSignal} [signal] */
  const send = (values, rehearse, signal) => api.send('post', PATTERN, { path: { county, id }, query: rehearse ? { dry_run: true } : {}, body: body(values), version: `"${version}"`, signal });

  const made = form({
    parts: [
      { name: 'on', title: t('日期', 'Day'), kind: 'day', required: true },
      ...(has('manner') ? [{ name: 'manner', title: t('送达方式', 'Manner of service'), kind: /** @type {const} */ ('select'), choices: choices('Manner'), required: needs('manner') }] : []),
      ...(has('cause') ? [{ name: 'cause', title: t('闲置原因', 'Cause'), kind: /** @type {const} */ ('select'), choices: choices('IdleCaseCause'), required: true }] : []),
      ...(has('amount') ? [{ name: 'amount', title: t('金额', 'Amount'), kind: /** @type {const} */ ('decimal'), decimals: 2, unit: t('元', 'yuan'), required: needs('amount') }] : []),
      ...(has('area_m2') ? [{ name: 'area_m2', title: t('收回面积', 'Area recovered'), kind: /** @type {const} */ ('decimal'), decimals: 4, unit: 'm²', required: needs('area_m2') }] : []),
      ...(has('new_start') ? [{ name: 'new_start', title: t('新约定动工日期', 'New start'), kind: /** @type {const} */ ('day'), required: needs('new_start') }] : []),
      ...(has('until') ? [{ name: 'until', title: t('临时使用至', 'Used until'), kind: /** @type {const} */ ('day'), required: needs('until') }] : []),
      ...(has('remedy') ? [{ name: 'remedy', title: t('救济途径', 'Remedy'), kind: /** @type {const} */ ('select'), choices: choices('Remedy'), required: true }] : []),
      ...(has('revoked') ? [{ name: 'revoked', title: t('撤销原决定', 'The decision was revoked'), kind: /** @type {const} */ ('check') }] : []),
      ...(has('hold') ? [{ name: 'hold', title: t('中止事由', 'Hold'), kind: /** @type {const} */ ('select'), choices: choices('Hold'), required: true }] : []),
      { heading: t('依据文件', 'Document') },
      { name: 'number', pointer: '/document/number', title: t('文号', 'Number'), most: 100, required: takesDocument },
      { name: 'authority', pointer: '/document/authority', title: t('发文机关', 'Authority'), most: 100 },
      { name: 'dated', pointer: '/document/dated', title: t('文件日期', 'Dated'), kind: 'day' },
      { node: files, pointer: '/document' },
      ...(has('voucher') ? [{ name: 'voucher', title: t('台账凭证号(此前已入账时)', 'Voucher, if posted before'), kind: /** @type {const} */ ('integer') }] : []),
      { name: 'reason', title: REASONED.includes(next.step) ? t('理由', 'Reason') : t('说明', 'Note'), kind: 'textarea', most: 2000, required: REASONED.includes(next.step) },
      { node: said },
    ],
    initial: { on: today() },
    draft: `idle-${id}-${next.step}-${next.paper ?? next.way ?? ''}`,
    send: next.takes_three ? t('提交审核', 'Send for review') : t('登记', 'Record'),
    check: (values, signal) => send(values, true, signal).catch((error) => {
      // What stands in the way is no fault of a field.
      if (error instanceof Problem && error.kind === 'case-refused') {
        fill(said, obstacles(error));
        return null;
      }
      throw error;
    }),
    checked: (answer) => {
      if (answer) fill(said, h('p', { class: 'box good' }, t('可以办理', 'It may be taken')));
    },
    submit: (values) => send(values, false),
    refused: (problem) => {
      if (problem.kind !== 'case-refused') return false;
      fill(said, obstacles(problem));
      return true;
    },
    done: ({ data }) => {
      made.element.closest('dialog')?.close();
      toast(data.outcome === 'proposed' ? t('已提交,待审核审批', 'Sent: it waits for review') : t('已登记', 'Recorded'));
      done();
    },
  });
  drawFiles();
  const title = [word('StepKind', next.step), next.paper && word('Paper', next.paper), next.way && word('Way', next.way)].filter(Boolean).join(' · ');
  void dialog({ title, body: made.element, wide: true });
}

/** @param {Problem} problem */
function obstacles(problem) {
  /** @type {{ message: { zh: string, en: string }, citation?: { zh: string, en: string } | null }[]} */
  const list = /** @type {any} */ (problem.body).obstacles ?? [];
  return h(
    'div',
    { class: 'box bad', role: 'alert' },
    h('p', { class: 'box-title' }, problem.title),
    list.length > 0 ? h('ul', null, list.map(({ message, citation }) => h('li', null, say(message), citation && h('span', { class: 'quiet' }, ` ${say(citation)}`)))) : h('p', null, problem.detail),
  );
}
