// 供应方案测算: the ways to supply industrial land side by side, with what each costs and when.

import * as api from '../app/api.js';
import { fill, h, newId } from '../app/dom.js';
import { unitChoices } from '../app/fields.js';
import { form, given, givenDecimal, givenInteger } from '../app/form.js';
import { t } from '../app/i18n.js';
import { comparison } from '../app/comparison.js';
import { setQuery } from '../app/router.js';
import { styles } from '../app/styles.js';
import { toastProblem } from '../app/toast.js';
import { choices, word } from '../app/words.js';

/** @typedef {import('../types.js').Schema<'ComparedMethod'>} ComparedMethod */
/** @typedef {import('../types.js').Schema<'PriceComparisonBody'>} Body */
/** @typedef {import('../app/form.js').Values} Values */

const PATTERN = '/api/v1/calculations/price-comparison';

/** @typedef {{ key: string, title: [string, string], from: number, to: number, initial: string }} Slider */

/** The sliders of each method: what they set, and how far they go. A term beyond a limit may be chosen: the rules say so. */
/** @type {Record<string, Slider[]>} */
const METHODS = {
  flexible: [{ key: 'transfer', title: ['出让年期', 'Grant'], from: 1, to: 50, initial: '20' }],
  lease_then_transfer: [
    { key: 'lease', title: ['租期', 'Lease'], from: 1, to: 20, initial: '5' },
    { key: 'transfer', title: ['出让年期', 'Grant'], from: 1, to: 50, initial: '15' },
  ],
  long_lease: [{ key: 'lease', title: ['租期', 'Lease'], from: 1, to: 30, initial: '20' }],
  mixed_lease_transfer: [
    { key: 'lease', title: ['租期', 'Lease'], from: 1, to: 30, initial: '20' },
    { key: 'transfer', title: ['出让年期', 'Grant'], from: 1, to: 50, initial: '20' },
    { key: 'share', title: ['租赁面积占比', 'Leased share'], from: 1, to: 99, initial: '60' },
  ],
};

/** Where the slider of a method keeps its value, in the form and in the address. @param {string} method @param {string} key */
const nameOf = (method, key) => `${method}_${key}`;

/** @returns {Values} what stands there when nobody has chosen anything */
function fresh() {
  /** @type {Values} */
  const values = {
    land_use: 'industrial', area: '50', area_unit: 'mu', price: '350', rate: '0.06', timing: 'arrears', times: '1',
  };
  for (const [method, sliders] of Object.entries(METHODS)) {
    values[method] = 'true';
    for (const { key, initial } of sliders) values[nameOf(method, key)] = initial;
  }
  return values;
}

/** What the address keeps. */
const NAMES = [...Object.keys(fresh()), 'grade', 'minimum', 'max_term', 'on'];

/** @param {Values} values @returns {Body} */
function bodyOf(values) {
  const methods = chosen(values);
  const area = givenDecimal(values['area']);
  return /** @type {Body} */ ({
    on: given(values['on']),
    land_use: values['land_use'],
    area: area && { value: area, unit: values['area_unit'] || 'm2' },
    max_term_unit_price: givenDecimal(values['price']),
    max_term: given(values['max_term']),
    rate: givenDecimal(values['rate']),
    grade: givenInteger(values['grade']),
    minimum: given(values['minimum']),
    methods: methods.map((method) => methodOf(method, values)),
  });
}

/** What a form hands over has its own fields and what was kept beside them. @param {Values} values */
const chosen = (values) => Object.keys(METHODS).filter((method) => values[method] === 'true');

/** @param {string} method @param {Values} values @returns {ComparedMethod} */
function methodOf(method, values) {
  const of = (/** @type {string} */ key) => values[nameOf(method, key)];
  return /** @type {ComparedMethod} */ ({
    method,
    lease_term: given(of('lease')),
    transfer_term: given(of('transfer')),
    leased_share: of('share') && hundredth(of('share') ?? ''),
    ...(METHODS[method]?.some(({ key }) => key === 'lease') && {
      rent_timing: given(values['timing']), rents_per_year: givenInteger(values['times']),
    }),
  });
}

/** A whole percentage as the share it is. @param {string} percent */
const hundredth = (percent) => `0.${percent.padStart(2, '0')}`;

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, query, signal }) {
  await styles('calculator');
  const initial = fresh();
  for (const name of NAMES) {
    const value = query.get(name);
    if (value !== null) initial[name] = value;
  }
  const result = h('div', { class: 'calculator-result', 'aria-live': 'polite' });
  const ask = (/** @type {Values} */ values, /** @type {AbortSignal} */ aborted) =>
    api.post(PATTERN, { query: { county }, body: bodyOf(values), signal: aborted }).then(({ data }) => data);
  const show = (/** @type {import('../types.js').Schema<'PriceComparisonAnswer'>} */ answer) => fill(result, comparison(answer));

  const { element, values, changed } = form({
    parts: [
      { heading: t('土地与价格', 'Land and price'), note: t('价格由您填写;本页不读取任何已存价格。', 'You give the prices: nothing that is stored is read here.') },
      { name: 'land_use', title: t('土地用途', 'Use'), kind: 'select', choices: choices('LandUse'), required: true },
      { name: 'area', pointer: '/area', title: t('面积', 'Area'), kind: 'decimal', decimals: 8, required: true },
      { name: 'area_unit', pointer: '/area/unit', title: t('面积单位', 'Unit'), kind: 'select', choices: unitChoices(), required: true },
      { name: 'price', pointer: '/max_term_unit_price', title: t('最高年期单价 P_N', 'Price of the maximum term P_N'), kind: 'decimal', decimals: 4, unit: t('元/平方米', 'yuan/m²'), required: true },
      { name: 'max_term', title: t('最高年期 N', 'Maximum term N'), kind: 'decimal', unit: t('年', 'years'), help: t('留空按用途的法定最高年期', 'Empty: the statutory maximum of the use') },
      { name: 'rate', title: t('还原利率', 'Rate of restoration'), kind: 'decimal', decimals: 6, required: true, help: t('如 0.06', 'Such as 0.06') },
      { name: 'grade', title: t('土地等别', 'Grade of the land'), kind: 'integer', help: t('1 至 15;填写后核对全国最低价标准', '1 to 15; then the national minimum price is checked') },
      { name: 'minimum', title: t('最低价标准适用情形', 'Case of the minimum price'), kind: 'select', choices: choices('MinimumCase'), none: t('按标准全额', 'the whole standard'), shown: ({ grade }) => Boolean(grade) },
      { name: 'on', title: t('适用日期', 'Law of the day'), kind: 'day', help: t('留空为今天', 'Empty: today') },
      { heading: t('租金', 'Rents') },
      { name: 'timing', title: t('支付时点', 'Due'), kind: 'select', choices: choices('RentTiming') },
      { name: 'times', title: t('每年付租次数', 'Rents a year'), kind: 'select', choices: ['1', '2', '4', '12'].map((value) => ({ value, text: value })) },
      { heading: t('供应方式与年期', 'Methods and terms') },
      { node: h('div', { class: 'methods' }, Object.keys(METHODS).map((method) => methodBox(method))), pointer: '/methods' },
    ],
    initial,
    send: t('测算', 'Calculate'),
    signal,
    check: ask,
    checked: show,
    changed: keep,
    submit: (all) => ask(all, signal),
    done: show,
    buttons: [
      h('button', { type: 'button', onclick: () => window.print() }, t('打印', 'Print')),
      h('button', { type: 'button', onclick: save }, t('导出 Excel', 'Excel file')),
    ],
  });

  /** @param {string} method */
  function methodBox(method) {
    const box = h('input', {
      type: 'checkbox', id: newId('method'), checked: initial[method] === 'true',
      onchange: () => { values[method] = box.checked ? 'true' : 'false'; changed(); },
    });
    return h(
      'fieldset',
      { class: 'method' },
      h('legend', null, box, h('label', { for: box.id }, word('Method', method))),
      (METHODS[method] ?? []).map((slider) => sliderRow(method, slider)),
    );
  }

  /** A slider and a field for the same figure: the field takes what no slider can be set to. @param {string} method @param {Slider} slider */
  function sliderRow(method, { key, title, from, to }) {
    const name = nameOf(method, key);
    const label = t(...title);
    const isShare = key === 'share';
    const range = h('input', { type: 'range', min: from, max: to, step: 1, value: initial[name], 'aria-label': `${word('Method', method)} ${label}` });
    const field = h('input', { type: 'text', class: 'number', inputmode: 'decimal', size: 4, value: initial[name], id: newId('term') });
    const take = (/** @type {string} */ text) => { values[name] = text.trim(); changed(); };
    range.addEventListener('input', () => { field.value = range.value; take(range.value); });
    field.addEventListener('input', () => { range.value = field.value; take(field.value); });
    return h('div', { class: 'slider' }, h('label', { for: field.id }, label), range, h('span', { class: 'with-unit' }, field, h('span', { class: 'unit' }, isShare ? '%' : t('年', 'years'))));
  }

  function keep() {
    const usual = fresh();
    setQuery(Object.fromEntries(NAMES.map((name) => [name, values[name] === usual[name] ? '' : values[name]])));
  }

  async function save() {
    try {
      const name = `${t('供应方案测算', 'methods-of-supply')}.xlsx`;
      await api.download(PATTERN, { method: 'post', query: { county, f: 'xlsx' }, body: bodyOf(values), signal, name });
    } catch (error) {
      toastProblem(error);
    }
  }

  root.append(h('div', { class: 'calculator' }, h('div', { class: 'panel calculator-input no-print' }, element), result));
  // What is wrong with an address is said beside its fields.
  await ask(values, signal).then(show, () => changed());
}
