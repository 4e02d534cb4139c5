// 政策参数: the figures of the law that hold on a day, with their source, and what the county set for itself.

import * as api from '../app/api.js';
import { dialog } from '../app/dialog.js';
import { moment, today } from '../app/dates.js';
import { fill, h, later, newId } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given } from '../app/form.js';
import { say, t } from '../app/i18n.js';
import { citation, panel, person, tag, withUnit } from '../app/parts.js';
import { problemBox } from '../app/problem.js';
import { setQuery } from '../app/router.js';
import { plainTable } from '../app/table.js';
import { toast } from '../app/toast.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, query, signal, can }) {
  let on = query.get('on') ?? today();
  let text = query.get('q') ?? '';
  const list = h('div');
  const overlays = h('div');
  /** @type {import('../types.js').Schema<'PolicyListing'> | null} */
  let policy = null;

  async function load() {
    try {
      policy = await api.get('/api/v1/policy', { query: { on, county }, signal });
      draw();
    } catch (error) {
      fill(list, problemBox(error));
    }
  }

  function draw() {
    if (!policy) return;
    const wanted = text.trim().toLowerCase();
    const rows = policy.parameters.filter((one) => !wanted || `${one.id} ${one.description.zh} ${one.description.en}`.toLowerCase().includes(wanted));
    fill(
      list,
      plainTable({
        caption: t('政策参数', 'Policy values'),
        rows,
        stacks: true,
        columns: [
          { title: t('参数', 'Parameter'), cell: (row) => [say(row.description), h('div', { class: 'quiet small' }, h('code', null, row.id))], kind: 'wide' },
          { title: t('取值', 'Value'), kind: 'number', cell: (row) => (row.value ? withUnit({ value: row.value, unit: row.unit }) : '—') },
          { title: t('施行日', 'In force'), cell: (row) => row.in_force, kind: 'nowrap' },
          { title: t('来源', 'Source'), kind: 'nowrap', cell: (row) => [row.source === 'county' ? tag(t('本县', 'county'), 'accent') : t('国家', 'national'), ' ', row.value && !row.verified && tag(t('待核', 'to be verified'), 'warn')] },
          { title: t('依据', 'Citation'), kind: 'wide', cell: (row) => [row.citation && h('ul', { class: 'bare' }, citation(row.citation)), row.note && h('div', { class: 'quiet small' }, say(row.note))] },
        ],
      }),
      h('p', { class: 'quiet small' }, t('政策集摘要', 'Digest of the set'), ' ', h('code', null, policy.digest)),
    );
  }

  async function drawOverlays() {
    if (!can('viewer', 'clerk', 'reviewer', 'approver', 'auditor')) return;
    const { items } = await api.get('/api/v1/counties/{county}/policy-overlays', { path: { county }, signal });
    fill(
      overlays,
      panel(
        t('本县取值记录', 'What the county set'),
        plainTable({
          caption: t('本县取值', 'Overlays'),
          rows: items,
          columns: [
            { title: t('参数', 'Parameter'), cell: (row) => [say(policy?.parameters.find((one) => one.id === row.parameter)?.description), h('br'), h('code', { class: 'quiet small' }, row.parameter)] },
            { title: t('取值', 'Value'), cell: (row) => row.value ?? t('(取消)', '(withdrawn)'), kind: 'number' },
            { title: t('自', 'From'), cell: (row) => row.in_force, kind: 'nowrap' },
            { title: t('理由', 'Reason'), cell: (row) => row.reason, kind: 'wide' },
            { title: t('依据', 'Citation'), cell: (row) => h('ul', { class: 'bare' }, citation(row.citation)), kind: 'wide' },
            { title: t('登记', 'Recorded'), cell: (row) => [moment(row.recorded_at), ' ', person(row.recorded_by)], kind: 'nowrap' },
          ],
          empty: t('全部采用国家取值', 'The national values hold throughout'),
        }),
        can('approver') && h('div', { class: 'buttons no-print' }, h('button', { type: 'button', onclick: add }, t('设定本县取值', 'Set a value'))),
      ),
    );
  }

  function add() {
    const made = form({
      parts: [
        {
          name: 'parameter', title: t('参数', 'Parameter'), kind: 'select', required: true, wide: true,
          choices: (policy?.parameters ?? []).filter(({ overlay }) => overlay !== 'no').map((one) => ({ value: one.id, text: `${say(one.description)}(${one.id})` })),
        },
        { name: 'value', title: t('取值(留空为取消本县取值)', 'Value (empty: back to the national one)'), most: 40 },
        { name: 'in_force', title: t('自何日起', 'From'), kind: 'day', required: true },
        { name: 'reason', title: t('理由', 'Reason'), kind: 'textarea', required: true, most: 500 },
        { name: 'instrument', pointer: '/citation/instrument', title: t('依据文件', 'Instrument'), required: true, most: 200 },
        { name: 'number', pointer: '/citation/number', title: t('文号', 'Number'), most: 100 },
        { name: 'provision', pointer: '/citation/provision', title: t('条款', 'Provision'), required: true, most: 100 },
        { name: 'issued_on', pointer: '/citation/issued_on', title: t('发布日', 'Issued on'), kind: 'day' },
        { name: 'verified', title: t('已核对原文', 'Compared with the text'), kind: 'check' },
      ],
      draft: 'policy-overlay',
      send: t('设定', 'Set'),
      submit: (values) =>
        api.send('post', '/api/v1/counties/{county}/policy-overlays', {
          path: { county },
          body: withoutEmpty({
            parameter: given(values['parameter']), value: given(values['value']), in_force: given(values['in_force']), reason: given(values['reason']), verified: values['verified'] === 'true',
            citation: withoutEmpty({ instrument: given(values['instrument']), number: given(values['number']), provision: given(values['provision']), issued_on: given(values['issued_on']) }),
          }),
        }),
      done: () => {
        made.element.closest('dialog')?.close();
        toast(t('已设定', 'Set'));
        void load();
        void drawOverlays();
      },
    });
    void dialog({ title: t('设定本县取值', 'Set a value of the county'), body: made.element, wide: true });
  }

  const [dayId, textId] = [newId('on'), newId('q')];
  const search = later(200, () => { setQuery({ q: text }); draw(); });
  root.append(
    h(
      'div',
      { class: 'filters no-print alone' },
      h('div', { class: 'filter' }, h('label', { for: dayId }, t('何日的取值', 'Values of the day')), h('input', { id: dayId, type: 'date', value: on, onchange: (/** @type {Event} */ { target }) => { on = /** @type {HTMLInputElement} */ (target).value || today(); setQuery({ on }); void load(); } })),
      h('div', { class: 'filter' }, h('label', { for: textId }, t('查找', 'Find')), h('input', { id: textId, type: 'search', value: text, oninput: (/** @type {Event} */ { target }) => { text = /** @type {HTMLInputElement} */ (target).value; search(); } })),
    ),
    overlays,
    list,
  );
  await Promise.all([load(), drawOverlays()]);
}
