// What surrounds every page: navigation, state of the connection, menu of the person.
import { html, useEffect, useRef, useState, useValue } from './core/dom.js';
import { hasRole, me } from './core/api.js';
import { health } from './core/live.js';
import { waiting } from './core/outbox.js';
import { boundKeys, useKeys } from './core/keys.js';
import { language, t } from './core/i18n.js';
import { languageChoice, singleKeys, theme } from './core/prefs.js';
import { go, Link, place } from './core/router.js';
import { Icon } from './parts/icon.js';
import { Button, Dialog } from './parts/basics.js';
import { Toasts } from './parts/toasts.js';
import { LoginAgain } from './account/login.js';
import { logOut } from './account/logout.js';
import { Tokens } from './account/tokens.js';

const PAGES = [
  { path: '/', name: 'mail', icon: 'mail', stream: 'mail' },
  { path: '/machines', name: 'machines', icon: 'machine', stream: 'machine' },
  { path: '/demand', name: 'demand', icon: 'demand', stream: 'demand' },
  { path: '/operations', name: 'operations', icon: 'operations' },
];

function Navigation({ pages, current }) {
  return html`<nav class="pages" aria-label=${t('nav.label')}>
    ${pages.map(({ path, name, icon }) => html`<${Link} key=${path} to=${path} aria-current=${path === current ? 'page' : null}>
      <${Icon} name=${icon} /><span>${t(`nav.${name}`)}</span><//>`)}
  </nav>`;
}

/** Says that what is shown may be old, and that work goes on by itself. */
function Banner() {
  const { online, connected, behind } = useValue(health);
  const unsent = useValue(waiting).length;
  const text = !online ? t('banner.offline') : !connected ? t('banner.broker') : behind > 1000 ? t('banner.behind', { n: behind }) : '';
  return html`<div role="status" class="banner-place">
    ${text && html`<p class="banner"><${Icon} name="warn" /><span>${text} ${unsent > 0 && t('banner.unsent', { n: unsent })}</span></p>`}
  </div>`;
}

function Choice({ label, source }) {
  const value = useValue(source);
  return html`<label class="choice"><span>${label}</span>
    <select value=${value} onChange=${(event) => source.set(event.target.value)}>
      ${source.allowed.map((option) => html`<option key=${option} value=${option} selected=${option === value}>${t(`choice.${option}`)}</option>`)}
    </select></label>`;
}

function Menu({ onKeys, onTokens, onLogOut }) {
  const details = useRef(null);
  const close = () => details.current.removeAttribute('open');
  const leave = (event) => details.current.contains(event.relatedTarget) || event.relatedTarget === null || close();
  const escape = (event) => {
    if (event.key === 'Escape') {
      close();
      details.current.querySelector('summary').focus();
    }
  };
  useEffect(() => {
    const outside = (event) => details.current?.contains(event.target) || close();
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, []);
  const pick = (action) => () => {
    close();
    action();
  };
  return html`<details class="menu" ref=${details} onFocusOut=${leave} onKeyDown=${escape}>
    <summary class="button quiet" aria-label=${t('menu.label', { user: me.get().user })}><${Icon} name="person" /><span class="menu-user">${me.get().user}</span></summary>
    <div class="menu-body">
      <p class="menu-who"><strong>${me.get().user}</strong><span>${me.get().roles.map((role) => t(`role.${role.toLowerCase()}`)).join(', ')}</span></p>
      <${Choice} label=${t('menu.theme')} source=${theme} />
      <${Choice} label=${t('menu.language')} source=${languageChoice} />
      <${Choice} label=${t('menu.keys')} source=${singleKeys} />
      <button type="button" class="button quiet" onClick=${pick(onKeys)}><${Icon} name="key" />${t('keys.title')}</button>
      ${hasRole('agent') && html`<button type="button" class="button quiet" onClick=${pick(onTokens)}><${Icon} name="link" />${t('tokens.title')}</button>`}
      <button type="button" class="button quiet" onClick=${pick(onLogOut)}><${Icon} name="back" />${t('menu.logout')}</button>
    </div>
  </details>`;
}

const KEY_NAMES = { Enter: '↵', Escape: 'Esc', ' ': '␣', ArrowDown: '↓', ArrowUp: '↑' };

function KeyList({ onClose }) {
  return html`<${Dialog} title=${t('keys.title')} onClose=${onClose} class="key-list">
    ${boundKeys().map(({ title, bindings }) => html`<section key=${title}><h3>${title}</h3>
      <dl>${bindings.filter(({ hidden }) => !hidden).map(({ key, label }) => html`<div key=${key}>
        <dt>${key.split(' ').map((one) => html`<kbd>${KEY_NAMES[one] ?? one}</kbd>`)}</dt><dd>${label}</dd></div>`)}</dl>
    </section>`)}
    <p class="hint">${t('keys.hint')}</p>
  <//>`;
}

/** Asked only if something would be lost. */
function LogOutDialog({ onClose }) {
  const n = useValue(waiting).length;
  const leave = () => {
    onClose();
    logOut();
  };
  return html`<${Dialog} title=${t('menu.askLogout')} onClose=${onClose} class="confirm">
    <p>${t('banner.unsent', { n })} ${t('menu.logoutLoses')}</p>
    <div class="dialog-actions"><${Button} onClick=${onClose}>${t('cancel')}<//><${Button} kind="primary" onClick=${leave}>${t('menu.logout')}<//></div>
  <//>`;
}

export function Shell({ children }) {
  useValue(language);
  const { path } = useValue(place);
  const [dialog, setDialog] = useState(null);
  const pages = PAGES.filter(({ stream }) => !stream || me.get().streams.includes(stream));
  useKeys(t('keys.everywhere'), [
    { key: '?', label: t('keys.help'), run: () => setDialog('keys') },
    ...pages.map(({ path: to, name }, i) => ({ key: String(i + 1), label: t(`nav.${name}`), run: () => go(to) })),
  ]);
  return html`
    <a class="skip" href="#main">${t('skip')}</a>
    <header class="top">
      <${Link} to="/" class="brand" aria-label="Vorrang"><img src=${new URL('./img/vorrang.svg', import.meta.url).pathname} width="26" height="26" alt="" /><span>Vorrang</span><//>
      <${Navigation} pages=${pages} current=${path} />
      <${Menu} onKeys=${() => setDialog('keys')} onTokens=${() => setDialog('tokens')} onLogOut=${() => (waiting.get().length ? setDialog('logout') : logOut())} />
    </header>
    <${Banner} />
    <main id="main" tabindex="-1">${children}</main>
    <${Toasts} />
    ${dialog === 'keys' && html`<${KeyList} onClose=${() => setDialog(null)} />`}
    ${dialog === 'tokens' && html`<${Tokens} onClose=${() => setDialog(null)} />`}
    ${dialog === 'logout' && html`<${LogOutDialog} onClose=${() => setDialog(null)} />`}
    <${LoginAgain} />`;
}
