// One demand: what is wanted, what the pre-check found, what the departments say.

import * as api from '../app/api.js';
import { today } from '../app/dates.js';
import { h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given } from '../app/form.js';
import { t } from '../app/i18n.js';
import { townshipName } from '../app/lookups.js';
import { areaWithUnit } from '../app/numbers.js';
import { facts, figure, findingBox, outcomeTag, panel, person, tag } from '../app/parts.js';
import { go, link } from '../app/router.js';
import { plainTable } from '../app/table.js';
import { toast } from '../app/toast.js';
import { choices, word } from '../app/words.js';

const ONE = '/api/v1/counties/{county}/demands/{id}';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, signal, can, title }) {
  const path = { county, id: params['id'] ?? '' };
  const { data: demand, etag } = await api.getVersion(ONE, { path, signal });
  title(`${t('需求申报', 'Demand')} ${demand.id} · ${demand.company_name}`);
  const again = () => go(`demands/${demand.id}`);
  root.append(
    h(
      'div',
      { class: 'figures' },
      figure(t('需求面积', 'Area'), areaWithUnit(demand.area_m2)),
      figure(t('希望取得', 'Needed by'), demand.needed_by ?? '—'),
      figure(t('状态', 'State'), word('DemandState', demand.state)),
      demand.outcome && figure(t('预审结论', 'Pre-check'), outcomeTag(demand.outcome)),
    ),
    panel(null, facts([
      [t('企业', 'Enterprise'), `${demand.company_name} ${demand.company_code}`, true],
      [t('项目', 'Project'), demand.project_name],
      [t('行业', 'Industry'), demand.industry_code],
      [t('用地', 'Land'), `${word('LandKind', demand.land_kind)} · ${word('LandUse', demand.land_use)}`],
      [t('供应方式', 'Method'), word('Method', demand.method)],
      [t('乡镇街道', 'Township'), await townshipName(county, demand.township)],
      [t('来源', 'Source'), demand.precheck && h('a', { href: link(`prechecks/${demand.precheck}`) }, t(`企业预审 ${demand.precheck}`, `pre-check ${demand.precheck}`))],
      [t('备注', 'Remark'), demand.remark, true],
    ])),
    panel(
      t('部门意见', 'Opinions'),
      demand.waits_for.length > 0 && h('p', { class: 'quiet' }, t('尚未提出意见:', 'Still to be heard: '), demand.waits_for.map((one) => word('Department', one)).join('、')),
      plainTable({
        caption: t('部门意见', 'Opinions'),
        rows: demand.opinions,
        columns: [
          { title: t('部门', 'Department'), cell: (row) => word('Department', row.department), kind: 'nowrap' },
          { title: t('意见', 'Opinion'), cell: (row) => tag(word('Opinion', row.opinion), row.opinion === 'agree' ? 'good' : row.opinion === 'object' ? 'bad' : 'warn'), kind: 'nowrap' },
          { title: t('内容', 'Words'), cell: (row) => row.content, kind: 'wide' },
          { title: t('文号', 'Document'), cell: (row) => row.document_number },
          { title: t('日期', 'Day'), cell: (row) => row.dated, kind: 'nowrap' },
          { title: t('记录人', 'By'), cell: (row) => person(row.recorded_by), kind: 'nowrap' },
        ],
        empty: t('还没有意见', 'None yet'),
      }),
    ),
  );
  if (can('clerk', 'reviewer')) {
    root.append(
      panel(
        t('登记意见', 'Record an opinion'),
        form({
          parts: [
            { name: 'department', title: t('部门', 'Department'), kind: 'select', required: true, choices: choices('Department') },
            { name: 'opinion', title: t('意见', 'Opinion'), kind: 'select', required: true, choices: choices('Opinion') },
            { name: 'dated', title: t('意见日期', 'Day'), kind: 'day', required: true },
            { name: 'document_number', title: t('文号', 'Document'), most: 100 },
            { name: 'content', title: t('内容', 'Words'), kind: 'textarea', most: 1000 },
          ],
          initial: { dated: today() },
          draft: `opinion.${demand.id}`,
          send: t('登记', 'Record'),
          submit: (values) => api.send('post', `${ONE}/opinions`, { path, body: withoutEmpty({ department: values['department'], opinion: values['opinion'], dated: values['dated'], document_number: given(values['document_number']), content: given(values['content']) }), signal }),
          done() { toast(t('已登记', 'Recorded')); again(); },
          signal,
        }).element,
      ),
    );
  }
  if (can('clerk')) {
    const { id: _, version: __, area_m2: area, outcome: ___, findings: ____, opinions: _____, waits_for: ______, recorded_at: _______, recorded_by: ________, ...rest } = demand;
    root.append(
      panel(
        t('办理', 'Carry it on'),
        form({
          parts: [
            { name: 'state', title: t('状态', 'State'), kind: 'select', required: true, choices: choices('DemandState') },
            { name: 'needed_by', title: t('希望取得用地的日期', 'Needed by'), kind: 'day' },
            { name: 'area', title: t('需求面积', 'Area'), kind: 'decimal', decimals: 4, unit: 'm²', required: true },
            { name: 'remark', title: t('备注', 'Remark'), kind: 'textarea', most: 1000 },
          ],
          initial: { state: demand.state, needed_by: demand.needed_by ?? '', area, remark: demand.remark ?? '' },
          send: t('保存', 'Save'),
          submit: (values) => {
            const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
            const body = { ...known, state: values['state'], needed_by: given(values['needed_by']), area: given(values['area']), remark: given(values['remark']) };
            return api.send('put', ONE, { path, body: withoutEmpty(body), version: etag, signal });
          },
          done() { toast(t('已保存', 'Saved')); again(); },
          signal,
        }).element,
      ),
    );
  }
  if (demand.findings && demand.findings.length > 0) {
    root.append(h('details', { class: 'panel' }, h('summary', null, t('预审各项结论', 'Findings of the pre-check')), demand.findings.map(findingBox)));
  }
}
