// 企业预审: a project asked about step by step. What is typed stays in this window until somebody else takes it over.

import * as api from '../app/api.js';
import { buildingsEditor } from '../app/buildings.js';
import { draft, keepDraft } from '../app/drafts.js';
import { append, fill, h, newId } from '../app/dom.js';
import { form } from '../app/form.js';
import { say, t } from '../app/i18n.js';
import { number } from '../app/numbers.js';
import { outlineEditor, polygonOf, ringsOf } from '../app/outline.js';
import { BIDDERS, COMPUTED, CONDITIONS, INDICATORS, PARCELS, USES, bodyOf, followed, parsed, valuesOf } from '../app/precheck-body.js';
import { Problem } from '../app/problem.js';
import { go, link } from '../app/router.js';
import { styles } from '../app/styles.js';
import { toastProblem } from '../app/toast.js';
import { choices, word } from '../app/words.js';

/** @typedef {import('../app/form.js').Values} Values */
/** @typedef {import('../app/form.js').Part} Part */
/** @typedef {import('../app/form.js').Field} Field */

const DRAFT = 'precheck';
const COUNTY_KEY = 'dizhang.precheck-county';

/** The steps, and the members of the body that are asked for in each. @type {[string, string, string[]][]} */
const STEPS = [
  ['企业与行业', 'Enterprise', ['/county', '/company', '/industry', '/project']],
  ['用地', 'Land', ['/land']],
  ['供应方式', 'Supply', ['/supply', '/price']],
  ['建筑方案', 'Buildings', ['/programme', '/conditions']],
  ['标准地与其他', 'Standard land', ['/standard_land', '/package', '/split', '/joint_bid']],
  ['提交', 'Send', ['/contact']],
];

const YES_NO = () => [{ value: 'yes', text: t('是', 'Yes') }, { value: 'no', text: t('否', 'No') }];
const NOT_SAID = () => t('未说明', 'Not said');

/** @param {Values} values */
const isOwn = (values) => values['land_kind'] === 'own';
/** @param {Values} values */
const hasLease = (values) => values['method'] === 'lease_then_transfer' || values['method'] === 'mixed_lease_transfer';

/** @type {Record<(typeof CONDITIONS)[number], [string, string]>} */
const CONDITION_WORDS = {
  floor_area_ratio_min: ['容积率下限', 'Floor area ratio, least'],
  floor_area_ratio_max: ['容积率上限', 'Floor area ratio, most'],
  building_coefficient_min: ['建筑系数下限(0–1)', 'Building coefficient, least (0–1)'],
  building_density_max: ['建筑密度上限(0–1)', 'Building density, most (0–1)'],
  green_ratio_min: ['绿地率下限(0–1)', 'Green ratio, least (0–1)'],
  green_ratio_max: ['绿地率上限(0–1)', 'Green ratio, most (0–1)'],
  height_max_m: ['建筑高度上限(米)', 'Height, most (m)'],
};

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county: signedIn, query, signal }) {
  await styles('precheck');
  const { items: counties } = await api.get('/api/v1/precheck-forms', { signal });
  const found = chosenCounty(counties.map((one) => one.county), query.get('county') ?? signedIn);
  if (!found) {
    root.append(h('p', null, t('本系统还没有开通任何县的台账。', 'No county is kept here yet.')));
    return;
  }
  /** @type {string} */
  const county = found;
  const [setting, offers] = await Promise.all([
    api.get('/api/v1/precheck-forms/{county}', { path: { county }, signal }),
    api.get('/api/v1/offers/{county}', { path: { county }, signal }),
  ]);
  const begun = await beginning(query, signal);

  /** What the county asks of the industry. */
  let indicators = setting.indicators;
  /** Parts of the page's own, each with the steps and the land it belongs to. @type {{ node: HTMLElement, shown: (values: Values) => boolean }[]} */
  const own = [];
  /** @param {HTMLElement} node @param {(values: Values) => boolean} shown @param {string} [pointer] */
  const custom = (node, shown, pointer) => {
    own.push({ node, shown });
    return { node, pointer };
  };
  /** @param {number} step @param {Part[]} parts @returns {Part[]} */
  const inStep = (step, parts) =>
    parts.map((part) => {
      if ('node' in part) return part;
      const { shown } = part;
      return { ...part, shown: (/** @type {Values} */ values) => stepOf(values) === step && (!shown || shown(values)) };
    });
  /** @param {Values} values */
  const stepOf = (values) => Math.min(STEPS.length, Math.max(1, Number(values['step'] ?? '1') || 1)) - 1;

  const centre = setting.centre ? /** @type {[number, number]} */ (setting.centre.map(Number)) : null;
  const crs = setting.crs ?? null;
  const outline = crs && centre
    ? outlineEditor({ county, crs, centre, signal, label: t('宗地图形', 'Outline of the parcel'), changed: (rings) => made.set({ polygon: rings.length > 0 ? JSON.stringify(polygonOf(rings, crs)) : '' }) })
    : null;
  const buildings = buildingsEditor({
    county, crs, centre, signal,
    parcel: () => ringsOf(parsed(made.values['polygon'])),
    changed(all) {
      made.values['buildings'] = JSON.stringify(all);
      made.changed();
    },
  });
  const asked = h('div');
  const overview = h('div');
  const steps = h('ol', { class: 'precheck-steps' }, STEPS.map(([zh, en], at) =>
    h('li', null, h('button', { type: 'button', class: 'plain', onclick: () => made.set({ step: String(at + 1) }) }, h('span', { class: 'step-number' }, String(at + 1)), h('span', { class: 'step-name' }, t(zh, en)))),
  ));

  /** @param {(typeof USES)[number]} use @returns {Field[]} */
  const useFields = (use) => [
    { name: `${use}_actual`, pointer: `/programme/uses/${use}/actual_m2`, title: t(`${word('Use', use)}:实际建筑面积`, `${word('Use', use)}: floor area`), kind: 'decimal', decimals: 4, unit: 'm²', shown: (values) => values['programme'] === 'uses' },
    { name: `${use}_counted`, pointer: `/programme/uses/${use}/counted_m2`, title: t(`${word('Use', use)}:计容建筑面积`, `${word('Use', use)}: counted`), kind: 'decimal', decimals: 4, unit: 'm²', help: t('不填则同实际面积', 'The same as the floor area if left out'), shown: (values) => values['programme'] === 'uses' },
  ];

  /** @type {Part[]} */
  const parts = [
    custom(steps, () => true),
    ...inStep(0, [
      { heading: t('企业', 'Enterprise') },
      { name: 'company_code', pointer: '/company/code', title: t('统一社会信用代码', 'Unified social credit code'), required: true, most: 18, help: t('18 位,见营业执照', '18 characters, as on the licence') },
      { name: 'company_name', pointer: '/company/name', title: t('企业名称', 'Name'), required: true, most: 200 },
      { name: 'project_name', pointer: '/project/name', title: t('项目名称', 'Project'), most: 200 },
      { name: 'needed_by', pointer: '/project/needed_by', title: t('希望取得用地的日期', 'Land needed by'), kind: 'day' },
      { heading: t('行业', 'Industry'), note: setting.has_catalogue ? null : t('本县尚未载入限制、禁止用地项目目录,相关结论需人工审核。', 'The county has not loaded its catalogue: what rests on it is for review.') },
      {
        name: 'industry', pointer: '/industry/code', title: t('国民经济行业代码', 'Industry code'), required: true, most: 5,
        help: t('输入代码或文字查找,如 C30、通用设备', 'Type a code or words to find it'),
        search: async (text, inner) => {
          const { items } = await api.get('/api/v1/industries', { query: { q: text.trim() || undefined, county }, signal: inner });
          return items.map((one) => ({ value: one.code, text: one.name ?? one.division_name }));
        },
      },
      { name: 'products', pointer: '/industry/products', title: t('主要产品、工艺', 'Products and processes'), most: 500, wide: true, help: t('用于与目录文字比对', 'Compared with the words of the catalogue') },
    ]),
    ...inStep(1, [
      { heading: t('用地', 'Land') },
      { name: 'land_kind', pointer: '/land/kind', title: t('用地来源', 'Which land'), kind: 'select', required: true, choices: choices('LandKind') },
      {
        name: 'offer', pointer: '/land/announcement', title: t('公告地块', 'Announced parcel'), kind: 'select', required: true,
        choices: offers.items.flatMap((one) => one.items.map((item, at) => ({ value: `${one.id}:${at + 1}`, text: `${item.name}(${one.number},${word('LandUse', item.land_use)})` }))),
        none: offers.items.length > 0 ? t('请选择', 'Choose') : t('目前没有公告地块', 'No land is announced now'),
        help: t('用途、面积、规划条件和公布的价格以公告为准', 'Use, area, planning conditions and published price are those of the announcement'),
        shown: (values) => values['land_kind'] === 'announced',
      },
      { name: 'land_use', pointer: '/land/land_use', title: t('土地用途', 'Use'), kind: 'select', required: true, choices: choices('LandUse'), shown: (values) => values['land_kind'] !== 'announced' },
      { name: 'area', pointer: '/land/area', title: t('面积', 'Area'), kind: 'decimal', decimals: 8, help: t('已绘制图形的可不填', 'May be left out where the outline is drawn'), shown: (values) => values['land_kind'] !== 'announced' },
      { name: 'area_unit', pointer: '/land/area/unit', title: t('面积单位', 'Unit'), kind: 'select', none: t('亩', '亩 (mu)'), choices: [{ value: 'm2', text: t('平方米', 'm²') }, { value: 'ha', text: t('公顷', 'ha') }, { value: 'mu', text: t('亩', '亩 (mu)') }], shown: (values) => values['land_kind'] !== 'announced' },
      { name: 'township', pointer: '/land/township', title: t('乡镇街道', 'Township'), kind: 'select', none: NOT_SAID(), choices: setting.townships.map(({ code, name }) => ({ value: code, text: name })) },
      { heading: t('自有土地', 'Own land'), note: t('行动计划第18条:自有工业用地、仓储用地提高利用率。', 'Item 18 of the action plan.'), shown: isOwn },
      { name: 'certificate', pointer: '/land/certificate', title: t('不动产权证号', 'Certificate of real estate'), required: true, most: 100, wide: true, shown: isOwn },
      { name: 'counted_before_m2', pointer: '/land/counted_before_m2', title: t('现状计容建筑面积', 'Counted floor area today'), kind: 'decimal', decimals: 4, unit: 'm²', shown: isOwn },
      { name: 'self_used', pointer: '/land/self_used', title: t('是否自用(不出租)', 'Used by its owner, not let'), kind: 'select', none: NOT_SAID(), choices: YES_NO(), shown: isOwn },
      { name: 'within_plan', pointer: '/land/within_plan', title: t('是否符合规划', 'Within the plan'), kind: 'select', none: NOT_SAID(), choices: YES_NO(), shown: isOwn },
      { name: 'use_unchanged', pointer: '/land/use_unchanged', title: t('是否不改变用途', 'Use unchanged'), kind: 'select', none: NOT_SAID(), choices: YES_NO(), shown: isOwn },
      { name: 'compatible_parts', pointer: '/land/compatible_parts', title: t('兼容或混合功能部分', 'Compatible parts'), kind: 'textarea', help: t('每行一项:名称,用地面积(平方米)', 'One a line: name, land in m²'), shown: isOwn },
      custom(
        h('div', null, h('h3', null, t('宗地图形(可不填)', 'Outline of the parcel (may be left out)')), outline?.element),
        (values) => stepOf(values) === 1 && outline !== null,
        '/land/polygon',
      ),
    ]),
    ...inStep(2, [
      { heading: t('供应方式与年限', 'Method and terms'), note: t('自有土地没有供应方式,请直接进入下一步。', 'Own land is not supplied: go on to the next step.'), shown: isOwn },
      { heading: t('供应方式与年限', 'Method and terms'), shown: (values) => !isOwn(values) },
      { name: 'method', pointer: '/supply/method', title: t('供应方式', 'Method'), kind: 'select', required: true, choices: choices('Method'), shown: (values) => !isOwn(values) },
      { name: 'lease_term', pointer: '/supply/lease_term', title: t('租赁年限', 'Lease'), required: true, unit: t('年', 'years'), most: 12, shown: (values) => !isOwn(values) && hasLease(values) },
      { name: 'total_term', pointer: '/supply/total_term', title: t('总年限', 'Whole term'), required: true, unit: t('年', 'years'), most: 12, help: t('先租后让为租赁与出让合计;非整年写作 P2Y7M', 'Lease and grant together; months as P2Y7M'), shown: (values) => !isOwn(values) },
      { name: 'rent_every', pointer: '/supply/rent_adjustment/every', title: t('租金调整周期', 'Rent adjusted every'), unit: t('年', 'years'), most: 12, shown: (values) => values['method'] === 'long_lease' || values['method'] === 'mixed_lease_transfer' },
      { name: 'rent_rise', pointer: '/supply/rent_adjustment/rise', title: t('每次涨幅(如 0.08)', 'Rise (such as 0.08)'), kind: 'decimal', decimals: 6, shown: (values) => values['method'] === 'long_lease' || values['method'] === 'mixed_lease_transfer' },
      { heading: t('例外决定(可不填)', 'Exception (may be left out)'), note: t('超过“原则上”的限制时,填写有权机构的决定。', 'The decision of the body that may exceed a limit in principle.'), shown: (values) => !isOwn(values) },
      { name: 'exception_no', pointer: '/supply/exception/document_no', title: t('文号或会议纪要号', 'Document'), most: 100, shown: (values) => !isOwn(values) },
      { name: 'exception_body', pointer: '/supply/exception/body', title: t('决定机构', 'Body'), most: 100, shown: (values) => !isOwn(values) },
      { name: 'exception_on', pointer: '/supply/exception/decided_on', title: t('决定日期', 'Decided on'), kind: 'day', shown: (values) => !isOwn(values) },
      { heading: t('价格比较(可不填)', 'Price (may be left out)'), note: t('只用您填写或公告公布的价格测算,不读取任何未公开的价格。', 'Only prices you type or an announcement has published are used.'), shown: (values) => !isOwn(values) },
      { name: 'max_term_unit_price', pointer: '/price/max_term_unit_price', title: t('最高年期单价', 'Price for the maximum term'), kind: 'decimal', decimals: 4, unit: t('元/m²', 'yuan/m²'), shown: (values) => !isOwn(values) },
      { name: 'rate', pointer: '/price/rate', title: t('还原利率(如 0.06)', 'Rate (such as 0.06)'), kind: 'decimal', decimals: 6, shown: (values) => !isOwn(values) },
      { name: 'grade', pointer: '/price/grade', title: t('土地等别(1–15)', 'Grade (1–15)'), kind: 'integer', shown: (values) => !isOwn(values) },
      { name: 'leased_share', pointer: '/price/leased_share', title: t('租赁面积占比(0–1)', 'Leased share (0–1)'), kind: 'decimal', decimals: 6, shown: (values) => values['method'] === 'mixed_lease_transfer' },
    ]),
    ...inStep(3, [
      { heading: t('建筑方案', 'Buildings') },
      { name: 'programme', pointer: '/programme', title: t('填写方式', 'How'), kind: 'select', none: t('暂不填写', 'Not yet'), choices: [{ value: 'uses', text: t('按用途填写合计', 'Totals per use') }, { value: 'buildings', text: t('逐栋、逐层填写', 'Building by building') }] },
      ...USES.flatMap(useFields),
      { name: 'stated_total_actual_m2', pointer: '/programme/stated_total_actual_m2', title: t('申报的总建筑面积(核对用)', 'Stated total (to compare)'), kind: 'decimal', decimals: 4, unit: 'm²', shown: (values) => Boolean(values['programme']) },
      custom(h('div', null, h('h3', null, t('建筑物', 'Buildings')), buildings.element), (values) => stepOf(values) === 3 && values['programme'] === 'buildings', '/programme/buildings'),
      { heading: t('场地', 'Site'), shown: (values) => Boolean(values['programme']) },
      { name: 'base_m2', pointer: '/programme/base_m2', title: t('建筑基底面积', 'Footprints'), kind: 'decimal', decimals: 4, unit: 'm²', shown: (values) => values['programme'] === 'uses' },
      { name: 'yards_m2', pointer: '/programme/yards_m2', title: t('构筑物及露天堆场面积', 'Structures and yards'), kind: 'decimal', decimals: 4, unit: 'm²', shown: (values) => Boolean(values['programme']) },
      { name: 'green_m2', pointer: '/programme/green_m2', title: t('绿地面积', 'Green area'), kind: 'decimal', decimals: 4, unit: 'm²', shown: (values) => Boolean(values['programme']) },
      { name: 'admin_living_land', pointer: '/programme/admin_living_land', title: t('行政办公及生活服务设施用地', 'Land of administrative and living facilities'), kind: 'decimal', decimals: 4, unit: 'm²', shown: (values) => Boolean(values['programme']) },
      { heading: t('规划条件', 'Planning conditions'), note: t('按规划条件书填写;公告地块以公告为准。', 'As the planning conditions say.'), shown: (values) => Boolean(values['programme']) },
      { name: 'conditions_document', pointer: '/conditions/document', title: t('规划条件文号', 'Document'), most: 100, shown: (values) => Boolean(values['programme']) },
      ...CONDITIONS.map((name) => ({ name, pointer: `/conditions/${name}`, title: t(...CONDITION_WORDS[name]), kind: /** @type {const} */ ('decimal'), decimals: 6, shown: (/** @type {Values} */ values) => Boolean(values['programme']) })),
    ]),
    ...inStep(4, [
      { heading: t('标准地', 'Standard land'), note: asked, shown: (values) => !isOwn(values) },
      { name: 'commitment', pointer: '/standard_land/commitment', title: t('是否作出标准地承诺', 'Commitment of standard land'), kind: 'select', none: NOT_SAID(), choices: YES_NO(), shown: (values) => !isOwn(values) },
      ...INDICATORS.map((name) => ({
        name: `indicator_${name}`, pointer: `/standard_land/indicators/${name}`, title: word('Indicator', name), kind: /** @type {const} */ ('decimal'), decimals: 4,
        shown: (/** @type {Values} */ values) => !isOwn(values) && isAsked(name, values),
      })),
      { heading: t('其他(可不填)', 'More (may be left out)') },
      { name: 'with_joint_bid', title: t('联合竞买(第19条)', 'Joint bid (item 19)'), kind: 'check', shown: (values) => !isOwn(values) },
      { name: 'own_share', pointer: '/joint_bid/own_share', title: t('本企业份额(如 0.6)', 'Own share (such as 0.6)'), kind: 'decimal', decimals: 6, required: true, shown: (values) => !isOwn(values) && values['with_joint_bid'] === 'true' },
      { name: 'bid_agreement', pointer: '/joint_bid/agreement', title: t('是否签有联合竞买协议', 'Agreement signed'), kind: 'select', none: NOT_SAID(), choices: YES_NO(), shown: (values) => !isOwn(values) && values['with_joint_bid'] === 'true' },
      ...Array.from({ length: BIDDERS }, (_, n) => bidder(n)).flat(),
      { name: 'with_package', title: t('宗地组合或产业链供地(第17条)', 'Several parcels (item 17)'), kind: 'check', shown: (values) => !isOwn(values) },
      { name: 'package_kind', pointer: '/package/kind', title: t('组合方式', 'How'), kind: 'select', required: true, choices: choices('PackageKind'), shown: (values) => !isOwn(values) && values['with_package'] === 'true' },
      { name: 'package_adjacent', pointer: '/package/adjacent', title: t('位置是否邻近', 'Near each other'), kind: 'select', none: NOT_SAID(), choices: YES_NO(), shown: (values) => !isOwn(values) && values['with_package'] === 'true' },
      ...Array.from({ length: PARCELS }, (_, n) => parcelFields(n)).flat(),
      { name: 'with_split', title: t('分割转让(第19条)', 'Divided transfer (item 19)'), kind: 'check' },
      { name: 'split_conditions', pointer: '/split/single_parcel_conditions', title: t('符合单宗规划条件', 'Single-parcel planning conditions'), kind: 'select', none: NOT_SAID(), choices: YES_NO(), shown: (values) => values['with_split'] === 'true' },
      { name: 'split_inspection', pointer: '/split/planning_inspection', title: t('通过规划核实', 'Planning inspection passed'), kind: 'select', none: NOT_SAID(), choices: YES_NO(), shown: (values) => values['with_split'] === 'true' },
      { name: 'split_contract', pointer: '/split/contract_permits', title: t('出让合同允许', 'Contract permits'), kind: 'select', none: NOT_SAID(), choices: YES_NO(), shown: (values) => values['with_split'] === 'true' },
      { name: 'split_shares', pointer: '/split/shares', title: t('各部分比例(如 0.4 0.6)', 'Shares (such as 0.4 0.6)'), shown: (values) => values['with_split'] === 'true' },
    ]),
    ...inStep(5, [
      { heading: t('核对并提交', 'Look over and send') },
      custom(overview, (values) => stepOf(values) === 5),
      { heading: t('联系人(可不填)', 'Contact (may be left out)'), note: t(`只供工作人员联系,不公开;${setting.contact_retention_days} 日后自动清除。`, `For staff alone, never public; erased after ${setting.contact_retention_days} days.`) },
      { name: 'contact_name', pointer: '/contact/name', title: t('姓名', 'Name'), most: 50, autocomplete: 'name' },
      { name: 'contact_phone', pointer: '/contact/phone', title: t('电话', 'Telephone'), most: 30, autocomplete: 'tel' },
      { name: 'contact_email', pointer: '/contact/email', title: t('电子邮箱', 'E-mail'), most: 100, autocomplete: 'email' },
    ]),
  ];

  /** @param {string} name @param {Values} values */
  function isAsked(name, values) {
    if (COMPUTED.includes(name) && values['programme']) return false;
    return indicators.length > 0 ? indicators.some((one) => one.indicator === name) : ['investment_intensity', 'tax_intensity', 'energy_intensity'].includes(name);
  }

  const back = h('button', { type: 'button', onclick: () => turn(-1) }, t('上一步', 'Back'));
  const on = h('button', { type: 'button', class: 'primary', onclick: () => turn(1) }, t('下一步', 'Next'));
  const clear = h('button', { type: 'button', class: 'link', onclick: () => { keepDraft(DRAFT, null); go('precheck', { fresh: Date.now() }); } }, t('清空重填', 'Begin anew'));

  const made = form({
    parts,
    initial: { step: '1', land_kind: 'new', ...begun },
    send: t('提交预审', 'Check the project'),
    buttons: [back, on, clear],
    signal,
    changed(values) {
      keepDraft(DRAFT, values);
      show();
    },
    async submit() {
      // All steps, not only the one that is shown.
      const body = bodyOf(made.values, county);
      const answer = await api.send('post', '/api/v1/prechecks', { body, signal });
      return answer.data;
    },
    done: (answer) => go(`precheck/${answer.reference}`),
    refused(problem) {
      mend(problem);
      return false;
    },
  });

  /** Indicators have no place of their own in the body: they are found by their order. @param {Problem} problem */
  function mend(problem) {
    const { standard_land: standard } = /** @type {any} */ (bodyOf(made.values, county));
    for (const error of problem.errors) {
      const found = /^\/standard_land\/indicators\/(\d+)/.exec(error.pointer);
      const indicator = found && standard?.indicators?.[Number(found[1])]?.indicator;
      if (found && indicator) error.pointer = `/standard_land/indicators/${indicator}`;
    }
    const first = STEPS.findIndex(([, , members]) => problem.errors.some(({ pointer }) => members.some((member) => pointer === member || pointer.startsWith(`${member}/`))));
    if (first >= 0) made.set({ step: String(first + 1) });
  }

  /** @param {number} by */
  function turn(by) {
    let to = stepOf(made.values) + by;
    if (to === 2 && isOwn(made.values)) to += by;
    made.set({ step: String(Math.min(STEPS.length, Math.max(1, to + 1))) });
    steps.scrollIntoView({ block: 'start' });
    /** @type {HTMLElement | null} */ (steps.querySelector('[aria-current] button'))?.focus({ preventScroll: true });
  }

  let industry = '';
  async function askIndicators() {
    const code = (made.values['industry'] ?? '').trim().toUpperCase();
    if (code === industry || !/^[A-T]?\d{2,4}$/.test(code)) return;
    industry = code;
    try {
      indicators = (await api.get('/api/v1/precheck-forms/{county}', { path: { county }, query: { industry: code }, signal })).indicators;
      made.show();
      show();
    } catch {
      // The form works without them; the answer will say what is asked for.
    }
  }

  /** Draws what depends on the step. */
  function show() {
    const { values } = made;
    const step = stepOf(values);
    for (const { node, shown } of own) {
      const box = node.parentElement;
      if (box) box.hidden = !shown(values);
    }
    // Never made anew: a field that is left by a click here would take the button from under it.
    [...steps.children].forEach((item, at) => {
      if (at === step) item.setAttribute('aria-current', 'step');
      else item.removeAttribute('aria-current');
      item.classList.toggle('done', at < step);
    });
    back.hidden = step === 0;
    on.hidden = step === STEPS.length - 1;
    const main = /** @type {HTMLElement} */ (made.element.querySelector('button[type=submit]'));
    main.hidden = step !== STEPS.length - 1;
    fill(
      asked,
      setting.has_standard_land
        ? indicators.length > 0
          ? h('span', null, t('本县对该行业的要求:', 'The county asks of this industry: '), indicators.map((one) => `${say(one.name)} ${one.bound === 'min' ? '≥' : '≤'} ${number(one.value)} ${one.unit}`).join(';'))
          : t('本县控制指标中没有该行业的规定。', 'The county’s table says nothing of this industry.')
        : t('本县尚未载入标准地控制指标,相关结论需人工审核。', 'The county has not loaded its table: what rests on it is for review.'),
    );
    if (step === STEPS.length - 1) fill(overview, summary(values, setting.name));
    void askIndicators();
  }

  outline?.set(ringsOf(parsed(made.values['polygon'])));
  buildings.set(parsed(made.values['buildings']));
  const findId = newId('reference');
  const find = h('input', { id: findId, maxlength: 40, placeholder: '410183-XXXX-XXXX-XXXX-XXXX' });
  append(
    root,
    counties.length > 1 && h('p', null, h('label', null, t('县', 'County'), ' ', h('select', { onchange: (/** @type {Event} */ { target }) => { rememberCounty(/** @type {HTMLSelectElement} */ (target).value); go('precheck', { county: /** @type {HTMLSelectElement} */ (target).value }); } }, counties.map((one) => h('option', { value: one.county, selected: one.county === county }, one.name))))) || h('p', { class: 'quiet' }, setting.name),
    h(
      'form',
      { class: 'find-precheck', onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); if (find.value.trim()) go(`precheck/${find.value.trim()}`); } },
      h('label', { for: findId }, t('查询已有预审', 'Find a pre-check')), find, h('button', { type: 'submit' }, t('查询', 'Find')),
    ),
    h('p', { class: 'box' }, t('无需账号。自查结果,不构成审批或供地承诺。', 'No account is needed. A self-check; it is neither an approval nor a promise of land.')),
    query.get('apply') && h('p', { class: 'box good', role: 'status' }, t('已按整改办法调整,请核对后重新提交。', 'The remedy was put in. Look it over and send it again.')),
    made.element,
  );
  show();
}

/** @param {string[]} known @param {string | null} wanted */
function chosenCounty(known, wanted) {
  let kept = '';
  try {
    kept = localStorage.getItem(COUNTY_KEY) ?? '';
  } catch {
    // The first county, then.
  }
  return known.find((one) => one === wanted) ?? known.find((one) => one === kept) ?? known[0];
}

/** @param {string} county */
function rememberCounty(county) {
  try {
    localStorage.setItem(COUNTY_KEY, county);
  } catch {
    // It holds as long as the address does.
  }
}

/**
 * What the form begins with: a pre-check that is carried on, perhaps with a remedy put in, or what was typed before.
 * @param {URLSearchParams} query @param {AbortSignal} signal @returns {Promise<Values>}
 */
async function beginning(query, signal) {
  const kept = /** @type {Values} */ (draft(DRAFT) ?? {});
  const from = query.get('from');
  if (!from) return kept;
  try {
    const { body, answer } = await api.get('/api/v1/prechecks/{reference}', { path: { reference: from }, signal });
    const [finding, remedy] = (query.get('apply') ?? '').split('.').map(Number);
    const changes = query.get('apply') ? answer.findings[finding ?? -1]?.remedies?.[remedy ?? -1]?.changes ?? [] : [];
    const step = changes[0] ? STEPS.findIndex(([, , members]) => members.some((member) => changes[0]?.pointer.startsWith(member))) + 1 : 1;
    const contact = Object.fromEntries(Object.entries(kept).filter(([name]) => name.startsWith('contact_')));
    const values = { ...valuesOf(followed(body, changes)), ...contact, step: String(Math.max(1, step)) };
    keepDraft(DRAFT, values);
    return values;
  } catch (error) {
    toastProblem(error);
    return kept;
  }
}

/** @param {Values} values @param {string} county */
function summary(values, county) {
  const given = (/** @type {string} */ name) => (values[name] ?? '').trim();
  const lines = [
    `${county} · ${given('company_name')} ${given('company_code')}`,
    [given('industry'), given('project_name')].filter(Boolean).join(' · '),
    [word('LandKind', given('land_kind')), word('LandUse', given('land_use')), given('area') && `${given('area')} ${{ m2: 'm²', ha: t('公顷', 'ha') }[given('area_unit')] ?? t('亩', '亩')}`, given('polygon') && t('已绘制图形', 'outline drawn')].filter(Boolean).join(' · '),
    !isOwn(values) && [word('Method', given('method')), given('lease_term') && hasLease(values) && t(`租 ${given('lease_term')} 年`, `lease ${given('lease_term')} years`), given('total_term') && t(`共 ${given('total_term')} 年`, `${given('total_term')} years in all`)].filter(Boolean).join(' · '),
  ];
  return h('ul', null, lines.filter(Boolean).map((line) => h('li', null, line)), h('li', null, h('a', { href: link('policy') }, t('查看所用政策参数', 'Policy values in use'))));
}

/** @param {number} n @returns {Field[]} */
function bidder(n) {
  const shown = (/** @type {Values} */ values) => !isOwn(values) && values['with_joint_bid'] === 'true';
  return [
    { name: `bidder${n}_name`, pointer: `/joint_bid/others/${n}/name`, title: t(`联合方 ${n + 1} 名称`, `Partner ${n + 1}`), most: 200, required: n === 0, shown },
    { name: `bidder${n}_code`, pointer: `/joint_bid/others/${n}/code`, title: t(`联合方 ${n + 1} 信用代码`, `Partner ${n + 1}, credit code`), most: 18, required: n === 0, shown },
    { name: `bidder${n}_share`, pointer: `/joint_bid/others/${n}/share`, title: t(`联合方 ${n + 1} 份额`, `Partner ${n + 1}, share`), kind: 'decimal', decimals: 6, required: n === 0, shown },
  ];
}

/** @param {number} n @returns {Field[]} */
function parcelFields(n) {
  const shown = (/** @type {Values} */ values) => !isOwn(values) && values['with_package'] === 'true';
  const required = n < 2;
  return [
    { name: `parcel${n}_name`, pointer: `/package/parcels/${n}/name`, title: t(`宗地 ${n + 1} 名称`, `Parcel ${n + 1}`), most: 100, required, shown },
    { name: `parcel${n}_use`, pointer: `/package/parcels/${n}/land_use`, title: t(`宗地 ${n + 1} 用途`, `Parcel ${n + 1}, use`), kind: 'select', choices: choices('LandUse'), required, shown },
    { name: `parcel${n}_area`, pointer: `/package/parcels/${n}/area_m2`, title: t(`宗地 ${n + 1} 面积`, `Parcel ${n + 1}, area`), kind: 'decimal', decimals: 4, unit: 'm²', required, shown },
    { name: `parcel${n}_conditions`, pointer: `/package/parcels/${n}/planning_conditions`, title: t(`宗地 ${n + 1} 规划条件文号`, `Parcel ${n + 1}, planning conditions`), most: 100, shown },
    { name: `parcel${n}_inside`, pointer: `/package/parcels/${n}/inside_boundary`, title: t(`宗地 ${n + 1} 在城镇开发边界内`, `Parcel ${n + 1}, inside the boundary`), kind: 'select', none: NOT_SAID(), choices: YES_NO(), shown },
  ];
}
