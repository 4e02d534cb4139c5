// One difference between the books and the map or the ministry's system: both sides, how to mend it, what people said of it.

import * as api from '../app/api.js';
import { moment } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given, givenInteger } from '../app/form.js';
import { say, t } from '../app/i18n.js';
import { peopleChoices } from '../app/lookups.js';
import { comparedTable } from '../app/monitoring.js';
import { areaWithUnit } from '../app/numbers.js';
import { codeLink, facts, panel, person, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { toast } from '../app/toast.js';
import { choices, word } from '../app/words.js';
import { STATUS_KINDS } from './reconciliation.js';

const PATTERN = '/api/v1/counties/{county}/reconciliation/{difference}';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, signal, can, title }) {
  const path = { county, difference: params['difference'] ?? '' };

  const owners = await peopleChoices(county, 'clerk', 'reviewer');

  async function draw() {
    const { difference: one, notes } = await api.get(PATTERN, { path, signal });
    title(word('DifferenceKind', one.kind));
    const made = form({
      parts: [
        { name: 'resolution', title: t('处理结果', 'Resolution'), kind: 'select', choices: choices('DifferenceResolution'), none: t('不变', 'unchanged') },
        { name: 'owner', title: t('责任人', 'Owner'), kind: 'select', choices: owners, none: t('不变', 'unchanged') },
        { name: 'reason', title: t('说明', 'Reason'), kind: 'textarea', most: 500 },
      ],
      draft: `difference-${path.difference}`,
      send: t('记录', 'Record'),
      submit: (values) =>
        api.send('post', `${PATTERN}/notes`, {
          path,
          body: withoutEmpty({ version: one.version, figures: one.figures ?? '', resolution: given(values['resolution']), owner: givenInteger(values['owner']), reason: given(values['reason']) }),
        }),
      done: () => {
        toast(t('已记录', 'Recorded'));
        void draw();
      },
    });
    fill(
      root,
      panel(null, facts([
        [t('状态', 'Status'), tag(word('DifferenceStatus', one.status), STATUS_KINDS[one.status] ?? '')],
        [t('责任人', 'Owner'), person(one.owner)],
        [t('地块', 'Plot'), one.plot && h('a', { href: link(`plots/${one.plot}`) }, one.plot_code ?? String(one.plot))],
        [t('另一地块', 'Other plot'), one.other_plot && codeLink('plots', one.other_plot)],
        [t('宗地', 'Parcel'), one.parcel && h('a', { href: link(`parcels/${one.parcel}`) }, one.parcel_code ?? String(one.parcel))],
        [t('科目', 'Account'), word('Account', one.account)],
        [t('台账面积', 'Recorded'), areaWithUnit(one.recorded_area_m2)],
        [t('图形面积', 'Polygon'), areaWithUnit(one.polygon_area_m2)],
        [t('系统面积', 'Their area'), areaWithUnit(one.monitored_area_m2)],
        [t('电子监管号', 'Supervision number'), one.monitoring?.number],
        [t('系统中的项目', 'Project there'), one.monitoring?.project_name],
        [t('系统中的位置', 'Location there'), one.monitoring?.location],
        [t('核对所据的导出', 'Export'), one.monitoring?.snapshot && h('a', { href: link(`monitoring/${one.monitoring.snapshot}`) }, t(`截至 ${one.monitoring.as_of}(第 ${one.monitoring.snapshot} 次导入)`, `as of ${one.monitoring.as_of} (import no. ${one.monitoring.snapshot})`))],
        [t('相差', 'Difference'), areaWithUnit(one.difference_m2)],
        [t('处理办法', 'Remedy'), say(one.remedy), true],
      ])),
      one.monitoring && one.monitoring.compared.length > 0 && panel(t('双方数据对照', 'Both sides'), comparedTable(one.monitoring.compared)),
      one.status !== 'mended' && can('clerk', 'reviewer') && panel(t('处理', 'Deal with it'), made.element),
      panel(
        t('处理记录', 'Notes'),
        notes.length === 0 && h('p', { class: 'quiet' }, t('尚无记录', 'None yet')),
        h('ol', { class: 'timeline' }, notes.map((note) => h('li', null, h('p', null, h('strong', null, word('DifferenceResolution', note.resolution)), ...(note.owner ? [t(' · 责任人:', ' · owner: '), person(note.owner)] : [])), note.reason && h('p', null, note.reason), h('p', { class: 'quiet small' }, moment(note.at), ' · ', person(note.user))))),
      ),
    );
  }
  await draw();
}
