// One account: roles, tokens, password, what happened to it.

import * as api from '../app/api.js';
import { askText, confirm, dialog } from '../app/dialog.js';
import { moment } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { form, given } from '../app/form.js';
import { t } from '../app/i18n.js';
import { facts, panel, person, tag } from '../app/parts.js';
import { plainTable } from '../app/table.js';
import { toast, toastProblem } from '../app/toast.js';
import { choices, word } from '../app/words.js';
import { newToken, showSecret, tokenTable } from './account.js';

const USER = '/api/v1/users/{id}';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { params, signal, county, title }) {
  const path = { id: params['id'] ?? '' };

  async function draw() {
    const { user, tokens, events } = await api.get(USER, { path, signal });
    title(user.person?.display_name ?? t(`用户 ${user.id}`, `User ${user.id}`));
    /** @param {string} text @param {string} body @param {() => Promise<unknown>} act @param {boolean} [danger] */
    const button = (text, body, act, danger) =>
      h('button', { type: 'button', onclick: async () => { if (await confirm({ title: text, body: h('p', null, body), yes: text, danger, act })) { toast(t('已办理', 'Done')); await draw(); } } }, text);
    fill(
      root,
      panel(
        null,
        facts([
          [t('登录名', 'Login'), user.person?.login],
          [t('编号', 'Id'), String(user.id)],
          [t('状态', 'State'), user.active ? tag(t('启用', 'active'), 'good') : tag(t('停用', 'disabled'), 'bad')],
          [t('建立', 'Created'), moment(user.created_at)],
        ]),
        h(
          'div',
          { class: 'buttons' },
          h('button', { type: 'button', onclick: () => askText({ title: t('更正姓名', 'Rename'), label: t('姓名', 'Name'), yes: t('保存', 'Save'), most: 60, act: (name) => api.send('post', `${USER}/rename`, { path, body: { display_name: name } }) }).then((done) => done && draw()) }, t('更正姓名', 'Rename')),
          h('button', { type: 'button', onclick: async () => { try { const { data } = await api.send('post', `${USER}/password-secret`, { path }); showSecret(t('一次性口令(72 小时内有效)', 'One-time secret (72 hours)'), data.secret); } catch (error) { toastProblem(error); } } }, t('签发一次性口令', 'One-time secret')),
          user.active
            ? button(t('停用', 'Disable'), t('停用后立即不能登录,令牌失效。', 'They are signed out at once and their tokens stop working.'), () => api.send('post', `${USER}/disable`, { path }), true)
            : button(t('启用', 'Enable'), t('恢复登录。', 'They may sign in again.'), () => api.send('post', `${USER}/enable`, { path })),
          button(t('清除个人信息', 'Erase'), t('姓名和登录名将永久清除,账目中只留编号。不能撤销。', 'Name and login are erased for ever; the books keep the number. This cannot be undone.'), () => api.send('post', `${USER}/erase`, { path }), true),
        ),
      ),
      panel(
        t('角色', 'Roles'),
        plainTable({
          caption: t('角色', 'Roles'),
          rows: user.grants,
          columns: [
            { title: t('角色', 'Role'), cell: (row) => word('Role', row.role) },
            { title: t('区划前缀', 'Prefix'), cell: (row) => row.prefix },
            { title: t('授予', 'Granted'), cell: (row) => [moment(row.granted_at), ' ', person(row.granted_by)], kind: 'nowrap' },
            { title: t('操作', 'Action'), cell: (row) => h('button', { type: 'button', class: 'link', onclick: async () => { try { await api.remove('/api/v1/users/{id}/grants/{grant}', { path: { ...path, grant: row.id } }); await draw(); } catch (error) { toastProblem(error); } } }, t('收回', 'Revoke')) },
          ],
          empty: t('没有角色', 'No roles'),
        }),
        h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: grant }, t('授予角色', 'Grant a role'))),
      ),
      panel(
        t('令牌', 'Tokens'),
        tokenTable(tokens, async (token) => { try { await api.remove('/api/v1/users/{id}/tokens/{token}', { path: { ...path, token: token.id } }); await draw(); } catch (error) { toastProblem(error); } }),
        h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: () => newToken(`${USER}/tokens`, path, draw) }, t('签发令牌', 'New token'))),
      ),
      panel(t('账号记录', 'History'), h('ol', { class: 'timeline' }, events.map((event) => h('li', null, h('p', null, h('strong', null, word('AccountAction', event.action)), event.subject && ` ${event.subject}`), h('p', { class: 'quiet small' }, moment(event.at), ' · ', person(event.done_by) || t('命令行', 'command line')))))),
    );
  }

  function grant() {
    const made = form({
      parts: [
        { name: 'role', title: t('角色', 'Role'), kind: 'select', choices: choices('Role'), required: true },
        { name: 'prefix', title: t('区划前缀', 'Prefix'), required: true, most: 6, help: t('县六位、市四位、省两位', 'six digits a county, four a city, two a province') },
      ],
      initial: { prefix: county },
      send: t('授予', 'Grant'),
      submit: (values) => api.send('post', `${USER}/grants`, { path, body: { role: given(values['role']), prefix: given(values['prefix']) } }),
      done: () => {
        made.element.closest('dialog')?.close();
        void draw();
      },
    });
    void dialog({ title: t('授予角色', 'Grant a role'), body: made.element });
  }
  await draw();
}
