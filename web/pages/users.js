// 用户: accounts of the counties that the administrator keeps.

import * as api from '../app/api.js';
import { dialog } from '../app/dialog.js';
import { moment } from '../app/dates.js';
import { h } from '../app/dom.js';
import { form, given } from '../app/form.js';
import { t } from '../app/i18n.js';
import { tag } from '../app/parts.js';
import { go, link } from '../app/router.js';
import { table } from '../app/table.js';
import { choices, word } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, context) {
  const { county } = context;
  function add() {
    const made = form({
      parts: [
        { name: 'login', title: t('登录名', 'Login'), required: true, most: 64 },
        { name: 'display_name', title: t('姓名', 'Name'), required: true, most: 60 },
        { name: 'role', pointer: '/grants/0/role', title: t('角色', 'Role'), kind: 'select', choices: choices('Role'), none: t('暂不授予', 'none yet') },
        { name: 'prefix', pointer: '/grants/0/prefix', title: t('区划前缀', 'Prefix'), most: 6, shown: (values) => Boolean(values['role']), required: true },
      ],
      initial: { prefix: county },
      draft: 'user-new',
      send: t('建立账号', 'Create'),
      submit: async (values) =>
        (await api.send('post', '/api/v1/users', { body: { login: given(values['login']), display_name: given(values['display_name']), ...(given(values['role']) ? { grants: [{ role: given(values['role']), prefix: given(values['prefix']) }] } : {}) } })).data,
      done: (view) => {
        made.element.closest('dialog')?.close();
        go(`users/${view.user.id}`);
      },
    });
    void dialog({ title: t('新用户', 'New user'), body: made.element });
  }
  root.append(
    table({
      caption: t('用户', 'Users'),
      context,
      load: (query, signal) => api.get('/api/v1/users', { query, signal }),
      columns: [
        { title: t('姓名', 'Name'), cell: (row) => row.person?.display_name ?? t('(已清除)', '(erased)'), order: (row) => row.person?.display_name },
        { title: t('登录名', 'Login'), cell: (row) => row.person?.login, order: (row) => row.person?.login },
        { title: t('编号', 'Id'), kind: 'number', cell: (row) => String(row.id) },
        { title: t('角色', 'Roles'), cell: (row) => row.grants.map(({ role, prefix }) => [tag(`${word('Role', role)} ${prefix}`), ' ']).flat() },
        { title: t('状态', 'State'), cell: (row) => (row.active ? tag(t('启用', 'active'), 'good') : tag(t('停用', 'disabled'), 'bad')) },
        { title: t('建立', 'Created'), cell: (row) => moment(row.created_at), kind: 'nowrap' },
      ],
      href: (row) => link(`users/${row.id}`),
      actions: h('button', { type: 'button', class: 'primary', onclick: add }, t('新用户', 'New user')),
    }).root,
  );
}
