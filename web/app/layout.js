// The frame around every page: bar, navigation, place of the page.

import { confirm } from './dialog.js';
import { append, fill, h, newId } from './dom.js';
import { language, setLanguage, t } from './i18n.js';
import { AREA_UNITS, areaUnit, setAreaUnit } from './numbers.js';
import { go, link, place } from './router.js';
import * as session from './session.js';
import { GROUPS, PAGES } from '../pages/list.js';

/** Whether the reader may open a page. @param {import('../types.js').Page} page */
export function mayOpen({ needs }) {
  if (needs === 'public') return true;
  if (!session.state.me) return false;
  return needs === 'signed-in' || session.can(...needs);
}

/** @param {() => void} redraw draws everything anew */
export function layout(redraw) {
  const { me, counties, county } = session.state;
  const main = h('main', { id: 'main', class: 'main', tabindex: '-1' });
  const navigation = h('nav', { id: 'navigation', class: 'navigation no-print', 'aria-label': t('主导航', 'Main navigation') });
  const menu = h(
    'button',
    {
      type: 'button', class: 'menu-button icon', 'aria-controls': 'navigation', 'aria-expanded': 'false',
      'aria-label': t('菜单', 'Menu'), onclick: () => open(!navigation.classList.contains('open')),
    },
    '☰',
  );
  /** @param {boolean} wanted */
  function open(wanted) {
    navigation.classList.toggle('open', wanted);
    menu.setAttribute('aria-expanded', String(wanted));
  }

  const countyId = newId('county');
  const countyPart = me && counties.length > 0 &&
    h(
      'div',
      { class: 'bar-part' },
      h('label', { for: countyId, class: 'visually-hidden' }, t('县', 'County')),
      counties.length === 1
        ? h('span', { id: countyId, class: 'bar-county' }, counties[0]?.name, ' ', h('small', null, county))
        : h(
            'select',
            {
              id: countyId,
              onchange: (/** @type {Event} */ { target }) => {
                session.chooseCounty(/** @type {HTMLSelectElement} */ (target).value);
                // A record of one county does not exist in another.
                go(place().path.split('/')[0] ?? '');
                redraw();
              },
            },
            counties.map((one) => h('option', { value: one.county, selected: one.county === county }, `${one.name} ${one.county}`)),
          ),
    );
  const unitId = newId('unit');
  const bar = h(
    'header',
    { class: 'bar no-print' },
    h(
      'a',
      { class: 'skip', href: '#main', onclick: (/** @type {Event} */ event) => { event.preventDefault(); main.focus(); } },
      t('跳到内容', 'Skip to contents'),
    ),
    menu,
    h('a', { class: 'brand', href: link('') }, h('img', { src: new URL('../favicon.svg', import.meta.url).href, alt: '', width: 24, height: 24 }), t('地账', 'Dizhang')),
    countyPart,
    h('span', { class: 'bar-space' }),
    h(
      'div',
      { class: 'bar-part' },
      h('label', { for: unitId, class: 'visually-hidden' }, t('面积单位', 'Unit of areas')),
      h(
        'select',
        {
          id: unitId,
          onchange: (/** @type {Event} */ { target }) => {
            setAreaUnit(/** @type {import('./numbers.js').AreaUnit} */ (/** @type {HTMLSelectElement} */ (target).value));
            redraw();
          },
        },
        Object.entries(AREA_UNITS).map(([value, { zh, en }]) => h('option', { value, selected: value === areaUnit() }, t(zh, en))),
      ),
    ),
    h(
      'button',
      {
        type: 'button', class: 'bar-button', lang: language() === 'en' ? 'zh-CN' : 'en',
        onclick: () => { setLanguage(language() === 'en' ? 'zh' : 'en'); redraw(); },
      },
      language() === 'en' ? '中文' : 'English',
    ),
    me
      ? [
          h('a', { class: 'bar-button', href: link('account') }, me.person?.display_name ?? t('我的账号', 'My account')),
          h('button', { type: 'button', class: 'bar-button', onclick: signOut }, t('退出', 'Sign out')),
        ]
      : h('a', { class: 'bar-button', href: link('login') }, t('工作人员登录', 'Staff sign in')),
  );

  async function signOut() {
    const done = await confirm({
      title: t('退出登录', 'Sign out'),
      body: h('p', null, t('退出后,本机上未提交的草稿将被清除。', 'Drafts that were not sent are cleared from this computer.')),
      yes: t('退出', 'Sign out'),
      act: () => session.signOut(),
    });
    if (done) {
      go('login');
      redraw();
    }
  }

  for (const [group, zh, en] of GROUPS) {
    const pages = PAGES.filter((page) => page.group === group && mayOpen(page));
    if (pages.length === 0) continue;
    append(
      navigation,
      zh && h('h2', { class: 'navigation-heading' }, t(zh, en)),
      h('ul', null, pages.map((page) => h('li', null, h('a', { href: link(page.route), 'data-route': page.route }, t(...page.title))))),
    );
  }
  navigation.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLAnchorElement) open(false);
  });

  const isBare = navigation.childElementCount === 0;
  menu.hidden = isBare;
  fill(document.body, bar, h('div', { class: isBare ? 'frame bare' : 'frame' }, isBare ? null : navigation, main));
  return {
    main,
    /** Marks the page that is open. @param {string} path */
    mark(path) {
      const root = path.split('/')[0] ?? '';
      for (const one of navigation.querySelectorAll('a')) {
        if (one.dataset['route'] === path || (one.dataset['route'] === root && root !== '')) one.setAttribute('aria-current', 'page');
        else one.removeAttribute('aria-current');
      }
      // The list is longer than a small screen is high.
      const current = navigation.querySelector('a[aria-current]');
      if (current instanceof HTMLElement && navigation.scrollHeight > navigation.clientHeight) {
        navigation.scrollTop = Math.max(0, current.offsetTop - navigation.offsetTop - navigation.clientHeight / 2);
      }
    },
  };
}
