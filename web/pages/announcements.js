// 待供土地公告: what is on offer, entered as it was published.

import * as api from '../app/api.js';
import { confirm } from '../app/dialog.js';
import { today } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given, givenDecimal } from '../app/form.js';
import { t } from '../app/i18n.js';
import { number } from '../app/numbers.js';
import { panel, tag } from '../app/parts.js';
import { plainTable } from '../app/table.js';
import { toast } from '../app/toast.js';
import { choices, word } from '../app/words.js';

const LIST = '/api/v1/counties/{county}/announcements';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, signal, can }) {
  const list = h('div');
  root.append(list);
  const path = { county };

  async function draw() {
    const { items } = await api.get(LIST, { path, query: { limit: 1000 }, signal });
    const rows = items.flatMap((one) => one.items.map((item, at) => ({ one, item, at }))).reverse();
    fill(
      list,
      plainTable({
        caption: t('待供土地公告', 'Announcements'),
        rows,
        rowClass: ({ one }) => (one.withdrawn_on || one.until < today()) && 'dim',
        columns: [
          { title: t('公告文号', 'Announcement'), cell: ({ one }) => one.number },
          { title: t('公告日期', 'Day'), cell: ({ one }) => one.announced_on, kind: 'nowrap' },
          { title: t('截止', 'Until'), cell: ({ one }) => one.until, kind: 'nowrap' },
          { title: t('地块', 'Parcel'), cell: ({ item }) => item.name },
          { title: t('用途', 'Use'), cell: ({ item }) => word('LandUse', item.land_use) },
          { title: t('面积', 'Area'), kind: 'number', cell: ({ item }) => (typeof item.area === 'object' ? `${number(String(item.area.value))} ${{ m2: 'm²', mu: '亩', ha: '公顷' }[item.area.unit]}` : String(item.area)) },
          { title: t('公布的最高年期单价(元/m²)', 'Published price (yuan/m²)'), kind: 'number', cell: ({ item }) => number(item.max_term_unit_price) },
          { title: t('状态', 'State'), kind: 'nowrap', cell: ({ one }) => (one.withdrawn_on ? tag(t('已撤回', 'withdrawn')) : one.until < today() ? tag(t('已截止', 'ended')) : tag(t('公告中', 'on offer'), 'good')) },
          { title: '', cell: ({ one, at }) => can('clerk') && at === 0 && !one.withdrawn_on && h('button', { type: 'button', class: 'no-print', onclick: () => void withdraw(one) }, t('撤回', 'Withdraw')) },
        ],
        empty: t('还没有公告', 'None yet'),
      }),
    );
  }

  /** @param {{ id: number, number: string, version: number }} one */
  async function withdraw(one) {
    const done = await confirm({
      title: t('撤回公告', 'Withdraw'),
      body: h('p', null, t(`撤回后,${one.number} 的地块不再显示为待供。`, `The land of ${one.number} is no longer on offer.`)),
      yes: t('撤回', 'Withdraw'),
      act: () => api.send('post', `${LIST}/{id}/withdraw`, { path: { county, id: one.id }, version: `"${one.version}"` }),
    });
    if (done) void draw();
  }

  await draw();
  if (!can('clerk')) return;
  const made = form({
    parts: [
      { heading: t('登记公告', 'Enter an announcement'), note: t('只登记已正式公布的内容;登记后企业即可看到。', 'Only what has been published: enterprises see it at once.') },
      { name: 'number', title: t('公告文号', 'Number'), required: true, most: 100 },
      { name: 'title', title: t('标题', 'Title'), required: true, most: 200 },
      { name: 'announced_on', title: t('公告日期', 'Day'), kind: 'day', required: true },
      { name: 'until', title: t('截止日期', 'Until'), kind: 'day', required: true },
      { heading: t('地块', 'Parcel') },
      { name: 'name', pointer: '/items/0/name', title: t('地块名称或编号', 'Parcel'), required: true, most: 100 },
      { name: 'location', pointer: '/items/0/location', title: t('位置', 'Location'), most: 200 },
      { name: 'land_use', pointer: '/items/0/land_use', title: t('用途', 'Use'), kind: 'select', required: true, choices: choices('LandUse') },
      { name: 'area', pointer: '/items/0/area', title: t('面积', 'Area'), kind: 'decimal', decimals: 4, unit: 'm²', required: true },
      { name: 'method', pointer: '/items/0/method', title: t('供应方式', 'Method'), kind: 'select', none: t('未定', 'Not said'), choices: choices('Method') },
      { name: 'max_term_unit_price', pointer: '/items/0/max_term_unit_price', title: t('公布的最高年期单价', 'Published price for the maximum term'), kind: 'decimal', decimals: 4, unit: t('元/m²', 'yuan/m²') },
      { name: 'starting_total_yuan', pointer: '/items/0/starting_total_yuan', title: t('公布的起始总价', 'Published starting price'), kind: 'decimal', decimals: 2, unit: t('元', 'yuan') },
      { name: 'floor_area_ratio_min', pointer: '/items/0/conditions/floor_area_ratio_min', title: t('容积率下限', 'Floor area ratio, least'), kind: 'decimal', decimals: 6 },
      { name: 'floor_area_ratio_max', pointer: '/items/0/conditions/floor_area_ratio_max', title: t('容积率上限', 'Floor area ratio, most'), kind: 'decimal', decimals: 6 },
      { name: 'green_ratio_max', pointer: '/items/0/conditions/green_ratio_max', title: t('绿地率上限(0–1)', 'Green ratio, most (0–1)'), kind: 'decimal', decimals: 6 },
    ],
    draft: 'announcement.new',
    send: t('登记', 'Enter it'),
    submit(values) {
      const conditions = withoutEmpty({ floor_area_ratio_min: givenDecimal(values['floor_area_ratio_min']), floor_area_ratio_max: givenDecimal(values['floor_area_ratio_max']), green_ratio_max: givenDecimal(values['green_ratio_max']) });
      const item = withoutEmpty({
        name: given(values['name']), location: given(values['location']), land_use: values['land_use'], area: givenDecimal(values['area']), method: given(values['method']),
        max_term_unit_price: givenDecimal(values['max_term_unit_price']), starting_total_yuan: givenDecimal(values['starting_total_yuan']), conditions: Object.keys(conditions).length > 0 ? conditions : undefined,
      });
      return api.send('post', LIST, { path, body: { number: given(values['number']), title: given(values['title']), announced_on: values['announced_on'], until: values['until'], items: [item] }, signal });
    },
    done() {
      toast(t('已登记', 'Entered'));
      made.set(Object.fromEntries(Object.keys(made.values).map((name) => [name, ''])));
      void draw();
    },
    signal,
  });
  root.append(panel(null, made.element));
}
