// Entering a plot and changing one.

import { composition, compositionParts, compositionValues, unitChoices, withoutEmpty } from '../app/fields.js';
import * as api from '../app/api.js';
import { given, givenDecimal, givenReference } from '../app/form.js';
import { t } from '../app/i18n.js';
import { townshipChoices } from '../app/lookups.js';
import { recordForm } from '../app/record.js';
import { choices } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, query } = context;
  const id = context.params['id'];
  const towns = await townshipChoices(county);
  const { element } = await recordForm({
    context,
    id,
    draft: `plot-${id ?? 'new'}`,
    list: '/api/v1/counties/{county}/plots',
    one: '/api/v1/counties/{county}/plots/{id}',
    checks: true,
    fresh: { approval: query.get('approval') ?? '', origin: query.get('approval') ? 'approval' : '' },
    parts: [
      { name: 'code', title: t('地块编号', 'Code'), required: true, most: 50, help: t('县内唯一', 'Unique in the county') },
      { name: 'name', title: t('名称', 'Name'), most: 100 },
      {
        name: 'approval', title: t('批准文号或批文编号', 'Approval: number or id'), most: 100,
        search: async (text, signal) => {
          const { items } = await api.get('/api/v1/counties/{county}/approvals', { path: { county }, query: { number_prefix: text, limit: 20 }, signal });
          return items.map((one) => ({ value: one.number, text: `${one.approved_on} ${one.authority}` }));
        },
      },
      { name: 'origin', title: t('来源', 'Origin'), kind: 'select', choices: choices('Origin'), none: t('依批文', 'by the approval') },
      { name: 'area_value', pointer: '/area', title: t('登记面积', 'Recorded area'), kind: 'decimal', decimals: 8, required: true, help: t('照批准文件填写', 'As the document states it') },
      { name: 'area_unit', pointer: '/area/unit', title: t('面积单位', 'Unit'), kind: 'select', choices: unitChoices(), required: true },
      { name: 'township', title: t('乡镇街道', 'Township'), kind: 'select', choices: towns },
      { name: 'location', title: t('位置', 'Location'), most: 200 },
      { name: 'planned_use', title: t('规划用途', 'Planned use'), most: 100 },
      { name: 'approved_project', title: t('报批项目', 'Approved project'), most: 200 },
      { name: 'cause', title: t('未供原因', 'Cause'), kind: 'select', choices: choices('Cause') },
      { name: 'attributes_from', title: t('乡镇、原因自何日起', 'Township and cause from'), kind: 'day', help: t('修改乡镇或原因时必填', 'Needed when either changes') },
      { name: 'reserved_on', title: t('储备入库日期', 'In reserve since'), kind: 'day' },
      { name: 'projects', title: t('用地项目(编码,逗号分隔)', 'Projects (codes, by commas)'), most: 500, wide: true },
      { name: 'remark', title: t('备注', 'Remark'), kind: 'textarea', most: 1000 },
      {
        heading: t('图形', 'Polygon'),
        note: t('GeoJSON 几何(CGCS2000 经纬度);留空则不改。整批图形请用“导入文件”。', 'A GeoJSON geometry (longitude, latitude); empty: unchanged. Import files for many.'),
      },
      {
        name: 'geometry', title: t('图形 GeoJSON', 'Polygon as GeoJSON'), kind: 'textarea',
        check: (text) => parsed(text) === null && t('不是 GeoJSON 的 Polygon 或 MultiPolygon', 'This is no Polygon or MultiPolygon of GeoJSON'),
      },
      { name: 'geometry_from', title: t('图形自何日起', 'Polygon from'), kind: 'day' },
      { name: 'overlap_reason', title: t('与其他地块重叠的原因', 'Why it overlaps another'), most: 200 },
      ...compositionParts(false),
    ],
    toValues: (view) => ({
      code: view.code,
      name: view.name ?? '',
      approval: view.approval ? String(view.approval) : '',
      origin: view.origin,
      area_value: view.area.value,
      area_unit: view.area.unit,
      township: view.township ?? '',
      location: view.location ?? '',
      planned_use: view.planned_use ?? '',
      approved_project: view.approved_project ?? '',
      cause: view.cause ?? '',
      reserved_on: view.reserved_on ?? '',
      projects: view.projects.join(','),
      remark: view.remark ?? '',
      ...compositionValues(view.composition),
    }),
    toBody: (values) => {
      const area = givenDecimal(values['area_value']);
      return withoutEmpty({
        code: given(values['code']),
        name: given(values['name']),
        approval: givenReference(values['approval']),
        origin: given(values['origin']),
        area: area && { value: area, unit: given(values['area_unit']) ?? 'm2' },
        township: given(values['township']),
        location: given(values['location']),
        planned_use: given(values['planned_use']),
        approved_project: given(values['approved_project']),
        cause: given(values['cause']),
        attributes_from: given(values['attributes_from']),
        reserved_on: given(values['reserved_on']),
        projects: given(values['projects'])?.split(/[,,、\s]+/).filter(Boolean).map(givenReference),
        remark: given(values['remark']),
        geometry: given(values['geometry']) ? parsed(values['geometry'] ?? '') : undefined,
        geometry_from: given(values['geometry_from']),
        overlap_reason: given(values['overlap_reason']),
        composition: composition(values),
      });
    },
    viewOf: (answer) => answer.plot,
    page: (view) => `plots/${view.id}`,
  });
  element.classList.add('panel');
  root.append(element);
}

/** @param {string} text */
function parsed(text) {
  try {
    const value = JSON.parse(text);
    const geometry = value?.type === 'Feature' ? value.geometry : value;
    return ['Polygon', 'MultiPolygon'].includes(geometry?.type) ? geometry : null;
  } catch {
    return null;
  }
}
