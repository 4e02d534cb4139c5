// A paper of a case: filled in from the record, drafted, registered under its number, printed, scanned.

import * as api from '../app/api.js';
import { openAttachment, upload } from '../app/attachments.js';
import { confirm, dialog } from '../app/dialog.js';
import { moment, today } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given, givenInteger } from '../app/form.js';
import { say, t } from '../app/i18n.js';
import { facts, panel, person, tag } from '../app/parts.js';
import { go, link } from '../app/router.js';
import { toast, toastProblem } from '../app/toast.js';
import { word } from '../app/words.js';

const ONE = '/api/v1/counties/{county}/papers/{id}';
const OF_CASE = '/api/v1/counties/{county}/idle-cases/{case}/papers/{kind}';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, query, signal, can, me, title }) {
  const id = params['id'];
  if (!id && !(query.get('case') && query.get('kind'))) {
    root.append(h('div', { class: 'box' }, h('p', null, t('文书由案件制作:请在案件页的“下一步”中选择。', 'Papers are made of a case: choose one under the next steps of the case.')), h('p', null, h('a', { href: link('idle') }, t('闲置土地案件', 'Cases of idle land')))));
    return;
  }

  async function draw() {
    const read = id ? await api.getVersion(ONE, { path: { county, id }, signal }) : null;
    const file = read?.data ?? null;
    const place = { county, case: String(file?.paper.case ?? query.get('case') ?? ''), kind: file?.paper.kind ?? query.get('kind') ?? '' };
    // The form is for those who work on it; an auditor reads the paper itself.
    const blank = can('clerk', 'reviewer', 'approver')
      ? await api.get(`${OF_CASE}/form`, { path: place, signal })
      : { title: word('CasePaper', place.kind), fields: [], faults: [] };
    title(file?.paper.number ? `${blank.title} ${file.paper.number}` : blank.title);
    const isDraft = !file || file.paper.state === 'draft';
    const typed = blank.fields.filter((field) => field.may_be_typed);
    const known = blank.fields.filter((field) => field.known !== null && field.known !== undefined && field.known !== '');
    /** @param {Record<string, string>} values */
    const body = (values) => ({ values: withoutEmpty(Object.fromEntries(typed.map(({ name }) => [name, given(values[name])]))) });

    const made = form({
      parts: typed.map((field) => ({
        name: field.name, pointer: `/values/${field.name}`, title: say(field.title), required: false,
        kind: /** @type {import('../app/form.js').Field['kind']} */ (field.form === 'day' ? 'day' : field.form === 'paragraphs' ? 'textarea' : field.form === 'word' ? 'select' : field.form === 'money' || field.form === 'area' ? 'decimal' : 'text'),
        choices: field.choices.map(({ code, zh }) => ({ value: code, text: zh })),
        unit: field.form === 'money' ? t('元', 'yuan') : field.form === 'area' ? 'm²' : undefined,
        help: [field.is_required && !field.known && t('文书须有此项', 'the paper needs it'), field.shown && t(`档案:${field.shown}`, `on record: ${field.shown}`)].filter(Boolean).join(';'),
      })),
      initial: /** @type {Record<string, string>} */ (file?.values ?? {}),
      draft: `paper-${id ?? `${place.case}-${place.kind}`}`,
      send: file ? t('保存草稿', 'Save the draft') : t('拟稿', 'Draft it'),
      submit: (values) => file ? api.send('put', ONE, { path: { county, id: id ?? '' }, body: body(values), version: read?.etag }) : api.send('post', OF_CASE, { path: place, body: body(values) }),
      done: ({ data }) => {
        toast(t('已保存', 'Saved'));
        if (file) void draw();
        else go(`papers/${data.paper.id}`, {}, { replace: true });
      },
      buttons: h('button', {
        type: 'button',
        onclick: async () => {
          try {
            await api.download(`${OF_CASE}/preview`, { method: 'post', path: place, query: { f: 'docx' }, body: body(made.values), name: `${blank.title}-${t('草稿', 'draft')}.docx` });
          } catch (error) {
            made.place(error, true);
            made.show();
          }
        },
      }, t('预览 Word', 'Preview as Word')),
    });

    const register = () => {
      const asked = form({
        parts: [
          { name: 'word', pointer: '/number/word', title: t('机关代字', 'Word'), most: 20, help: t('不编号的文书留空', 'Empty for papers without a number') },
          { name: 'year', pointer: '/number/year', title: t('年份', 'Year'), kind: 'integer' },
          { name: 'n', pointer: '/number/n', title: t('序号', 'Number'), kind: 'integer' },
        ],
        initial: { year: today().slice(0, 4) },
        send: t('登记', 'Register'),
        submit: (values) => api.send('post', `${ONE}/register`, { path: { county, id: id ?? '' }, body: withoutEmpty({ version: file?.paper.version, digest: file?.digest, number: given(values['word']) ? { word: given(values['word']), year: givenInteger(values['year']), n: givenInteger(values['n']) } : undefined }) }),
        done: () => { asked.element.closest('dialog')?.close(); toast(t('已登记', 'Registered')); void draw(); },
      });
      void dialog({ title: t('登记文书', 'Register the paper'), body: [h('p', null, t('登记后内容不能再改。', 'It cannot be changed afterwards.')), asked.element] });
    };
    const makeVoid = () => {
      const asked = form({
        parts: [{ name: 'reason', pointer: '/reason', title: t('作废理由', 'Reason'), kind: 'textarea', required: true }],
        send: t('作废', 'Make it void'),
        submit: (values) => api.send('post', `${ONE}/void`, { path: { county, id: id ?? '' }, body: withoutEmpty({ version: file?.paper.version, reason: given(values['reason']) }) }),
        done: () => { asked.element.closest('dialog')?.close(); toast(t('已作废', 'It is void')); void draw(); },
      });
      void dialog({ title: t('作废文书', 'Make the paper void'), body: [h('p', null, t('文书保留,不删除;需要的请另行制作。', 'It is kept; make another one if it is needed.')), asked.element] });
    };
    const scan = h('input', {
      type: 'file', accept: 'application/pdf,image/jpeg,image/png', 'aria-label': t('签章扫描件', 'Sealed scan'),
      onchange: async (/** @type {Event} */ { target }) => {
        const chosen = /** @type {HTMLInputElement} */ (target).files?.[0];
        if (!chosen) return;
        try {
          const { sha256 } = await upload(county, chosen);
          await api.send('post', `${ONE}/scans`, { path: { county, id: id ?? '' }, body: { attachment: sha256 } });
          toast(t('已关联', 'Added'));
          await draw();
        } catch (error) {
          toastProblem(error);
        }
      },
    });

    fill(
      root,
      panel(
        null,
        facts([
          [t('案件', 'Case'), h('a', { href: link(`idle/${place.case}`) }, t('打开案件', 'open it'))],
          [t('状态', 'State'), file ? tag(word('PaperState', file.paper.state), file.paper.state === 'issued' ? 'good' : 'accent') : t('未拟稿', 'not drafted')],
          [t('文号', 'Number'), file?.paper.number],
          [t('成文日期', 'Dated'), file?.paper.issued_on],
          [t('拟稿', 'Drafted'), file && [moment(file.paper.created_at), ' ', person(file.paper.drafter)]],
          [t('登记', 'Registered by'), person(file?.paper.registrar)],
          [t('作废', 'Void'), file?.void && [file.void.reason, ' · ', moment(file.void.voided_at), ' ', person(file.void.voided_by)]],
        ]),
        h(
          'div',
          { class: 'buttons no-print' },
          file && h('a', { class: 'button', href: api.address(`${ONE}/file`, { path: { county, id: id ?? '' }, query: { f: 'html' } }), target: '_blank', rel: 'noopener' }, t('打开(可打印)', 'Open to print')),
          file && h('button', { type: 'button', onclick: () => api.download(`${ONE}/file`, { path: { county, id: id ?? '' }, query: { f: 'docx' }, name: `${blank.title}.docx` }).catch(toastProblem) }, t('下载 Word', 'Word')),
          file && isDraft && file.digest && file.faults.length === 0 && can('reviewer', 'approver') && file.paper.drafter !== me?.id && h('button', { type: 'button', class: 'primary', onclick: register }, t('登记文书', 'Register')),
          file && file.paper.state === 'issued' && !file.paper.number && can('reviewer', 'approver') && h('button', { type: 'button', class: 'danger', onclick: makeVoid }, t('作废文书', 'Make it void')),
          file && isDraft && file.paper.drafter === me?.id && h('button', { type: 'button', onclick: () => confirm({ title: t('撤回草稿', 'Withdraw the draft'), body: h('p', null, t('草稿将不再使用。', 'It is not used any more.')), yes: t('撤回', 'Withdraw'), danger: true, act: () => api.send('post', `${ONE}/withdraw`, { path: { county, id: id ?? '' }, body: { version: file.paper.version } }) }).then((done) => (done ? draw() : undefined)) }, t('撤回草稿', 'Withdraw')),
        ),
      ),
      (file?.faults ?? blank.faults).length > 0 && isDraft && h('div', { class: 'box warn' }, h('p', { class: 'box-title' }, t('尚缺', 'Still missing')), h('ul', null, (file?.faults ?? blank.faults).map((fault) => h('li', null, say(fault.message))))),
      isDraft && can('clerk') && panel(t('填写', 'Fill in'), made.element),
      known.length > 0 && panel(t('档案中的内容', 'From the record'), facts(known.map((field) => /** @type {[string, string]} */ ([say(field.title), field.shown ?? field.known ?? ''])))),
      file && file.paper.state === 'issued' && panel(t('签章扫描件', 'Sealed scans'), h('ul', { class: 'listed' }, file.scans.map((one) => h('li', null, h('button', { type: 'button', class: 'link', onclick: () => openAttachment(county, one.sha256, '') }, one.sha256.slice(0, 12)), ' ', moment(one.recorded_at), ' ', person(one.recorded_by)))), can('clerk') && h('div', { class: 'no-print' }, scan)),
    );
  }
  await draw();
}
