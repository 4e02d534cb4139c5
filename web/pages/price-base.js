// One price base: its steps, and its figures for those who may see them.

import * as api from '../app/api.js';
import { askText, dialog } from '../app/dialog.js';
import { moment } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { form, given } from '../app/form.js';
import { t } from '../app/i18n.js';
import { AREA_UNITS, money } from '../app/numbers.js';
import { codeLink, facts, panel, person, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { toast } from '../app/toast.js';
import { word } from '../app/words.js';
import { judgement } from './price-base-edit.js';
import { BASE_KINDS } from './price-bases.js';

const ONE = '/api/v1/counties/{county}/price-bases/{id}';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, signal, can, me, title }) {
  const path = { county, id: params['id'] ?? '' };

  async function draw() {
    const { base, contents, judgement: judged, events } = await api.get(ONE, { path, signal });
    title(t(`价格标底第 ${base.id} 号`, `Price base ${base.id}`));
    /** @param {string} step @param {string} text @param {{ needed?: boolean, kind?: string, danger?: boolean }} [how] */
    const button = (step, text, { needed, kind, danger } = {}) =>
      h('button', {
        type: 'button', class: kind,
        onclick: async () => {
          const done = await askText({
            title: text, label: t('意见', 'Comment'), yes: text, optional: !needed, danger,
            act: async (comment) => { await api.send('post', `${ONE}/${step}`, { path, body: { version: base.version, ...(comment ? { comment } : {}) } }); return true; },
          });
          if (done) { toast(t('已办理', 'Done')); await draw(); }
        },
      }, text);
    const open = () => {
      const made = form({
        parts: [
          { name: 'announcement_no', title: t('结果公告编号', 'Announcement'), required: true, most: 100 },
          { name: 'announced_on', title: t('公告日期', 'Announced on'), kind: 'day', required: true },
        ],
        send: t('公开', 'Open'),
        submit: (values) => api.send('post', `${ONE}/open`, { path, body: { version: base.version, announcement_no: given(values['announcement_no']), announced_on: given(values['announced_on']) } }),
        done: () => { made.element.closest('dialog')?.close(); void draw(); },
      });
      void dialog({ title: t('公开标底', 'Open the base'), body: [h('p', null, t('公开后任何有权查阅台账的人都能看到标底,不能撤销。', 'Everybody who reads the books sees the figures then; it cannot be undone.')), made.element] });
    };
    const isProposer = base.proposer === me?.id;
    fill(
      root,
      panel(
        null,
        facts([
          [t('地块', 'Plot'), codeLink('plots', base.plot)],
          [t('状态', 'State'), tag(word('BaseState', base.state), BASE_KINDS[base.state] ?? '')],
          [t('经办', 'Proposed by'), person(base.proposer)],
          [t('审核', 'Reviewed by'), person(base.reviewer)],
          [t('审批', 'Issued by'), person(base.issuer)],
          [t('公告', 'Announcement'), [base.announcement_no, ' ', base.announced_on]],
        ]),
        h(
          'div',
          { class: 'buttons no-print' },
          can('price_keeper') && base.state === 'draft' && !isProposer && button('review', t('审核通过', 'Review'), { kind: 'primary' }),
          can('price_approver') && base.state === 'reviewed' && button('issue', t('出具', 'Issue'), { kind: 'primary' }),
          can('price_approver') && base.state === 'issued' && h('button', { type: 'button', class: 'primary', onclick: open }, t('公开', 'Open')),
          can('price_keeper') && base.state === 'draft' && h('a', { class: 'button', href: link(`price-bases/${base.id}/edit`) }, t('修改', 'Revise')),
          can('price_keeper', 'price_approver') && (base.state === 'draft' || base.state === 'reviewed') && button('return', t('退回', 'Return'), { needed: true, danger: true }),
          can('price_keeper') && (base.state === 'draft' || base.state === 'reviewed') && button('withdraw', t('撤回', 'Withdraw'), { danger: true }),
        ),
      ),
      contents
        ? panel(
            t('标底内容', 'Contents'),
            facts([
              [t('评估报告备案号', 'Appraisal filing'), contents.appraisal_filing_no],
              [t('估价期日', 'Appraised as of'), contents.appraised_as_of],
              [t('有效期至', 'Valid until'), contents.valid_until],
              [t('会议纪要号', 'Minutes'), contents.minutes_no],
              [t('土地用途', 'Use'), word('LandUse', contents.terms.land_use)],
              [t('面积', 'Area'), typeof contents.terms.area === 'object' ? `${contents.terms.area.value} ${AREA_UNITS[contents.terms.area.unit].short}` : `${contents.terms.area} m²`],
              [t('最高年期单价', 'Price for the maximum term'), `${money(String(contents.terms.max_term_unit_price))} ${t('元/平方米', 'yuan/m²')}`],
              [t('供应方式', 'Method'), word('Method', contents.terms.method.method)],
              [t('拟定标底', 'Decided total'), h('strong', null, `${money(String(contents.terms.decided_total))} ${t('元', 'yuan')}`)],
            ]),
            judged && judgement(judged),
          )
        : panel(t('标底内容', 'Contents'), h('p', { class: 'quiet' }, t('密封中:您无权查阅。', 'Sealed: you may not see it.'))),
      panel(t('办理与查阅记录', 'Steps and readings'), h('ol', { class: 'timeline' }, events.map((event) => h('li', null, h('p', null, h('strong', null, word('BaseAction', event.action)), ' ', person(event.user)), event.comment && h('p', null, event.comment), h('p', { class: 'quiet small' }, moment(event.at)))))),
    );
  }
  await draw();
}
