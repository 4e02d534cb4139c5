// Entering a parcel and changing one.

import { unitChoices, withoutEmpty } from '../app/fields.js';
import { given, givenDecimal, givenReference } from '../app/form.js';
import { t } from '../app/i18n.js';
import { recordForm } from '../app/record.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const id = context.params['id'];
  const { element } = await recordForm({
    context,
    id,
    draft: `parcel-${id ?? 'new'}`,
    list: '/api/v1/counties/{county}/parcels',
    one: '/api/v1/counties/{county}/parcels/{id}',
    checks: true,
    parts: [
      { name: 'code', title: t('宗地编号', 'Code'), required: true, most: 50 },
      { name: 'name', title: t('名称', 'Name'), most: 100 },
      { name: 'area_value', pointer: '/area', title: t('登记面积', 'Area'), kind: 'decimal', decimals: 8, required: true },
      { name: 'area_unit', pointer: '/area/unit', title: t('面积单位', 'Unit'), kind: 'select', choices: unitChoices(), required: true },
      { name: 'holder', title: t('用地单位', 'Holder'), most: 100 },
      { name: 'holder_code', title: t('统一社会信用代码', 'Credit code'), most: 18 },
      { name: 'land_use', title: t('土地用途', 'Use'), most: 100 },
      { name: 'project', title: t('用地项目(编码)', 'Project (code)'), most: 100 },
      { name: 'regulatory_number', title: t('电子监管号', 'Supervision number'), most: 40 },
      { name: 'cadastral_code', title: t('宗地代码', 'Cadastral code'), most: 40 },
      { name: 'unit_code', title: t('不动产单元号', 'Unit code'), most: 40 },
      { name: 'remark', title: t('备注', 'Remark'), kind: 'textarea', most: 1000 },
    ],
    fresh: { area_unit: 'm2' },
    toValues: (view) => ({
      code: view.code, name: view.name ?? '', area_value: view.area.value, area_unit: view.area.unit, holder: view.holder ?? '', holder_code: view.holder_code ?? '',
      land_use: view.land_use ?? '', project: view.project ? String(view.project) : '', regulatory_number: view.regulatory_number ?? '',
      cadastral_code: view.cadastral_code ?? '', unit_code: view.unit_code ?? '', remark: view.remark ?? '',
    }),
    toBody: (values) => {
      const area = givenDecimal(values['area_value']);
      return withoutEmpty({
        code: given(values['code']), name: given(values['name']), area: area && { value: area, unit: given(values['area_unit']) ?? 'm2' },
        holder: given(values['holder']), holder_code: given(values['holder_code']), land_use: given(values['land_use']), project: givenReference(values['project']),
        regulatory_number: given(values['regulatory_number']), cadastral_code: given(values['cadastral_code']), unit_code: given(values['unit_code']), remark: given(values['remark']),
      });
    },
    viewOf: (answer) => answer.parcel,
    page: (view) => `parcels/${view.id}`,
  });
  element.classList.add('panel');
  root.append(element);
}
