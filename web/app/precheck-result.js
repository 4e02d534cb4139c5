// The answer of a pre-check: what would mend it first, then the findings by outcome, then what it rests on.

import { h } from './dom.js';
import { longDay, moment } from './dates.js';
import { say, t } from './i18n.js';
import { areaWithUnit, money, number } from './numbers.js';
import { citation, facts, figure, findingBox, outcomeTag, panel, tag } from './parts.js';
import { link } from './router.js';
import { plainTable } from './table.js';
import { word } from './words.js';

/** @typedef {import('../types.js').Schema<'Answer'>} Answer */

const ORDER = /** @type {const} */ (['fail', 'needs_exception', 'needs_review', 'undetermined', 'not_met', 'pass', 'met', 'not_applicable']);

/** @type {Record<string, [string, string]>} */
const HEADINGS = {
  fail: ['不符合', 'Not allowed'],
  needs_exception: ['须例外决定', 'Needs an exception'],
  needs_review: ['须人工审核', 'For review'],
  pass: ['符合', 'Allowed'],
  not_applicable: ['不适用', 'Not applicable'],
};

/**
 * @param {{ reference: string, recorded_at: string, body: any, answer: Answer }} precheck
 * @param {{ mend?: boolean }} [how] `mend`: with buttons that put a remedy into the form
 */
export function precheckResult({ reference, recorded_at: recordedAt, body, answer }, { mend = false } = {}) {
  const { land, floor_area: floor, price } = answer;
  const wrong = answer.findings.map((finding, at) => ({ finding, at })).filter(({ finding }) => (finding.remedies ?? []).length > 0);
  const groups = ORDER.map((outcome) => ({ outcome, findings: answer.findings.filter((one) => one.outcome === outcome) })).filter(({ findings }) => findings.length > 0);
  return [
    h(
      'div',
      { class: 'figures precheck-figures' },
      figure(t('结论', 'Outcome'), outcomeTag(answer.outcome), t(`${answer.findings.length} 项`, `${answer.findings.length} findings`)),
      figure(t('用地面积', 'Land'), areaWithUnit(land.area_m2), land.polygon_m2 && t(`图形 ${areaWithUnit(land.polygon_m2)}`, `drawn ${areaWithUnit(land.polygon_m2)}`)),
      floor && figure(t('容积率', 'Floor area ratio'), number(floor.floor_area_ratio), t(`计容 ${areaWithUnit(floor.total_counted_m2)}`, `counted ${areaWithUnit(floor.total_counted_m2)}`)),
      floor && figure(t('用地类别', 'Class'), word('Classification', floor.classification)),
      price && figure(t('价款下限', 'Floor of the price'), `${money(price.floor_total)} ${t('元', 'yuan')}`, price.conflicts_with_national_minimum ? t('低于全国最低价标准', 'below the national minimum') : null),
    ),
    panel(null, facts([
      [t('预审编号', 'Reference'), h('code', { class: 'reference' }, reference)],
      [t('提交时间', 'Sent'), moment(recordedAt)],
      [t('适用日期', 'Law of'), longDay(answer.on)],
      [t('企业', 'Enterprise'), `${body.company.name} ${body.company.code}`, true],
      [t('项目', 'Project'), body.project?.name],
      [t('行业', 'Industry'), [answer.industry.code, answer.industry.name ?? answer.industry.division_name].filter(Boolean).join(' ')],
      [t('用地', 'Land'), [word('LandKind', land.kind), word('LandUse', land.land_use), land.offer && `${land.offer.name}(${land.offer.number},${land.offer.announced_on})`].filter(Boolean).join(' · '), true],
      [t('不动产权证号', 'Certificate'), body.land.certificate, true],
      [t('供应方式', 'Method'), body.supply && [word('Method', body.supply.method), body.supply.lease_term && t(`租 ${body.supply.lease_term} 年`, `lease ${body.supply.lease_term} years`), t(`共 ${body.supply.total_term} 年`, `${body.supply.total_term} years`)].filter(Boolean).join(' · ')],
    ])),
    wrong.length > 0 &&
      panel(
        t('怎样调整', 'What would mend it'),
        h('p', { class: 'quiet' }, t('每一项按其中一种办法调整即可符合;少一个最小单位则不符合。', 'Any one of them makes the finding pass; one smallest unit less does not.')),
        h('ul', { class: 'remedies' }, wrong.map(({ finding, at }) =>
          h('li', null, h('p', null, outcomeTag(finding.outcome), ' ', h('strong', null, say(finding.title)), ' ', say(finding.message)),
            h('ul', null, (finding.remedies ?? []).map((remedy, n) =>
              h('li', { class: 'remedy' }, h('span', null, say(remedy.message)), mend && h('a', { class: 'button no-print', href: link('precheck', { from: reference, apply: `${at}.${n}` }) }, t('按此调整', 'Put it in')))))))),
      ),
    groups.map(({ outcome, findings }) =>
      h(
        'section',
        { class: `outcome-group ${outcome}` },
        h('h2', null, t(...(HEADINGS[outcome] ?? [word('Outcome', outcome), outcome])), ' ', tag(String(findings.length))),
        findings.map(findingBox),
      ),
    ),
    price && h(
      'details',
      { class: 'panel' },
      h('summary', null, t('按时间的付款(下限)', 'Payments over time (floors)')),
      plainTable({
        caption: t('付款', 'Payments'),
        rows: price.payments,
        columns: [
          { title: t('签约后', 'After signing'), cell: (row) => t(`${row.months} 个月`, `${row.months} months`) },
          { title: t('金额(元)', 'Yuan'), kind: 'number', cell: (row) => money(row.amount) },
        ],
      }),
      h('p', { class: 'quiet small' }, t('只用填写或公告公布的价格测算。', 'From typed or published prices alone.')),
    ),
    panel(
      t('依据的政策与数据', 'What it rests on'),
      facts([[t('政策参数摘要', 'Policy digest'), h('code', null, answer.policy_digest), true]]),
      answer.tables.length > 0
        ? h('ul', null, answer.tables.map((one) => h('li', null, `${word('TableKind', one.kind)} ${t(`第 ${one.n} 版`, `version ${one.n}`)},${t('施行', 'in force')} ${one.in_force} `, !one.verified && tag(t('待核', 'to be verified'), 'warn'), h('ul', { class: 'bare' }, citation(one.citation)), h('code', { class: 'small' }, one.digest.slice(0, 16)))))
        : h('p', { class: 'quiet' }, t('本县尚未载入目录和控制指标。', 'The county has loaded no tables.')),
    ),
    h('p', { class: 'box warn notice' }, say(answer.notice)),
  ];
}
