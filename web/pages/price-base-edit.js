// Drafting a price base and revising one; judged by the rules while it is typed.

import * as api from '../app/api.js';
import { fill, h } from '../app/dom.js';
import { unitChoices, withoutEmpty } from '../app/fields.js';
import { given, givenDecimal, givenInteger } from '../app/form.js';
import { t } from '../app/i18n.js';
import { money } from '../app/numbers.js';
import { findingBox, outcomeTag } from '../app/parts.js';
import { form } from '../app/form.js';
import { go } from '../app/router.js';
import { toast } from '../app/toast.js';
import { choices, word } from '../app/words.js';

const LIST = '/api/v1/counties/{county}/price-bases';
const ONE = `${LIST}/{id}`;
const COSTS = 6;

/** @typedef {import('../app/form.js').Values} Values */

/** @param {Values} values */
function terms(values) {
  const exception = withoutEmpty({ document_no: given(values['decision_no']), body: given(values['decision_body']), decided_on: given(values['decided_on']) });
  return withoutEmpty({
    land_use: given(values['land_use']),
    area: givenDecimal(values['area']) && { value: givenDecimal(values['area']), unit: given(values['area_unit']) ?? 'm2' },
    max_term_unit_price: givenDecimal(values['max_term_unit_price']),
    max_term: given(values['max_term']),
    grade: givenInteger(values['grade']),
    minimum: given(values['minimum']),
    rate: givenDecimal(values['rate']),
    on: given(values['on']),
    decided_total: givenDecimal(values['decided_total']),
    conflict_decision: Object.keys(exception).length > 0 ? exception : undefined,
    costs: Array.from({ length: COSTS }, (_, n) => n)
      .filter((n) => given(values[`cost${n}_name`]) || given(values[`cost${n}_amount`]))
      .map((n) => withoutEmpty({ name: given(values[`cost${n}_name`]), amount: givenDecimal(values[`cost${n}_amount`]) })),
    method: withoutEmpty({
      method: given(values['method']), lease_term: given(values['lease_term']), transfer_term: given(values['transfer_term']),
      leased_share: givenDecimal(values['leased_share']), rent_timing: given(values['rent_timing']), rents_per_year: givenInteger(values['rents_per_year']),
    }),
  });
}

/** @param {any} contents @returns {Values} */
function typed(contents) {
  const { terms: of } = contents;
  const area = typeof of.area === 'object' ? of.area : { value: of.area, unit: 'm2' };
  /** @type {Record<string, unknown>} */
  const all = {
    plot: contents.plot, appraisal_filing_no: contents.appraisal_filing_no, appraised_as_of: contents.appraised_as_of, valid_until: contents.valid_until, minutes_no: contents.minutes_no,
    land_use: of.land_use, area: area.value, area_unit: area.unit, max_term_unit_price: of.max_term_unit_price, max_term: of.max_term, grade: of.grade, minimum: of.minimum, rate: of.rate, on: of.on,
    decided_total: of.decided_total, ...of.method, decision_no: of.conflict_decision?.document_no, decision_body: of.conflict_decision?.body, decided_on: of.conflict_decision?.decided_on,
  };
  (of.costs ?? []).slice(0, COSTS).forEach((/** @type {{ name: string, amount: string }} */ cost, /** @type {number} */ n) => Object.assign(all, { [`cost${n}_name`]: cost.name, [`cost${n}_amount`]: cost.amount }));
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value === null || value === undefined ? '' : String(value)]));
}

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, query, signal }) {
  const id = params['id'];
  const path = { county, id: id ?? '' };
  const read = id ? await api.send('get', ONE, { path, signal }) : null;
  const judged = h('div', { 'aria-live': 'polite' });
  /** @param {string} name */
  const inTerms = (name) => `/terms/${name}`;
  const method = (/** @type {string[]} */ ...names) => (/** @type {Values} */ values) => names.includes(values['method'] ?? '');
  const made = form({
    parts: [
      { name: 'plot', title: t('地块(系统编号)', 'Plot (id)'), kind: 'integer', required: true, readonly: Boolean(id) },
      { name: 'appraisal_filing_no', title: t('评估报告备案号', 'Appraisal filing'), required: true, most: 100 },
      { name: 'appraised_as_of', title: t('估价期日', 'Appraised as of'), kind: 'day', required: true },
      { name: 'valid_until', title: t('评估报告有效期至', 'Valid until'), kind: 'day', required: true },
      { name: 'minutes_no', title: t('集体决策会议纪要号', 'Minutes'), most: 100, help: t('出具前必填', 'Needed before it is issued') },
      { heading: t('方式与价格', 'Method and price') },
      { name: 'land_use', pointer: inTerms('land_use'), title: t('土地用途', 'Use'), kind: 'select', choices: choices('LandUse'), required: true },
      { name: 'area', pointer: inTerms('area'), title: t('面积', 'Area'), kind: 'decimal', decimals: 8, required: true },
      { name: 'area_unit', pointer: inTerms('area/unit'), title: t('单位', 'Unit'), kind: 'select', choices: unitChoices(), required: true },
      { name: 'max_term_unit_price', pointer: inTerms('max_term_unit_price'), title: t('最高年期单价', 'Price for the maximum term'), kind: 'decimal', required: true, unit: t('元/平方米', 'yuan/m²') },
      { name: 'max_term', pointer: inTerms('max_term'), title: t('最高年期', 'Maximum term'), help: t('留空为法定最高年期', 'Empty: the statutory one'), most: 10 },
      { name: 'grade', pointer: inTerms('grade'), title: t('土地等别(1–15)', 'Grade (1–15)'), kind: 'integer' },
      { name: 'minimum', pointer: inTerms('minimum'), title: t('最低价标准适用情形', 'National minimum'), kind: 'select', choices: choices('MinimumCase'), none: t('全额', 'whole') },
      { name: 'rate', pointer: inTerms('rate'), title: t('还原利率', 'Rate'), kind: 'decimal', required: true, help: t('小数,如 0.06', 'as a decimal, such as 0.06') },
      { name: 'on', pointer: inTerms('on'), title: t('适用日期', 'Law of the day'), kind: 'day' },
      { name: 'method', pointer: inTerms('method/method'), title: t('供应方式', 'Method'), kind: 'select', choices: choices('Method'), required: true },
      { name: 'lease_term', pointer: inTerms('method/lease_term'), title: t('租期(年)', 'Lease (years)'), most: 10, shown: method('lease_then_transfer', 'long_lease', 'mixed_lease_transfer') },
      { name: 'transfer_term', pointer: inTerms('method/transfer_term'), title: t('出让年期(年)', 'Grant (years)'), most: 10, shown: method('flexible', 'lease_then_transfer', 'mixed_lease_transfer') },
      { name: 'leased_share', pointer: inTerms('method/leased_share'), title: t('租赁面积占比', 'Leased share'), kind: 'decimal', shown: method('mixed_lease_transfer') },
      { name: 'rent_timing', pointer: inTerms('method/rent_timing'), title: t('租金支付时点', 'Rent paid'), kind: 'select', choices: choices('RentTiming'), shown: method('lease_then_transfer', 'long_lease', 'mixed_lease_transfer') },
      { name: 'rents_per_year', pointer: inTerms('method/rents_per_year'), title: t('每年付租次数', 'Rents a year'), kind: 'select', choices: ['1', '2', '4', '12'].map((value) => ({ value, text: value })), shown: method('lease_then_transfer', 'long_lease', 'mixed_lease_transfer') },
      { heading: t('成本构成', 'Costs'), note: t('土地取得、前期开发、税费等', 'Acquisition, development, fees') },
      ...Array.from({ length: COSTS }, (_, n) => [
        { name: `cost${n}_name`, pointer: inTerms(`costs/${n}/name`), title: t(`成本项 ${n + 1}`, `Cost ${n + 1}`), most: 100 },
        { name: `cost${n}_amount`, pointer: inTerms(`costs/${n}/amount`), title: t('金额', 'Amount'), kind: /** @type {const} */ ('decimal'), decimals: 2, unit: t('元', 'yuan') },
      ]).flat(),
      { heading: t('拟定标底', 'The decided base') },
      { name: 'decided_total', pointer: inTerms('decided_total'), title: t('拟定标底', 'Decided total'), kind: 'decimal', decimals: 2, required: true, unit: t('元', 'yuan') },
      { heading: t('冲突处理决定', 'Decision on a conflict'), note: t('仅在计划规则与全国最低价标准冲突时填写', 'Only where the plan and the national minimum disagree') },
      { name: 'decision_no', pointer: inTerms('conflict_decision/document_no'), title: t('文号或纪要号', 'Document'), most: 100 },
      { name: 'decision_body', pointer: inTerms('conflict_decision/body'), title: t('决定机构', 'Body'), most: 100 },
      { name: 'decided_on', pointer: inTerms('conflict_decision/decided_on'), title: t('决定日期', 'Decided on'), kind: 'day' },
      { node: judged },
    ],
    initial: read ? typed(read.data.contents) : { plot: query.get('plot') ?? '', area_unit: 'm2', land_use: 'industrial', method: 'flexible' },
    send: t('保存', 'Save'),
    signal,
    // Sealed: nothing of it is kept in the browser, so there is no draft.
    check: async (values, checking) => api.send('post', '/api/v1/calculations/price-base', { query: { county }, body: terms(values), signal: checking }),
    checked: ({ data }) => fill(judged, judgement(data)),
    submit: async (values) => {
      const body = withoutEmpty({
        plot: givenInteger(values['plot']), appraisal_filing_no: given(values['appraisal_filing_no']), appraised_as_of: given(values['appraised_as_of']),
        valid_until: given(values['valid_until']), minutes_no: given(values['minutes_no']), terms: terms(values),
      });
      return read ? api.send('put', ONE, { path, body, version: read.etag }) : api.send('post', LIST, { path: { county }, body });
    },
    done: ({ data }) => {
      toast(t('已保存', 'Saved'));
      go(`price-bases/${data.base.id}`);
    },
  });
  made.element.classList.add('panel');
  root.append(made.element);
}

/** What the rules say of a base. @param {import('../types.js').Schema<'PriceBaseAnswer'>} answer */
export const judgement = (answer) => [
  h('p', null, outcomeTag(answer.outcome), ' ', t('起决定作用的下限', 'Governing floor'), ':', h('strong', null, `${money(answer.floor)} ${t('元', 'yuan')}`), `(${word('FloorKind', answer.governing)})`),
  h('ul', { class: 'listed' }, answer.floors.map((floor) => h('li', null, word('FloorKind', floor.kind), ' ', money(floor.amount), ' ', t('元', 'yuan')))),
  answer.findings.map(findingBox),
].flat();
