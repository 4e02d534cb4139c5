// One contract: its terms, what was reported, what is still due, and what the rules on idle land say of it.

import * as api from '../app/api.js';
import { dialog } from '../app/dialog.js';
import { moment } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given, givenDecimal, givenInteger } from '../app/form.js';
import { say, t } from '../app/i18n.js';
import { areaWithUnit, money } from '../app/numbers.js';
import { codeLink, facts, figure, findingBox, panel, person, tag } from '../app/parts.js';
import { problemBox } from '../app/problem.js';
import { link } from '../app/router.js';
import { plainTable } from '../app/table.js';
import { toast } from '../app/toast.js';
import { choices, word } from '../app/words.js';

const ONE = '/api/v1/counties/{county}/contracts/{id}';

/** @typedef {import('../app/form.js').Part} Part */

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, signal, can, title }) {
  const path = { county, id: params['id'] ?? '' };
  const idle = h('div', { class: 'stack' });

  async function draw() {
    const { data: one } = await api.send('get', ONE, { path, signal });
    const newest = one.current ?? one.versions.at(-1);
    const { terms } = newest;
    const yuan = (/** @type {string | null | undefined} */ figure) => figure && `${money(figure)} ${t('元', 'yuan')}`;
    title(t(`合同 ${one.number}`, `Contract ${one.number}`));
    /** @type {Part} */
    const phase = { name: 'phase', title: t('分期', 'Phase'), kind: 'select', choices: (terms.phases ?? []).map((/** @type {{ name: string }} */ { name }) => ({ value: name, text: name })), shown: () => (terms.phases ?? []).length > 0 };
    const isPaid = (/** @type {Record<string, string>} */ values) => values['kind'] === 'paid';
    const isStart = (/** @type {Record<string, string>} */ values) => values['kind'] === 'started';

    /** @param {string} text @param {string} address @param {Part[]} parts @param {(values: Record<string, string>) => object} body */
    const report = (text, address, parts, body) =>
      h('button', {
        type: 'button',
        onclick: () => {
          const made = form({
            parts, draft: `contract-${path.id}-${address}`, send: text,
            submit: (values) => api.send('post', `${ONE}/${address}`, { path, version: `"${one.version}"`, body: withoutEmpty(body(values)) }),
            done: () => { made.element.closest('dialog')?.close(); toast(t('已记录', 'Recorded')); void draw(); },
          });
          void dialog({ title: text, body: made.element, wide: true });
        },
      }, text);

    const tools = can('clerk') && h(
      'div',
      { class: 'buttons no-print' },
      report(t('填报进度', 'Report progress'), 'development', [
        { name: 'kind', title: t('事项', 'What'), kind: 'select', choices: choices('DevelopmentKind'), required: true },
        { name: 'on', title: t('日期', 'Day'), kind: 'day', required: true },
        phase,
        { name: 'document_number', title: t('文件编号', 'Document'), most: 100 },
        { name: 'permit_number', title: t('施工许可证编号', 'Permit'), most: 100, shown: isStart },
        { name: 'permitted_on', title: t('施工许可证日期', 'Permitted on'), kind: 'day', shown: isStart },
        { name: 'foundation', title: t('基础形式', 'Foundation'), kind: 'select', choices: choices('Foundation'), shown: isStart },
        { name: 'foundation_reached', title: t('已达到动工标准', 'It counts as a start'), kind: 'check', shown: isStart },
        { name: 'developed_m2', title: t('累计开发面积', 'Developed in all'), kind: 'decimal', unit: 'm²', shown: (values) => !isPaid(values) },
        { name: 'invested_yuan', title: t('累计投资额', 'Invested in all'), kind: 'decimal', unit: t('元', 'yuan'), shown: (values) => !isPaid(values) },
        { name: 'instalment', title: t('期次', 'Instalment'), kind: 'integer', shown: isPaid },
        { name: 'paid_yuan', title: t('缴款金额', 'Paid'), kind: 'decimal', unit: t('元', 'yuan'), required: true, shown: isPaid },
        { name: 'evidence', title: t('依据说明', 'Evidence'), most: 500, wide: true },
        { name: 'remark', title: t('备注', 'Remark'), kind: 'textarea', most: 1000 },
      ], (values) => ({
        ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, given(value)])),
        foundation_reached: isStart(values) ? values['foundation_reached'] === 'true' : undefined,
        developed_m2: givenDecimal(values['developed_m2']), invested_yuan: givenDecimal(values['invested_yuan']), paid_yuan: givenDecimal(values['paid_yuan']), instalment: givenInteger(values['instalment']),
      })),
      report(t('登记现场核查', 'Record an inspection'), 'inspections', [
        { name: 'on', title: t('日期', 'Day'), kind: 'day', required: true },
        phase,
        { name: 'badge0', pointer: '/inspectors/0/badge', title: t('核查人一执法证号', 'Badge of the first inspector'), required: true, most: 50 },
        { name: 'name0', pointer: '/inspectors/0/name', title: t('姓名', 'Name'), most: 50 },
        { name: 'badge1', pointer: '/inspectors/1/badge', title: t('核查人二执法证号', 'Badge of the second'), required: true, most: 50 },
        { name: 'name1', pointer: '/inspectors/1/name', title: t('姓名', 'Name'), most: 50 },
        { name: 'state', title: t('现场状况', 'State'), kind: 'select', choices: choices('SiteState'), required: true },
        { name: 'findings', title: t('核查情况', 'Findings'), kind: 'textarea', required: true, most: 1000 },
        { name: 'developed_m2', title: t('已开发面积', 'Developed'), kind: 'decimal', unit: 'm²' },
        { name: 'invested_yuan', title: t('已投资额', 'Invested'), kind: 'decimal', unit: t('元', 'yuan') },
        { name: 'signature', title: t('用地单位签字', 'Signature'), kind: 'select', choices: choices('Signature'), required: true },
        { name: 'signature_note', title: t('未签字的说明', 'Why not'), most: 500 },
      ], (values) => ({
        on: given(values['on']), phase: given(values['phase']), state: given(values['state']), findings: given(values['findings']), signature: given(values['signature']), signature_note: given(values['signature_note']),
        developed_m2: givenDecimal(values['developed_m2']), invested_yuan: givenDecimal(values['invested_yuan']),
        inspectors: [0, 1].map((n) => withoutEmpty({ badge: given(values[`badge${n}`]), name: given(values[`name${n}`]) })),
      })),
      report(t('说明政府原因', 'Claim an outside cause'), 'causes', [
        { name: 'cause', title: t('原因', 'Cause'), kind: 'select', choices: choices('OutsideCause'), required: true },
        { name: 'from', title: t('自', 'From'), kind: 'day', required: true },
        { name: 'to', title: t('至', 'To'), kind: 'day' },
        phase,
        { name: 'explanation', title: t('说明', 'Explanation'), kind: 'textarea', required: true, most: 1000 },
        { name: 'document_number', title: t('文号', 'Document'), most: 100 },
      ], (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, given(value)]))),
      h('a', { class: 'button', href: link(`contracts/${one.id}/amend`) }, t('变更合同', 'Amend')),
    );

    fill(
      root,
      one.warnings.length > 0 && h('div', { class: 'box warn' }, h('ul', null, one.warnings.map((/** @type {any} */ { message }) => h('li', null, say(message))))),
      h(
        'div',
        { class: 'figures' },
        figure(t('供后状态', 'State'), word('FollowUp', one.standing.follow_up) || '—', one.standing.taken_back_on ? t(`${one.standing.taken_back_on} 收回`, `on ${one.standing.taken_back_on}`) : t(`截至 ${one.standing.as_of}`, `as of ${one.standing.as_of}`)),
        figure(t('实际交地', 'Delivered'), one.standing.delivered_on ?? '—', terms.delivery_on && t(`约定 ${terms.delivery_on}`, `agreed ${terms.delivery_on}`)),
        figure(t('实际动工', 'Started'), one.standing.started_on ?? '—', terms.start_on && t(`约定 ${terms.start_on}`, `agreed ${terms.start_on}`)),
        figure(t('实际竣工', 'Completed'), one.standing.completed_on ?? '—', terms.completion_on && t(`约定 ${terms.completion_on}`, `agreed ${terms.completion_on}`)),
        figure(t('已缴价款', 'Paid'), yuan(one.standing.paid_yuan) ?? '—', terms.price_yuan && t(`价款 ${money(terms.price_yuan)} 元`, `of ${money(terms.price_yuan)} yuan`)),
        figure(t('已开发面积', 'Developed'), areaWithUnit(one.standing.developed_m2) || '—', terms.developable_m2 && t(`应动工 ${areaWithUnit(terms.developable_m2)}`, `of ${areaWithUnit(terms.developable_m2)}`)),
      ),
      tools,
      h(
        'div',
        { class: 'columns' },
        panel(t('现行约定', 'Terms in force'), facts([
          [t('合同编号', 'Number'), one.number],
          [t('种类', 'Kind'), word('ContractKind', one.kind)],
          [t('签订日期', 'Signed on'), one.signed_on],
          [t('土地使用者', 'User'), newest.user],
          [t('信用代码', 'Credit code'), newest.user_code],
          [t('宗地', 'Parcels'), newest.parcels.map((/** @type {number} */ id) => [codeLink('parcels', id), ' ']).flat()],
          [t('电子监管号', 'Supervision no.'), terms.regulatory_number ?? tag(t('无', 'none'), 'warn')],
          [t('项目名称', 'Project'), terms.project_name],
          [t('土地用途', 'Use'), terms.land_use],
          [t('供应方式', 'Method'), word('SupplyMethod', terms.method)],
          [t('使用年期', 'Term'), terms.term && t(`${terms.term} 年`, `${terms.term} years`)],
          [t('合同面积', 'Area'), areaWithUnit(terms.area_m2)],
          [t('价款', 'Price'), yuan(terms.price_yuan)],
          [t('总投资额', 'Investment'), yuan(terms.investment_yuan)],
          [t('备注', 'Remark'), terms.remark, true],
        ])),
        panel(
          t('未了约定', 'Still due'),
          plainTable({
            caption: t('未了约定', 'Still due'),
            rows: /** @type {{ kind: string, part: number, due_on: string }[]} */ (one.dues),
            columns: [
              { title: t('约定日', 'Due'), cell: (row) => row.due_on, kind: 'nowrap' },
              { title: t('事项', 'What'), cell: (row) => word('DueKind', row.kind) },
              { title: t('期次', 'Part'), kind: 'number', cell: (row) => (row.part > 0 ? String(row.part) : '') },
            ],
            rowClass: (row) => row.due_on < one.standing.as_of && 'bad',
            empty: t('没有未了约定', 'Nothing is due'),
          }),
        ),
      ),
      h('section', null, h('h2', null, t('闲置核对', 'Idle land')), idle),
      panel(t('版本', 'Versions'), plainTable({
        caption: t('版本', 'Versions'),
        rows: /** @type {any[]} */ (one.versions),
        columns: [
          { title: t('版本', 'No.'), cell: (row) => String(row.n) },
          { title: t('变更', 'Change'), cell: (row) => word('ChangeKind', row.change) },
          { title: t('生效日', 'Effective'), cell: (row) => row.effective_on, kind: 'nowrap' },
          { title: t('文件', 'Document'), cell: (row) => row.document_number },
          { title: t('约定动工', 'Start'), cell: (row) => row.terms.start_on, kind: 'nowrap' },
          { title: t('价款(元)', 'Price (yuan)'), kind: 'number', cell: (row) => money(row.terms.price_yuan) },
          { title: t('理由', 'Reason'), cell: (row) => row.reason, kind: 'wide' },
        ],
      })),
      panel(t('事项', 'Events'), h('ol', { class: 'timeline' }, one.events.map((/** @type {any} */ event) => h('li', { class: event.is_withdrawn ? 'quiet' : null }, eventLine(event), h('p', { class: 'quiet small' }, moment(event.recorded_at), ' · ', person(event.recorded_by), event.is_withdrawn && [' ', tag(t('已撤销', 'withdrawn'))]))))),
    );
    api
      .send('get', `${ONE}/idleness`, { path, signal })
      .then(({ data }) => fill(idle, data.items.flatMap((/** @type {any} */ { phase: name, answer }) => [name && h('h3', null, name), ...answer.findings.map(findingBox)])))
      .catch((error) => fill(idle, problemBox(error)));
  }
  await draw();
}

/** @param {any} event */
function eventLine(event) {
  const { development, inspection, cause, cause_decision: decision, withdrawal } = event;
  const what = development ? word('DevelopmentKind', development.kind) : word('ContractEventKind', event.kind);
  const more = [
    development && [development.document_number, development.permit_number, development.developed_m2 && areaWithUnit(development.developed_m2), development.invested_yuan && `${money(development.invested_yuan)} ${t('元', 'yuan')}`, development.paid_yuan && `${money(development.paid_yuan)} ${t('元', 'yuan')}`, development.evidence],
    inspection && [word('SiteState', inspection.state), inspection.findings],
    cause && [word('OutsideCause', cause.cause), `${cause.from} → ${cause.to ?? ''}`, cause.explanation],
    decision && [decision.accepted ? t('认可', 'accepted') : t('不认可', 'not accepted'), decision.reason],
    withdrawal && [withdrawal.reason],
  ].flat().filter(Boolean);
  return h('p', null, h('strong', null, `${event.on} ${what}`), ' ', more.join(' · '));
}
