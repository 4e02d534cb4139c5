// What a comparison of methods of supply came to: figures side by side, payments over time, findings with their workings.

import { h, svg } from './dom.js';
import { say, t } from './i18n.js';
import { areaWithUnit, compare, decimal, money, number, percentOf, plain, ratio, sum } from './numbers.js';
import { facts, findingBox, panel, tag } from './parts.js';
import { word } from './words.js';

/** @typedef {import('../types.js').Schema<'PriceComparisonAnswer'>} Answer */
/** @typedef {import('../types.js').Schema<'ComparedAnswer'>} Compared */

/** @param {Answer} answer */
export function comparison(answer) {
  const methods = answer.methods.map((one) => ({ ...one, payments: one.payments.toSorted((a, b) => a.months - b.months) }));
  return [
    conflict(methods.filter((one) => one.conflicts_with_national_minimum)),
    panel(
      t('各方式比较', 'Side by side'),
      facts([
        [t('适用日期', 'Law of'), answer.on],
        [t('面积', 'Area'), areaWithUnit(answer.area_m2)],
        [t('最高年期', 'Maximum term'), years(answer.max_term)],
      ]),
      h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('各方式比较', 'Methods side by side') }, sideBySide(methods)),
      h('p', { class: 'quiet small' }, t('金额为按年期比例计算的下限,不是标底;逐笔向上取整到分。', 'The amounts are floors in proportion to the years, not the price base; each is rounded up to the fen.')),
    ),
    panel(t('付款进度', 'Payments over time'), chart(methods), yearly(methods)),
    ...answer.findings.filter((finding) => finding.outcome !== 'pass').map(findingBox),
    ...methods.map((one) =>
      h(
        'details',
        { class: 'panel method-findings' },
        h('summary', null, h('span', { class: `key key-${one.method}`, 'aria-hidden': 'true' }), word('Method', one.method), ' ', admissible(one)),
        one.findings.map(findingBox),
      ),
    ),
    h('details', { class: 'panel method-findings' }, h('summary', null, t('供地用途', 'Use of the land')), answer.findings.map(findingBox)),
  ];
}

/** @param {string | number} term */
const years = (term) => t(`${number(term)} 年`, `${number(term)} years`);

/** @param {Compared} one */
function admissible({ is_admissible, reasons }) {
  if (!is_admissible) return tag(t('不可采用', 'not admissible'), 'bad');
  return reasons.length > 0 ? tag(t('须有例外决定', 'needs a decision'), 'warn') : tag(t('可采用', 'admissible'), 'good');
}

/**
 * The plan's floor and the national minimum disagree: said before anything else.
 * @param {Compared[]} methods
 */
function conflict(methods) {
  if (methods.length === 0) return null;
  return h(
    'div',
    { class: 'box bad', role: 'status' },
    h('p', { class: 'box-title' }, t('按年期比例的下限低于全国最低价标准', 'The floor by years is below the national minimum price')),
    h(
      'ul',
      null,
      methods.map((one) => {
        const finding = one.findings.find(({ rule }) => rule === 'price.national_minimum');
        return h('li', null, h('strong', null, word('Method', one.method)), t(':', ': '), finding && say(finding.message));
      }),
    ),
    h(
      'p',
      null,
      t(
        '两项规定在此不一致:行动计划第16条按年期比例修正,国土资发〔2006〕307号要求还原到最高年期后不低于标准。按年期比例的下限发布标底前须有决定文件;或提高价格至还原价达标。',
        'Two provisions disagree here: item 16 of the plan corrects by years, 307号 asks that the price restored to the maximum term reach the standard. A decision is needed before the price base is issued at the floor by years; or raise the price until the restored one reaches the standard.',
      ),
    ),
  );
}

/** @param {Compared[]} methods */
function sideBySide(methods) {
  /** @type {[string, (one: Compared) => import('./dom.js').Children, boolean?][]} */
  const rows = [
    [t('是否可采用', 'Admissible'), admissible],
    [t('合计年期', 'Total term'), ({ total_term }) => years(total_term), true],
    [t('价款下限合计,元', 'Floor of all payments, yuan'), ({ floor_total }) => money(floor_total), true],
    [t('首笔付款,元', 'First payment, yuan'), first, true],
    [t('付款笔数', 'Payments'), ({ payments }) => payments.length, true],
    [t('现值,元/平方米', 'Present value, yuan/m²'), ({ present_value_per_m2 }) => number(present_value_per_m2), true],
    [t('按年期比例换算到最高年期,元/平方米', 'Converted by years, yuan/m²'), ({ linear_unit_price }) => money(linear_unit_price), true],
    [t('按 K 还原到最高年期,元/平方米', 'Restored by K, yuan/m²'), ({ restored_unit_price }) => money(restored_unit_price), true],
    [t('K 还原价占 P_N', 'Restored, of P_N'), ({ restored_share }) => percent(restored_share), true],
    [t('全国最低价标准', 'National minimum'), minimum],
    [t('原因', 'Reasons'), ({ reasons }) => reasons.map((reason) => h('p', { class: 'small' }, say(reason)))],
  ];
  return h(
    'table',
    { class: 'table side-by-side' },
    h('caption', { class: 'visually-hidden' }, t('各供应方式的年期、价款与核验', 'Terms, payments and checks of each method')),
    h(
      'thead',
      null,
      h('tr', null, h('th', { scope: 'col' }, t('项目', 'Item')), methods.map((one) => h('th', { scope: 'col' }, h('span', { class: `key key-${one.method}`, 'aria-hidden': 'true' }), word('Method', one.method)))),
    ),
    h(
      'tbody',
      null,
      rows
        .filter(([name]) => name !== t('原因', 'Reasons') || methods.some(({ reasons }) => reasons.length > 0))
        .map(([name, cell, isNumber]) => h('tr', null, h('th', { scope: 'row' }, name), methods.map((one) => h('td', { class: isNumber && 'number' }, cell(one))))),
    ),
  );
}

/** @param {Compared} one */
const first = ({ payments: [payment] }) =>
  payment && [money(payment.amount), payment.months > 0 && h('div', { class: 'quiet small' }, t(`签约后 ${payment.months} 个月`, `after ${payment.months} months`))];

/** @param {Compared} one */
function minimum({ reaches_national_minimum, findings }) {
  if (reaches_national_minimum === true) return tag(t('达到', 'reached'), 'good');
  if (reaches_national_minimum === false) return tag(t('未达到', 'not reached'), 'bad');
  return findings.some(({ rule }) => rule === 'price.national_minimum') ? tag(t('未填等别', 'no grade given'), 'warn') : t('不适用', 'does not apply');
}

/** A share as a percentage, two decimals. @param {string} share */
function percent(share) {
  const value = decimal(share);
  return value ? `${plain(ratio(value, 100n, 1n, 2))} %` : share;
}

/**
 * What was paid up to the end of each year; year 0 is the signing.
 * @param {Compared} one @param {number} year
 */
const paidBy = ({ payments }, year) => sum(payments.filter(({ months }) => months <= 12 * year).map(({ amount }) => amount));

/** @param {Compared[]} methods */
const lastYear = (methods) => Math.max(1, ...methods.flatMap(({ payments }) => payments.map(({ months }) => Math.ceil(months / 12))));

const [WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP] = [760, 240, 78, 22, 26, 10];

/** Sums paid over the years, as steps. @param {Compared[]} methods */
function chart(methods) {
  const end = lastYear(methods);
  const most = methods.map((one) => paidBy(one, end)).reduce((a, b) => (larger(a, b) ? a : b), '0');
  const x = (/** @type {number} */ months) => LEFT + ((WIDTH - LEFT - RIGHT) * months) / (12 * end);
  const y = (/** @type {string} */ paid) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * percentOf(paid, most)) / 100;
  const stepYears = end > 25 ? 10 : end > 12 ? 5 : end > 6 ? 2 : 1;
  const marks = Array.from({ length: Math.floor(end / stepYears) + 1 }, (_, at) => at * stepYears);
  return svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'payments-chart', role: 'img', 'aria-label': t('各方式累计付款,元;数值见下表', 'Sums paid by each method, in yuan; the figures stand in the table below') },
    [0n, 25n, 50n, 75n, 100n].map((share) => {
      const value = decimal(most);
      const paid = value ? plain(ratio(value, share, 100n, 2)) : '0';
      return svg('g', null,
        svg('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(paid), y2: y(paid), class: 'grid' }),
        svg('text', { x: LEFT - 6, y: y(paid) + 4, class: 'end' }, tenThousands(paid)));
    }),
    marks.map((year) => svg('text', { x: x(12 * year), y: HEIGHT - 8, class: 'middle' }, t(`${year} 年`, `${year} y`))),
    methods.map((one) => {
      let paid = '0';
      const path = [`M${x(0)} ${y(paid)}`];
      for (const { months, amount } of one.payments) {
        path.push(`H${x(months).toFixed(1)}`);
        paid = sum([paid, amount]);
        path.push(`V${y(paid).toFixed(1)}`);
      }
      path.push(`H${x(12 * end).toFixed(1)}`);
      return svg('path', { d: path.join(''), class: `line line-${one.method}` }, svg('title', null, word('Method', one.method)));
    }),
  );
}

/** @param {string} a @param {string} b */
function larger(a, b) {
  const [x, y] = [decimal(a), decimal(b)];
  return x && y ? compare(x, y) > 0 : false;
}

/** @param {string} yuan */
function tenThousands(yuan) {
  const value = decimal(yuan);
  return value ? t(`${number(plain(ratio(value, 1n, 10000n, 1)))} 万`, `${number(plain(ratio(value, 1n, 1000n, 0)))} k`) : '';
}

/** The sums of the drawing, year by year. @param {Compared[]} methods */
function yearly(methods) {
  const end = lastYear(methods);
  const rows = Array.from({ length: end + 1 }, (_, year) => year);
  return h(
    'details',
    null,
    h('summary', null, t('逐年累计付款,元', 'Sums paid by year, yuan')),
    h(
      'table',
      { class: 'table' },
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('签约后', 'After signing')), methods.map((one) => h('th', { scope: 'col' }, word('Method', one.method))))),
      h(
        'tbody',
        null,
        rows.map((year) => h('tr', null, h('th', { scope: 'row' }, year === 0 ? t('签约时', 'at signing') : years(String(year))), methods.map((one) => h('td', { class: 'number' }, money(paidBy(one, year)))))),
      ),
    ),
  );
}
