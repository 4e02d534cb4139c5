// One case of idle land: where it stands, what may follow and by when, its papers, and everything that was done.

import * as api from '../app/api.js';
import { openAttachment } from '../app/attachments.js';
import { askText } from '../app/dialog.js';
import { daysBetween, moment, today } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { idleStep } from '../app/idle-step.js';
import { say, t } from '../app/i18n.js';
import { areaWithUnit, money } from '../app/numbers.js';
import { codeLink, facts, figure, panel, person, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { plainTable } from '../app/table.js';
import { toast } from '../app/toast.js';
import { word } from '../app/words.js';
import { CASE_KINDS } from './idle.js';

/** The papers of steps as the papers are called, where the two differ; none: it is made outside. @type {Record<string, string | null>} */
const PAPERS = { mortgagee_letter: 'mortgagee_notice', disposal_plan: 'plan_request', receipt: 'service_record', inspection_sheet: null, department_letter: null };

/** @param {string} paper */
const kindOfPaper = (paper) => (paper in PAPERS ? PAPERS[paper] : paper);

const ONE = '/api/v1/counties/{county}/idle-cases/{id}';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, signal, can, me, title }) {
  const id = params['id'] ?? '';
  const path = { county, id };

  async function draw() {
    const [one, papers] = await Promise.all([
      api.get(ONE, { path, signal }),
      api.get('/api/v1/counties/{county}/papers', { path: { county }, query: { case: id, limit: 100 }, signal }),
    ]);
    title(t(`闲置案件 ${one.number}`, `Case ${one.number}`));
    // What others might have done and did not is over; what the bureau has not done is overdue.
    const first = one.deadlines.find(({ done_on, due, is_overdue }) => !done_on && (is_overdue || due >= today()));
    const left = first ? daysBetween(today(), first.due) : 0;

    /** @param {string} text @param {string} address @param {number} version @param {{ needed?: boolean, kind?: string, danger?: boolean }} [how] */
    const act = (text, address, version, { needed, kind, danger } = {}) =>
      h('button', {
        type: 'button', class: kind,
        onclick: async () => {
          const done = await askText({ title: text, label: t('意见', 'Comment'), yes: text, optional: !needed, danger, act: async (comment) => { await api.send('post', `${ONE}/${address}`, { path, body: { version, ...(comment ? { comment } : {}) } }); return true; } });
          if (done) { toast(t('已办理', 'Done')); await draw(); }
        },
      }, text);

    const waiting = one.proposals.filter(({ waits_for }) => waits_for);
    fill(
      root,
      one.seized_by && h('div', { class: 'box warn' }, h('p', null, t(`土地已被查封(${one.seized_by}),请考虑中止处置。`, `The land is seized (${one.seized_by}): consider suspending the case.`))),
      h(
        'div',
        { class: 'figures' },
        figure(t('状态', 'State'), [tag(word('IdleCaseState', one.state), CASE_KINDS[one.state] ?? ''), one.is_suspended && [' ', tag(t('中止', 'suspended'), 'warn')]].flat()),
        figure(t('最近期限', 'Next deadline'), first ? first.due : '—', first && [word('DeadlineKind', first.kind), ' ', first.is_overdue ? tag(t(`逾期 ${-left} 天`, `${-left} days late`), 'bad') : tag(t(`还有 ${left} 天`, `${left} days`), left <= 7 ? 'warn' : ''), first.is_provisional && [' ', tag(t('暂计', 'provisional'), 'warn')]].flat()),
        figure(t('案件面积', 'Area'), areaWithUnit(one.area_m2)),
        figure(t('构成闲置首日', 'Idle from'), one.idle_from ?? '—'),
        figure(t('可征缴闲置费', 'Fee from'), one.fee_from ?? '—', one.fee_due_yuan && `${money(one.fee_due_yuan)} ${t('元', 'yuan')}`),
        figure(t('可无偿收回', 'Recovery from'), one.recovery_from ?? '—'),
      ),
      waiting.map((proposal) => {
        const isOther = proposal.proposer !== me?.id && proposal.reviewer !== me?.id;
        const mine = isOther && proposal.waits_for && can(proposal.waits_for);
        const step = /** @type {any} */ (proposal.step);
        return h(
          'div',
          { class: 'box' },
          h('p', { class: 'box-title' }, t('待批步骤:', 'A step waits: '), step ? `${step.on} ${word('StepKind', step.kind)}` : t(`作废第 ${proposal.voids} 步`, `voiding step ${proposal.voids}`), ' ', tag(t(`等待${word('Role', proposal.waits_for)}`, `waits for ${proposal.waits_for}`), 'accent')),
          step && h('p', null, stepText(step)),
          proposal.reason && h('p', null, proposal.reason),
          h(
            'div',
            { class: 'buttons no-print' },
            mine && proposal.waits_for === 'reviewer' && act(t('审核通过', 'Review'), `proposals/${proposal.n}/review`, proposal.version, { kind: 'primary' }),
            mine && proposal.waits_for === 'approver' && act(t('批准', 'Approve'), `proposals/${proposal.n}/approve`, proposal.version, { kind: 'primary' }),
            mine && act(t('退回', 'Return'), `proposals/${proposal.n}/return`, proposal.version, { needed: true, danger: true }),
            can('clerk') && proposal.proposer === me?.id && act(t('撤回', 'Withdraw'), `proposals/${proposal.n}/withdraw`, proposal.version, { danger: true }),
          ),
        );
      }),
      panel(
        t('下一步', 'What may follow'),
        one.next.length === 0 && h('p', { class: 'quiet' }, t('案件已了结。', 'The case is over.')),
        h(
          'ul',
          { class: 'steps' },
          one.next.map((next) =>
            h(
              'li',
              { class: next.is_open && (!next.taken_on || next.due) ? 'open' : 'shut' },
              h(
                'div',
                { class: 'step-head' },
                h('strong', null, [word('StepKind', next.step), next.paper && word('Paper', next.paper), next.way && word('Way', next.way)].filter(Boolean).join(' · ')),
                ' ',
                next.takes_three && tag(t('三人办理', 'three people')),
                ' ',
                next.is_open ? next.taken_on ? tag(t(`${next.taken_on} 已办,可再办`, `taken on ${next.taken_on}, may be taken again`)) : tag(t('即可办理', 'open'), 'good') : next.earliest && tag(t(`${next.earliest} 起`, `from ${next.earliest}`), 'warn'),
                ' ',
                next.due && tag(t(`期限 ${next.due}`, `due by ${next.due}`), next.due < today() ? 'bad' : 'accent'),
              ),
              h(
                'div',
                { class: 'buttons no-print' },
                can('clerk') && h('button', { type: 'button', class: next.is_open && (!next.taken_on || next.due) ? 'primary' : null, onclick: () => idleStep({ county, id, version: one.version, next, done: () => void draw() }) }, t('办理', 'Take it')),
                can('clerk') && next.papers.map((paper) => kindOfPaper(paper) && h('a', { class: 'button', href: link('papers/new', { case: id, kind: kindOfPaper(paper) }) }, t(`制作《${word('CasePaper', paper)}》`, `Paper: ${word('CasePaper', paper)}`))),
              ),
              next.obstacles.length > 0 && h('ul', { class: 'listed quiet small' }, next.obstacles.map((obstacle) => h('li', null, say(obstacle.message), obstacle.citation && ` ${say(obstacle.citation)}`))),
            ),
          ),
        ),
      ),
      h(
        'div',
        { class: 'columns' },
        panel(t('期限', 'Deadlines'), plainTable({
          caption: t('期限', 'Deadlines'),
          rows: one.deadlines,
          columns: [
            { title: t('期限', 'Deadline'), cell: (row) => word('DeadlineKind', row.kind) },
            { title: t('起算', 'From'), cell: (row) => row.begins, kind: 'nowrap' },
            { title: t('届满', 'Due'), cell: (row) => [row.due, row.is_provisional && [' ', tag(t('暂计', 'provisional'), 'warn')]].flat(), kind: 'nowrap' },
            { title: t('完成', 'Done'), cell: (row) => (row.done_on ? row.done_on : row.is_overdue ? tag(t('逾期', 'overdue'), 'bad') : row.due < today() ? h('span', { class: 'quiet' }, t('期满', 'lapsed')) : ''), kind: 'nowrap' },
          ],
          rowClass: (row) => row.is_overdue && 'bad',
          empty: t('没有期限', 'None'),
        })),
        panel(t('文书', 'Papers'), plainTable({
          caption: t('文书', 'Papers'),
          rows: papers.items,
          columns: [
            { title: t('文书', 'Paper'), cell: (row) => row.title },
            { title: t('状态', 'State'), cell: (row) => tag(word('PaperState', row.state), row.state === 'issued' ? 'good' : row.state === 'draft' ? 'accent' : '') },
            { title: t('文号', 'Number'), cell: (row) => row.number },
            { title: t('成文日期', 'Dated'), cell: (row) => row.issued_on, kind: 'nowrap' },
          ],
          href: (row) => link(`papers/${row.id}`),
          empty: t('尚未制作文书', 'None yet'),
        })),
      ),
      panel(t('案件', 'The case'), facts([
        [t('案号', 'Number'), one.number],
        [t('立案日期', 'Opened on'), one.opened_on],
        [t('疑似情形', 'Grounds'), word('Grounds', one.grounds)],
        [t('闲置原因', 'Cause'), word('IdleCaseCause', one.cause)],
        [t('处置方式', 'Way'), word('Way', one.way)],
        [t('合同', 'Contract'), h('a', { href: link(`contracts/${one.contract}`) }, String(one.contract))],
        [t('宗地', 'Parcel'), codeLink('parcels', one.parcel)],
        [t('分期', 'Phase'), one.phase],
        [t('抵押', 'Mortgage'), one.is_mortgaged && tag(t('有抵押,须告知抵押权人', 'mortgaged: tell the mortgagee'), 'warn')],
        [t('前案', 'Case before'), one.previous && h('a', { href: link(`idle/${one.previous}`) }, String(one.previous))],
        [t('后案', 'Cases after'), one.successors.map((after) => [h('a', { href: link(`idle/${after}`) }, String(after)), ' ']).flat()],
        [t('备注', 'Remark'), one.remark, true],
      ])),
      panel(t('办理经过', 'What was done'), h('ol', { class: 'timeline' }, one.steps.map((entry) => {
        const step = /** @type {any} */ (entry.step);
        return h(
          'li',
          { class: entry.is_voided ? 'quiet' : null },
          h('p', null, h('strong', null, step ? `${step.on} ${word('StepKind', step.kind)}` : t(`作废第 ${entry.voids} 步`, `step ${entry.voids} voided`)), step && ` ${stepText(step)}`, entry.is_voided && [' ', tag(t('已作废', 'voided'))]),
          (entry.reason || step?.reason) && h('p', null, entry.reason ?? step.reason),
          step?.document?.attachments && h('p', null, step.document.attachments.map((/** @type {string} */ sha) => [h('button', { type: 'button', class: 'link', onclick: () => openAttachment(county, sha, '') }, t('附件', 'attachment')), ' ']).flat()),
          h('p', { class: 'quiet small' }, moment(entry.recorded_at), ' · ', person(entry.proposer), entry.reviewer && [' → ', person(entry.reviewer)], entry.approver && [' → ', person(entry.approver)], entry.voucher && [' · ', h('a', { href: link(`vouchers/${entry.voucher}`) }, t(`凭证第 ${entry.voucher} 号`, `voucher ${entry.voucher}`))]),
        );
      }))),
    );
  }
  await draw();
}

/** What a step says besides its kind and day. @param {any} step */
function stepText(step) {
  return [
    step.paper && word('Paper', step.paper), step.manner && word('Manner', step.manner), step.cause && word('IdleCaseCause', step.cause), step.way && word('Way', step.way),
    step.amount && `${money(step.amount)} ${t('元', 'yuan')}`, step.area_m2 && areaWithUnit(step.area_m2), step.new_start && t(`新动工日 ${step.new_start}`, `new start ${step.new_start}`),
    step.until && t(`至 ${step.until}`, `until ${step.until}`), step.remedy && word('Remedy', step.remedy), step.hold && word('Hold', step.hold), step.document?.number,
  ].filter(Boolean).join(' · ');
}
