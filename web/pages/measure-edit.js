// 一地一策 of one plot: what is to be done, whether it is net land, and what was done month by month.

import * as api from '../app/api.js';
import { moment } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given, givenDecimal, givenInteger } from '../app/form.js';
import { t } from '../app/i18n.js';
import { peopleChoices } from '../app/lookups.js';
import { areaWithUnit } from '../app/numbers.js';
import { facts, findingBox, panel, person } from '../app/parts.js';
import { recordForm } from '../app/record.js';
import { link } from '../app/router.js';
import { plainTable } from '../app/table.js';
import { toast } from '../app/toast.js';
import { VOCABULARY } from '../app/vocabulary.js';
import { choices, word } from '../app/words.js';

const MEASURE = '/api/v1/counties/{county}/plots/{id}/measure';
const ITEMS = Object.keys(VOCABULARY.NetLandItem);
const ITEM_FIELDS = ['state', 'document', 'dated', 'valid_until'];

/** The conditions of which something is said. @param {import('../app/form.js').Values} values */
const filled = (values) => ITEMS.filter((item) => ITEM_FIELDS.some((name) => given(values[`${item}.${name}`])));

/** A condition is called by its place among those. @param {string} item @param {string} name */
const pointer = (item, name) => (/** @type {import('../app/form.js').Values} */ values) => `/net_land/${filled(values).indexOf(item)}/${name}`;

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, params, signal, can, title } = context;
  const id = params['id'] ?? '';
  const path = { county, id };
  const [plot, measure] = await Promise.all([api.get('/api/v1/counties/{county}/plots/{id}', { path, signal }), api.get(MEASURE, { path, signal })]);
  title(t(`一地一策 · ${plot.code}`, `Measure · ${plot.code}`));
  const staff = await peopleChoices(county, 'clerk', 'reviewer', 'approver');
  const months = h('div');

  async function drawMonths() {
    const { items } = await api.get('/api/v1/counties/{county}/plots/{id}/progress', { path, signal });
    fill(months, plainTable({
      caption: t('月度进展', 'Progress by month'),
      rows: items,
      columns: [
        { title: t('月份', 'Month'), cell: (row) => row.month, kind: 'nowrap' },
        { title: t('进展', 'Done'), cell: (row) => row.done, kind: 'wide' },
        { title: t('备注', 'Remark'), cell: (row) => row.remark },
        { title: t('填报', 'Recorded'), cell: (row) => [moment(row.recorded_at), ' ', person(row.recorded_by)], kind: 'nowrap' },
      ],
      empty: t('尚未填报进展', 'No progress yet'),
    }));
  }

  const findings = h('section', { 'aria-live': 'polite' });
  /** @param {import('../types.js').Schema<'Finding'>[]} list @param {boolean} typed */
  const drawFindings = (list, typed) =>
    fill(findings, h('h2', null, t('净地核验', 'Net land')), typed && h('p', { class: 'quiet small' }, t('按正在填写的内容判断,尚未保存', 'Judged by what stands above; it is not saved yet')), list.map(findingBox));
  drawFindings(measure.findings, false);

  await drawMonths();
  root.append(
    panel(null, facts([
      [t('地块', 'Plot'), h('a', { href: link(`plots/${id}`) }, plot.code)],
      [t('未供面积', 'Unsupplied'), areaWithUnit(measure.unsupplied_m2)],
      [t('未供原因', 'Cause'), word('Cause', measure.cause)],
    ])),
  );
  if (can('clerk')) {
    const made = await recordForm({
      context, id, draft: `measure-${id}`, list: MEASURE, one: MEASURE, checks: true,
      checked: (view) => drawFindings(view.findings, true),
      parts: [
        { name: 'measure', title: t('拟处置措施', 'Measure'), kind: 'select', choices: choices('Measure'), none: t('未定', 'not decided') },
        { name: 'due_on', title: t('完成时限', 'Due'), kind: 'day' },
        { name: 'unit', title: t('责任单位', 'Unit'), most: 100 },
        { name: 'person', title: t('责任人', 'Person'), kind: 'select', choices: staff, none: t('不指定', 'nobody') },
        { name: 'contact', title: t('责任人姓名(无账号时)', 'Name, without an account'), most: 60 },
        { name: 'expropriated_m2', title: t('已征收面积', 'Expropriated'), kind: 'decimal', decimals: 4, unit: 'm²' },
        { name: 'present_state', title: t('现状', 'Present state'), kind: 'textarea', most: 500 },
        { name: 'measure_note', title: t('措施说明', 'Note'), kind: 'textarea', most: 500 },
        { name: 'remark', title: t('备注', 'Remark'), kind: 'textarea', most: 1000 },
        { heading: t('净地条件', 'Net land'), note: t('每项填状态、证明文件及其日期;没有文件或日期的视为未查明。', 'For each: state, document and its day. Without either it is not established.'), columns: 4 },
        ...ITEMS.flatMap((item) => [
          { name: `${item}.state`, pointer: pointer(item, 'state'), title: word('NetLandItem', item), kind: /** @type {const} */ ('select'), choices: choices('NetLandState'), none: t('未填', 'not given') },
          { name: `${item}.document`, pointer: pointer(item, 'document'), title: t('文件', 'Document'), most: 200 },
          { name: `${item}.dated`, pointer: pointer(item, 'dated'), title: t('文件日期', 'Dated'), kind: /** @type {const} */ ('day') },
          { name: `${item}.valid_until`, pointer: pointer(item, 'valid_until'), title: t('有效期至', 'Valid until'), kind: /** @type {const} */ ('day') },
        ]),
      ],
      toValues: (view) => {
        /** @type {Record<string, string>} */
        const values = {};
        for (const name of ['measure', 'due_on', 'unit', 'contact', 'expropriated_m2', 'present_state', 'measure_note', 'remark']) values[name] = view[name] ?? '';
        values['person'] = view.person ? String(view.person) : '';
        for (const entry of view.net_land) for (const name of ITEM_FIELDS) values[`${entry.item}.${name}`] = entry[name] ?? '';
        return values;
      },
      toBody: (values, before) => {
        /** @type {Map<string, any>} */
        const known = new Map((before?.net_land ?? []).map((/** @type {any} */ entry) => [entry.item, entry]));
        return withoutEmpty({
          measure: given(values['measure']), due_on: given(values['due_on']), unit: given(values['unit']), person: givenInteger(values['person']), contact: given(values['contact']),
          expropriated_m2: givenDecimal(values['expropriated_m2']), present_state: given(values['present_state']), measure_note: given(values['measure_note']), remark: given(values['remark']),
          net_land: filled(values).map((item) =>
            withoutEmpty({
              item, ...Object.fromEntries(ITEM_FIELDS.map((name) => [name, given(values[`${item}.${name}`])])),
              attachment: known.get(item)?.attachment ?? undefined, remark: known.get(item)?.remark ?? undefined,
            }),
          ),
        });
      },
      page: () => `plots/${id}/measure`,
    });
    root.append(panel(t('填报', 'Fill in'), made.element));
    /** @param {import('../app/form.js').Values} values @param {boolean} rehearse @param {AbortSignal} [checking] */
    const sendProgress = (values, rehearse, checking) =>
      api.send('post', '/api/v1/counties/{county}/plot-progress', {
        path: { county }, query: rehearse ? { dry_run: true } : {}, signal: checking,
        body: { rows: [withoutEmpty({ plot: Number(id), month: given(values['month']), done: given(values['done']), remark: given(values['remark']) })] },
      });
    const progress = form({
      parts: [
        { name: 'month', title: t('月份', 'Month'), kind: 'month', required: true, pointer: '/rows/0/month' },
        { name: 'done', title: t('进展', 'Done'), kind: 'textarea', required: true, most: 1000, pointer: '/rows/0/done' },
        { name: 'remark', title: t('备注', 'Remark'), most: 1000, pointer: '/rows/0/remark' },
      ],
      draft: `progress-${id}`,
      send: t('填报进展', 'Record progress'),
      check: (values, checking) => sendProgress(values, true, checking),
      submit: (values) => sendProgress(values, false),
      done: () => {
        toast(t('已填报', 'Recorded'));
        progress.set({ month: '', done: '', remark: '' });
        void drawMonths();
      },
    });
    root.append(panel(t('月度进展', 'Progress'), months, progress.element));
  } else {
    root.append(
      panel(t('措施', 'Measure'), facts([
        [t('拟处置措施', 'Measure'), word('Measure', measure.measure)],
        [t('完成时限', 'Due'), measure.due_on],
        [t('责任单位', 'Unit'), measure.unit],
        [t('责任人', 'Person'), measure.contact ?? person(measure.person)],
        [t('现状', 'Present state'), measure.present_state, true],
        [t('措施说明', 'Note'), measure.measure_note, true],
      ])),
      panel(t('月度进展', 'Progress'), months),
    );
  }
  root.append(findings);
}
