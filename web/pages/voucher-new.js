// A new voucher: the act, its document, and the lines; checked by the service while it is written.

import * as api from '../app/api.js';
import { upload } from '../app/attachments.js';
import { draft, dropDraft, keepDraft } from '../app/drafts.js';
import { fill, h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given, givenDecimal, givenReference } from '../app/form.js';
import { say, t } from '../app/i18n.js';
import { linesEditor } from '../app/lines.js';
import { sum } from '../app/numbers.js';
import { Problem } from '../app/problem.js';
import { go } from '../app/router.js';
import { toast } from '../app/toast.js';
import { KINDS } from '../app/vocabulary.js';
import { choices, word } from '../app/words.js';

/** @typedef {import('../app/lines.js').Line} Line */

const VOUCHERS = '/api/v1/counties/{county}/vouchers';
const PROPOSAL = '/api/v1/counties/{county}/proposals/{id}';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, query, signal, title } = context;
  const path = { county };
  const corrects = query.get('corrects');
  const revises = query.get('revises');
  const name = `voucher-${corrects ? `corrects-${corrects}` : revises ? `revises-${revises}` : 'new'}`;
  const basis = await contents(county, corrects, revises, signal);
  if (corrects) title(t(`更正凭证第 ${corrects} 号`, `Correct voucher ${corrects}`));
  if (revises) title(t(`修改待批凭证第 ${revises} 件`, `Revise proposal ${revises}`));

  /** Kept with the draft, so that sending twice posts once. @type {{ clientId: string, lines: Line[], attachments: { sha256: string, name: string }[] }} */
  const kept = draft(`${name}-lines`) ?? {
    clientId: basis?.clientId ?? `web-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`,
    lines: basis?.lines ?? [],
    attachments: basis?.attachments ?? [],
  };
  const keep = () => keepDraft(`${name}-lines`, { ...kept, lines: editor.lines });
  const duty = h('div', { class: 'box' });
  const files = h('div', { class: 'files' });
  let chosen = basis?.values['kind'] ?? query.get('kind') ?? 'supply';
  const kind = () => (corrects ? 'correction' : chosen);
  const editor = linesEditor({ county, signal, kind, changed: () => { keep(); made.changed(); } });

  /** @param {Record<string, string>} values */
  const body = (values) =>
    withoutEmpty({
      client_id: kept.clientId,
      kind: kind(),
      effective_on: given(values['effective_on']),
      historical: values['historical'] === 'true' || undefined,
      corrects: corrects ? Number(corrects) : undefined,
      method: kind() === 'supply' ? given(values['method']) : undefined,
      write_off: kind() === 'written_off' ? given(values['write_off']) : undefined,
      memo: given(values['memo']),
      document: withoutEmpty({
        number: given(values['number']),
        authority: given(values['authority']),
        dated: given(values['dated']),
        attachments: kept.attachments.map(({ sha256 }) => sha256),
      }),
      lines: editor.lines.map((line) => ({
        area_m2: givenDecimal(line.area_m2) ?? '',
        from: withoutEmpty({ account: line.from, plot: line.plot, parcel: parcelId(line.fromParcel) }),
        to: withoutEmpty({ account: line.to, plot: line.toPlot ? givenReference(line.toPlot) : line.plot, parcel: parcelId(line.toParcel) }),
      })),
    });
  /** Parcels that were named by code, as ids. @type {Map<string, number>} */
  const parcels = new Map();
  /** @param {string} text */
  const parcelId = (text) => (text === '' ? undefined : /^\d{10,15}$/.test(text) ? Number(text) : parcels.get(text) ?? text);

  /** Looks the codes up; enters those that are new when `values` tell whose land it is. @param {Record<string, string>} values @param {boolean} enter */
  async function resolve(values, enter) {
    const codes = [...new Set(editor.lines.flatMap((line) => [line.fromParcel, line.toParcel]))].filter((code) => code && !/^\d{10,15}$/.test(code) && !parcels.has(code));
    for (const code of codes) {
      const { items } = await api.get('/api/v1/counties/{county}/parcels', { path, query: { code_prefix: code, limit: 20 }, signal });
      const found = items.find((one) => one.code === code);
      if (found) parcels.set(code, found.id);
      else if (enter) {
        const area = sum(editor.lines.filter((line) => line.toParcel === code).map((line) => givenDecimal(line.area_m2)));
        const { data } = await api.send('post', '/api/v1/counties/{county}/parcels', {
          path,
          body: withoutEmpty({ code, area_m2: area, holder: given(values['holder']), holder_code: given(values['holder_code']), land_use: given(values['land_use']) }),
        });
        parcels.set(code, data.parcel.id);
      }
    }
  }

  /** @param {Record<string, string>} values @param {boolean} rehearse @param {AbortSignal} [checking] */
  async function revise(values, rehearse, checking) {
    try {
      return await api.send('post', `${PROPOSAL}/revise`, {
        path: { county, id: revises ?? '' }, query: rehearse ? { dry_run: true } : {}, body: { version: basis?.version, voucher: body(values) }, signal: checking,
      });
    } catch (error) {
      // The voucher is a member of what is sent here; the form calls its fields as in a voucher by itself.
      if (error instanceof Problem) error.errors = error.errors.map((one) => ({ ...one, pointer: one.pointer.replace(/^\/voucher(?=\/)/, '') }));
      throw error;
    }
  }

  function drawDuty() {
    const row = KINDS[kind()];
    if (!row) return;
    const needs = [
      row.reviewed && t('审核', 'review'),
      row.posted === 'at once' ? t('直接入账', 'posted at once') : t(`${word('Role', row.posted)}入账`, `posted by ${row.posted}`),
      row.document && t('须填文号、机关、日期', 'number, authority and day of the document'),
      row.attachment && t('须附文件', 'the document attached'),
    ].filter(Boolean);
    fill(
      duty,
      h('p', null, h('strong', null, word('Kind', kind())), t(':生效日为', ': effective on '), say(row.day), t('。', '.')),
      h('p', { class: 'quiet' }, needs.join(t('、', ', '))),
    );
  }

  function drawFiles() {
    fill(
      files,
      h('p', { class: 'quiet small' }, t('文件附件(PDF、JPEG、PNG)', 'Attachments (PDF, JPEG, PNG)')),
      h('ul', null, kept.attachments.map((one) => h('li', null, one.name, ' ', h('button', { type: 'button', class: 'link', onclick: () => { kept.attachments = kept.attachments.filter((other) => other !== one); keep(); drawFiles(); } }, t('移除', 'Remove'))))),
      h('input', {
        type: 'file', accept: 'application/pdf,image/jpeg,image/png', 'aria-label': t('添加附件', 'Add an attachment'),
        onchange: async (/** @type {Event} */ { target }) => {
          const file = /** @type {HTMLInputElement} */ (target).files?.[0];
          if (!file) return;
          try {
            const { sha256 } = await upload(county, file);
            kept.attachments = [...kept.attachments.filter((one) => one.sha256 !== sha256), { sha256, name: file.name }];
            keep();
            drawFiles();
            made.changed();
          } catch (error) {
            made.place(error, true);
          }
        },
      }),
    );
  }

  const made = form({
    parts: [
      ...(corrects ? [] : [/** @type {import('../app/form.js').Field} */ ({ name: 'kind', title: t('种类', 'Kind'), kind: 'select', required: true, choices: choices('Kind').filter(({ value }) => value !== 'correction') })]),
      { name: 'effective_on', title: t('生效日', 'Effective on'), kind: 'day', required: true, readonly: Boolean(corrects) },
      { name: 'method', title: t('供应方式', 'Method'), kind: 'select', choices: choices('SupplyMethod'), required: true, shown: () => kind() === 'supply' },
      { name: 'write_off', title: t('核销类型', 'Write-off'), kind: 'select', choices: choices('WriteOff'), required: true, shown: () => kind() === 'written_off' },
      { node: duty },
      { heading: t('依据文件', 'Document') },
      { name: 'number', pointer: '/document/number', title: t('文号或合同编号', 'Number'), most: 100 },
      { name: 'authority', pointer: '/document/authority', title: t('机关或签订方', 'Authority'), most: 100 },
      { name: 'dated', pointer: '/document/dated', title: t('文件日期', 'Dated'), kind: 'day' },
      { node: files, pointer: '/document/attachments' },
      { heading: t('分录', 'Lines'), note: t('面积按平方米。宗地填编号;供应到新宗地时填新编号,并在下面填用地单位。', 'Areas in m². Parcels by code; a supply to a new parcel names a new code, and its holder below.') },
      { node: editor.element, pointer: '/lines' },
      { heading: t('新宗地', 'New parcel'), shown: () => kind() === 'supply' },
      { name: 'holder', title: t('用地单位', 'Holder'), most: 100, shown: () => kind() === 'supply' },
      { name: 'holder_code', title: t('统一社会信用代码', 'Credit code'), most: 18, shown: () => kind() === 'supply' },
      { name: 'land_use', title: t('土地用途', 'Land use'), most: 100, shown: () => kind() === 'supply' },
      { heading: t('其他', 'Other') },
      { name: 'historical', title: t('历史补录', 'Entered afterwards'), kind: 'check', help: t('系统启用前的法律行为', 'An act before the system was in use') },
      { name: 'memo', title: t('说明', 'Memo'), kind: 'textarea', most: 1000 },
    ],
    initial: { kind: query.get('kind') ?? 'supply', ...basis?.values },
    draft: name,
    send: revises ? t('重新提交', 'Send again') : t('提交', 'Send'),
    signal,
    changed: (values) => {
      if (values['kind'] !== chosen) {
        chosen = values['kind'] ?? '';
        editor.retake();
      }
      drawDuty();
    },
    check: async (values, checking) => {
      if (editor.lines.length === 0 && kind() !== 'contract_succession') return null;
      await resolve(values, false);
      // A parcel that is not there yet has no number to check with.
      if (editor.lines.some((line) => typeof parcelId(line.toParcel) === 'string')) return null;
      return revises ? revise(values, true, checking) : api.send('post', VOUCHERS, { path, query: { dry_run: true }, body: body(values), signal: checking });
    },
    submit: async (values) => {
      await resolve(values, true);
      if (!revises) return (await api.send('post', VOUCHERS, { path, body: body(values) })).data;
      return { proposal: (await revise(values, false)).data.proposal };
    },
    done: (sent) => {
      dropDraft(`${name}-lines`);
      if (sent.voucher) {
        toast(t(`已入账:凭证第 ${sent.voucher.seq} 号`, `Posted as voucher ${sent.voucher.seq}`));
        go(`vouchers/${sent.voucher.seq}`);
      } else {
        toast(t('已提交,待审批', 'Sent: it waits for approval'));
        go(`proposals/${sent.proposal.id}`);
      }
    },
  });
  chosen = made.values['kind'] ?? chosen;
  drawDuty();
  drawFiles();
  await editor.restore(kept.lines, basis?.moves ?? null);
  const plot = query.get('plot');
  if (plot && editor.lines.length === 0) await editor.addPlot(plot);
  made.element.classList.add('panel', 'wide-form');
  root.append(made.element);
}

/**
 * What the new voucher begins with: the reverse of the one it corrects, or the proposal that was returned.
 * @param {string} county @param {string | null} corrects @param {string | null} revises @param {AbortSignal} signal
 */
async function contents(county, corrects, revises, signal) {
  /** @param {import('../types.js').Schema<'LineView'>} line @param {boolean} back @returns {Line} */
  const typed = ({ from, to, area_m2 }, back) => {
    const [giver, taker] = back ? [to, from] : [from, to];
    return {
      plot: giver.plot, from: giver.account, fromParcel: giver.parcel ? String(giver.parcel) : '', to: taker.account,
      toPlot: taker.plot === giver.plot ? '' : String(taker.plot), toParcel: taker.parcel ? String(taker.parcel) : '', area_m2,
    };
  };
  if (corrects) {
    const { voucher } = await api.get('/api/v1/counties/{county}/vouchers/{seq}', { path: { county, seq: corrects }, signal });
    return {
      clientId: null, version: 0, attachments: [], moves: /** @type {[string, string][]} */ (voucher.lines.flatMap(({ from, to }) => [[from.account, to.account], [to.account, from.account]])),
      values: /** @type {Record<string, string>} */ ({ effective_on: voucher.effective_on }), lines: voucher.lines.map((line) => typed(line, true)),
    };
  }
  if (!revises) return null;
  const { proposal, voucher } = await api.get(PROPOSAL, { path: { county, id: revises }, signal });
  return {
    clientId: voucher.client_id, version: proposal.version, moves: null,
    attachments: voucher.document.attachments.map((sha256) => ({ sha256, name: sha256.slice(0, 12) })),
    values: /** @type {Record<string, string>} */ ({
      kind: voucher.kind, effective_on: voucher.effective_on, method: voucher.method ?? '', write_off: voucher.write_off ?? '', memo: voucher.memo ?? '',
      number: voucher.document.number ?? '', authority: voucher.document.authority ?? '', dated: voucher.document.dated ?? '', historical: voucher.historical ? 'true' : '',
    }),
    lines: voucher.lines.map((line) => typed(line, false)),
  };
}
