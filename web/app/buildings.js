// The table of buildings: each with its storeys, its height, and its footprint drawn or given as an area.

import { dialog } from './dialog.js';
import { fill, h, newId } from './dom.js';
import { t } from './i18n.js';
import { number, sum } from './numbers.js';
import { outlineEditor, polygonOf, ringsOf, areaOf } from './outline.js';
import { choices } from './words.js';

/** @typedef {{ use: string, area_m2: string, height_m: string, count: string, underground?: boolean }} Storey */
/** @typedef {{ name: string, height_m: string, land_m2: string, footprint?: any, storeys: Storey[] }} Building */

/** @returns {Storey} */
const storey = () => ({ use: 'dominant', area_m2: '', height_m: '', count: '' });

/**
 * @param {{ county: string, crs: string | null, centre: [number, number] | null, signal: AbortSignal, parcel: () => import('./outline.js').Rings,
 *   changed: (buildings: Building[]) => void }} options
 */
export function buildingsEditor({ county, crs, centre, signal, parcel, changed }) {
  /** @type {Building[]} */
  let buildings = [];
  const list = h('div', { class: 'buildings' });
  const total = h('p', { class: 'small', role: 'status' });

  /** @param {any} target @param {string} member @param {string} label @param {{ number?: boolean, placeholder?: string }} [how] */
  function input(target, member, label, how = {}) {
    const id = newId('building');
    const field = h('input', { id, value: target[member] ?? '', maxlength: 100, inputmode: how.number ? 'decimal' : null, class: how.number && 'number', placeholder: how.placeholder, autocomplete: 'off' });
    field.addEventListener('input', () => { target[member] = field.value; told(); });
    return h('div', { class: 'field' }, h('label', { for: id }, label), field);
  }

  function told() {
    const floor = buildings.flatMap((one) => one.storeys.flatMap(({ area_m2, count }) => Array.from({ length: Math.min(200, Number(count || 1) || 1) }, () => area_m2.replaceAll(/[,,\s]/g, ''))));
    fill(total, t(`共 ${buildings.length} 栋,建筑面积 ${number(sum(floor), 2)} 平方米`, `${buildings.length} buildings, ${number(sum(floor), 2)} m² of floor area`));
    changed(buildings);
  }

  /** @param {Building} building @param {number} at */
  function drawFootprint(building, at) {
    if (!crs || !centre) return;
    let rings = ringsOf(building.footprint);
    const editor = outlineEditor({
      county, crs, centre, signal, rings, label: t(`${building.name || `第 ${at + 1} 栋`}的基底`, `Footprint of building ${at + 1}`),
      around: () => [
        { rings: parcel(), name: t('宗地', 'Parcel') },
        ...buildings.filter((other) => other !== building && other.footprint).map((other) => ({ rings: ringsOf(other.footprint), name: other.name })),
      ].filter((one) => one.rings.length > 0),
      changed(drawn) { rings = drawn; },
    });
    void dialog({
      title: t('建筑基底', 'Footprint'),
      wide: true,
      body: editor.element,
      buttons: [
        { text: t('取消', 'Cancel'), kind: 'plain' },
        {
          text: t('确定', 'Done'),
          kind: 'primary',
          act() {
            building.footprint = rings.length > 0 ? polygonOf(rings, crs) : undefined;
            if (rings.length > 0) building.land_m2 = areaOf(rings).toFixed(2);
            draw();
            told();
          },
        },
      ],
    });
  }

  function draw() {
    fill(
      list,
      buildings.map((building, at) =>
        h(
          'fieldset',
          { class: 'building' },
          h('legend', null, t(`第 ${at + 1} 栋`, `Building ${at + 1}`)),
          h(
            'div',
            { class: 'fields' },
            input(building, 'name', t('名称', 'Name')),
            input(building, 'height_m', t('建筑高度(米)', 'Height (m)'), { number: true }),
            building.footprint
              ? h('div', { class: 'field' }, h('span', null, t('基底', 'Footprint')), h('span', null, t(`已绘制,约 ${number(areaOf(ringsOf(building.footprint)).toFixed(2), 2)} 平方米`, `drawn, about ${number(areaOf(ringsOf(building.footprint)).toFixed(2), 2)} m²`)))
              : input(building, 'land_m2', t('基底面积(平方米)', 'Footprint (m²)'), { number: true }),
          ),
          h(
            'div',
            { class: 'storeys' },
            building.storeys.map((one, n) => {
              const id = newId('use');
              const below = newId('below');
              const select = h('select', { id, onchange: () => { one.use = select.value; told(); } }, choices('Use').map(({ value, text }) => h('option', { value, selected: value === one.use }, text)));
              const box = h('input', { id: below, type: 'checkbox', checked: one.underground, onchange: () => { one.underground = box.checked; told(); } });
              return h(
                'div',
                { class: 'storey', role: 'group', 'aria-label': t(`第 ${n + 1} 项楼层`, `Entry ${n + 1}`) },
                h('div', { class: 'field' }, h('label', { for: id }, t('用途', 'Use')), select),
                input(one, 'area_m2', t('每层面积(平方米)', 'Area of a storey (m²)'), { number: true }),
                input(one, 'height_m', t('层高(米)', 'Storey height (m)'), { number: true }),
                input(one, 'count', t('相同层数', 'Equal storeys'), { number: true, placeholder: '1' }),
                h('div', { class: 'field check' }, box, h('label', { for: below }, t('地下', 'Below ground'))),
                h('button', { type: 'button', class: 'icon', 'aria-label': t(`删除第 ${n + 1} 项楼层`, `Remove entry ${n + 1}`), hidden: building.storeys.length === 1, onclick: () => { building.storeys.splice(n, 1); draw(); told(); } }, '×'),
              );
            }),
          ),
          h(
            'div',
            { class: 'buttons' },
            h('button', { type: 'button', onclick: () => { building.storeys.push(storey()); draw(); told(); } }, t('增加楼层', 'Add storeys')),
            crs && centre && h('button', { type: 'button', onclick: () => drawFootprint(building, at) }, building.footprint ? t('修改基底图形', 'Change the footprint') : t('绘制基底', 'Draw the footprint')),
            h('button', { type: 'button', class: 'plain', onclick: () => { buildings.splice(at, 1); draw(); told(); } }, t('删除此栋', 'Remove')),
          ),
        ),
      ),
    );
  }

  const element = h(
    'div',
    { class: 'buildings-editor' },
    list,
    h('button', { type: 'button', onclick: () => { buildings.push({ name: t(`${buildings.length + 1} 号楼`, `Building ${buildings.length + 1}`), height_m: '', land_m2: '', storeys: [storey()] }); draw(); told(); } }, t('增加建筑', 'Add a building')),
    total,
  );
  return {
    element,
    /** @param {any[] | null} given */
    set(given) {
      const text = (/** @type {unknown} */ value) => (value === null || value === undefined ? '' : String(value));
      buildings = (given ?? []).map((one) => ({
        ...one, name: text(one.name), height_m: text(one.height_m), land_m2: text(one.land_m2),
        storeys: (one.storeys ?? [storey()]).map((/** @type {any} */ of) => ({ ...of, area_m2: text(of.area_m2), height_m: text(of.height_m), count: text(of.count) })),
      }));
      draw();
      fill(total, '');
    },
  };
}
