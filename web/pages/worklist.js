// 待办: what waits for people and roles. Nothing disappears by itself.

import * as api from '../app/api.js';
import { dialog } from '../app/dialog.js';
import { h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given } from '../app/form.js';
import { say, t } from '../app/i18n.js';
import { townshipChoices } from '../app/lookups.js';
import { person, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { table } from '../app/table.js';
import { toast } from '../app/toast.js';
import { choices, word } from '../app/words.js';

/** @typedef {import('../types.js').Schema<'TaskView'>} Task */

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, can } = context;
  const path = { county };
  const towns = await townshipChoices(county);
  const head = h('p', { class: 'quiet' });

  /** @param {Task} task */
  function act(task) {
    const isOpen = task.state === 'open';
    const made = form({
      parts: [
        { name: 'action', title: t('办理', 'What'), kind: 'select', required: true, choices: choices('TaskAction').filter(({ value }) => (isOpen ? value !== 'reopened' : value === 'reopened')) },
        { name: 'until', title: t('延后至', 'Until'), kind: 'day', required: true, shown: (values) => values['action'] === 'postponed' },
        { name: 'reason', title: t('理由', 'Reason'), kind: 'textarea', required: true, most: 500 },
      ],
      initial: { action: isOpen ? '' : 'reopened' },
      send: t('确定', 'Confirm'),
      submit: (values) =>
        api.send('post', '/api/v1/counties/{county}/worklist/events', {
          path, body: withoutEmpty({ source: task.source, key: task.key, action: given(values['action']), reason: given(values['reason']), until: given(values['until']) }),
        }),
      done: () => {
        made.element.closest('dialog')?.close();
        toast(t('已记录', 'Recorded'));
        void list.refresh();
      },
    });
    void dialog({ title: say(task.title), body: made.element });
  }

  const list = table({
    caption: t('待办', 'Worklist'),
    context,
    load: async (query, signal) => {
      const answer = await api.get('/api/v1/counties/{county}/worklist', { path, query, signal });
      head.textContent = t(
        `截至 ${answer.as_of}:共 ${answer.total} 项,其中逾期 ${answer.overdue} 项(显示 ${answer.due_by} 前到期的)。`,
        `As of ${answer.as_of}: ${answer.total} items, ${answer.overdue} overdue (due by ${answer.due_by}).`,
      );
      return answer;
    },
    filters: [
      { name: 'mine', title: t('只看我的', 'Mine only'), kind: 'flag' },
      { name: 'township', title: t('乡镇街道', 'Township'), kind: 'select', choices: towns },
      { name: 'source', title: t('来源', 'Source'), kind: 'select', choices: choices('TaskSource') },
      { name: 'state', title: t('状态', 'State'), kind: 'select', choices: choices('TaskState') },
      { name: 'due_by', title: t('到期日不晚于', 'Due by'), kind: 'day' },
    ],
    columns: [
      { title: t('事项', 'Item'), cell: (row) => say(row.title), kind: 'wide' },
      { title: t('到期', 'Due'), cell: (row) => [row.due_on, ' ', row.is_overdue && tag(t('逾期', 'overdue'), 'bad')], order: (row) => row.due_on, kind: 'nowrap' },
      { title: t('等待', 'Waits for'), cell: (row) => (row.role ? word('Role', row.role) : person(row.person)), kind: 'nowrap' },
      { title: t('来源', 'Source'), cell: (row) => word('TaskSource', row.source), order: (row) => row.source, kind: 'nowrap' },
      { title: t('状态', 'State'), cell: (row) => tag(word('TaskState', row.state), row.state === 'open' ? 'accent' : '') },
      { title: t('最近记录', 'Last word'), cell: (row) => row.last && `${word('TaskAction', row.last.action)}${row.last.until ? ` → ${row.last.until}` : ''}:${row.last.reason}` },
      { title: t('操作', 'Action'), cell: (row) => can('clerk', 'reviewer', 'approver') && h('button', { type: 'button', class: 'link no-print', onclick: () => act(row) }, row.state === 'open' ? t('办结或延后', 'Settle') : t('重新打开', 'Reopen')) },
    ],
    href: (row) => pageOf(row.link),
    rowClass: (row) => row.is_overdue && row.state === 'open' && 'bad',
    // Printed as it stands: somebody takes it along.
    limit: 200,
    empty: t('没有待办事项', 'Nothing waits'),
    actions: h('button', { type: 'button', onclick: () => window.print() }, t('打印', 'Print')),
  });
  root.append(head, list.root);
}

/** Collections whose pages have another name. @type {Record<string, string>} */
const PAGES = { 'idle-cases': 'idle', 'frozen-bases': 'bases' };

/** The page of the record that an item of the worklist is about. @param {string} address of the API */
function pageOf(address) {
  const [collection = '', id, more] = address.replace(/^.*\/counties\/\d+\//, '').split('/');
  return id ? link(`${PAGES[collection] ?? collection}/${id}${more === 'measure' ? '/measure' : ''}`) : null;
}
