// What the books and the ministry's monitoring system say of one supply, side by side.

import { h } from './dom.js';
import { t } from './i18n.js';
import { areaWithUnit, money } from './numbers.js';
import { tag } from './parts.js';
import { plainTable } from './table.js';
import { word } from './words.js';

/** @typedef {import('../types.js').Schema<'ComparedView'>} Compared */

/**
 * One side of what is compared, in words.
 * @param {Compared} one @param {'ours' | 'theirs'} side
 */
export function comparedWord(one, side) {
  const value = one[side];
  if (value === null || value === undefined) return t('未填', 'not known');
  if (one.field === 'area') return areaWithUnit(value);
  if (one.field === 'price') return `${money(value)} ${t('元', 'yuan')}`;
  if (one.field === 'state') return word('SupplyState', value);
  return (one.field === 'method' && word('SupplyMethod', value)) || (side === 'ours' ? one.ours_label : one.theirs_label) || value;
}

/** @param {Compared[]} compared */
export const comparedTable = (compared) =>
  plainTable({
    caption: t('双方数据对照', 'Both sides'),
    rows: compared,
    rowClass: ({ differs }) => differs === true && 'bad',
    columns: [
      { title: t('对照项', 'What'), cell: (one) => word('ComparedField', one.field) },
      { title: t('我方台账', 'Our books'), cell: (one) => comparedWord(one, 'ours') },
      { title: t('监测监管系统', 'Their system'), cell: (one) => comparedWord(one, 'theirs') },
      { title: t('结果', 'Result'), cell: ({ differs }) => (differs === true ? tag(t('不一致', 'differs'), 'bad') : differs === false ? tag(t('一致', 'same'), 'good') : h('span', { class: 'quiet' }, t('一方未填,不比较', 'not compared: one side does not know'))) },
    ],
  });
