// 我的账号: password, sessions, tokens, roles.

import * as api from '../app/api.js';
import { confirm, dialog } from '../app/dialog.js';
import { moment } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given, givenInteger } from '../app/form.js';
import { t } from '../app/i18n.js';
import { facts, panel, tag } from '../app/parts.js';
import { plainTable } from '../app/table.js';
import { toast } from '../app/toast.js';
import { choices, word } from '../app/words.js';

/** @typedef {import('../types.js').Schema<'TokenView'>} Token */

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { signal }) {
  const tokens = h('div');
  const sessions = h('div');

  async function drawTokens() {
    const me = await api.get('/api/v1/me', { signal });
    fill(tokens, tokenTable(me.tokens, (token) => revoke(token)));
    return me;
  }

  /** @param {Token} token */
  async function revoke(token) {
    const done = await confirm({ title: t('吊销令牌', 'Revoke the token'), body: h('p', null, t(`“${token.label}”将立即失效。`, `"${token.label}" stops working at once.`)), yes: t('吊销', 'Revoke'), danger: true, act: () => api.remove('/api/v1/me/tokens/{token}', { path: { token: token.id } }) });
    if (done) await drawTokens();
  }

  async function drawSessions() {
    const { data } = await api.send('get', '/api/v1/me/sessions', { signal });
    fill(
      sessions,
      plainTable({
        caption: t('登录会话', 'Sessions'),
        rows: /** @type {{ id: number, address?: string, browser?: string, created_at: string, used_at: string, in_use: boolean }[]} */ (data.items),
        columns: [
          { title: t('登录时间', 'Signed in'), cell: (row) => moment(row.created_at), kind: 'nowrap' },
          { title: t('最近使用', 'Used'), cell: (row) => moment(row.used_at), kind: 'nowrap' },
          { title: t('来源地址', 'Address'), cell: (row) => row.address, kind: 'nowrap' },
          { title: t('浏览器', 'Browser'), cell: (row) => row.browser },
          {
            title: t('操作', 'Action'), kind: 'nowrap',
            cell: (row) => row.in_use ? tag(t('当前', 'this one'), 'good') : h('button', { type: 'button', class: 'link', onclick: async () => { await api.send('delete', '/api/v1/me/sessions/{session}', { path: { session: row.id } }); await drawSessions(); } }, t('结束', 'End')),
          },
        ],
      }),
    );
  }

  const password = form({
    parts: [
      { name: 'current_password', title: t('当前密码', 'Current password'), kind: 'password', required: true, autocomplete: 'current-password' },
      { name: 'new_password', title: t('新密码', 'New password'), kind: 'password', required: true, autocomplete: 'new-password', help: t('至少 12 个字符,不含登录名,不全是数字', 'At least 12 characters, without the login, not digits alone') },
      { name: 'again', title: t('再次输入新密码', 'New password again'), kind: 'password', required: true, autocomplete: 'new-password', check: (value, values) => value !== values['new_password'] && t('两次输入不一致', 'The two differ') },
    ],
    send: t('修改密码', 'Change password'),
    submit: ({ current_password, new_password }) => api.send('post', '/api/v1/me/password', { body: { current_password, new_password } }),
    done: () => {
      toast(t('密码已修改,其他会话已结束', 'Changed; your other sessions have ended'));
      password.set({ current_password: '', new_password: '', again: '' });
      void drawSessions();
    },
  });

  const me = await drawTokens();
  await drawSessions();
  root.append(
    panel(null, facts([
      [t('姓名', 'Name'), me.person?.display_name],
      [t('登录名', 'Login'), me.person?.login],
      [t('用户编号', 'User id'), String(me.id)],
      [t('角色', 'Roles'), me.grants.map(({ role, prefix }) => [tag(`${word('Role', role)} ${prefix}`), ' ']).flat()],
    ])),
    panel(t('修改密码', 'Password'), password.element),
    panel(t('登录会话', 'Sessions'), sessions),
    panel(
      t('接口令牌', 'Tokens'),
      h('p', { class: 'quiet' }, t('供 QGIS、脚本等程序使用;密文只显示一次。', 'For QGIS, scripts and other programs; the secret is shown once.')),
      tokens,
      h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: () => newToken('/api/v1/me/tokens', {}, drawTokens) }, t('签发令牌', 'New token'))),
    ),
  );
}

/** @param {Token[]} rows @param {(token: Token) => void} revoke */
export const tokenTable = (rows, revoke) =>
  plainTable({
    caption: t('令牌', 'Tokens'),
    rows,
    columns: [
      { title: t('用途', 'Purpose'), cell: (row) => row.label },
      { title: t('限于角色', 'Roles'), cell: (row) => (row.roles ? row.roles.map((role) => word('Role', role)).join('、') : t('全部', 'all')) },
      { title: t('签发', 'Issued'), cell: (row) => moment(row.created_at), kind: 'nowrap' },
      { title: t('失效', 'Expires'), cell: (row) => moment(row.expires_at), kind: 'nowrap' },
      { title: t('操作', 'Action'), kind: 'nowrap', cell: (row) => row.revoked_at ? tag(t('已吊销', 'revoked')) : h('button', { type: 'button', class: 'link', onclick: () => revoke(row) }, t('吊销', 'Revoke')) },
    ],
    empty: t('没有令牌', 'No tokens'),
  });

/** @param {string} address @param {Record<string, string | number>} path @param {() => Promise<unknown>} done */
export function newToken(address, path, done) {
  const made = form({
    parts: [
      { name: 'label', title: t('用途', 'Purpose'), required: true, most: 60, help: t('如 QGIS、月报脚本', 'such as QGIS') },
      { name: 'days', title: t('有效天数', 'Days'), kind: 'integer' },
      { name: 'role', title: t('限于角色', 'Role'), kind: 'select', choices: choices('Role'), none: t('全部', 'all') },
    ],
    send: t('签发', 'Issue'),
    submit: async (values) => (await api.send('post', address, { path, body: withoutEmpty({ label: given(values['label']), days: givenInteger(values['days']), roles: given(values['role']) ? [given(values['role'])] : undefined }) })).data,
    done: (issued) => {
      made.element.closest('dialog')?.close();
      showSecret(t('令牌密文', 'Secret of the token'), issued.secret);
      void done();
    },
  });
  void dialog({ title: t('签发令牌', 'New token'), body: made.element });
}

/** @param {string} title @param {string} secret */
export function showSecret(title, secret) {
  void dialog({
    title,
    body: [
      h('p', null, t('请立即抄录,关闭后不再显示:', 'Write it down now; it is not shown again:')),
      h('p', null, h('code', { class: 'secret' }, secret)),
      h('button', { type: 'button', onclick: () => navigator.clipboard?.writeText(secret).then(() => toast(t('已复制', 'Copied'))) }, t('复制', 'Copy')),
    ],
  });
}
