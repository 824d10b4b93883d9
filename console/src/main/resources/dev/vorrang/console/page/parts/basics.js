// Small parts that every page uses.
import { html, classes, useEffect, useLayoutEffect, useRef, useState } from '../core/dom.js';
import { t, valueName, fullTime, shortTime, periodTime, ago, percent } from '../core/i18n.js';
import { Icon, SeverityIcon } from './icon.js';

export function Severity({ value, compact }) {
  return html`<span class=${`severity ${value.toLowerCase()}`}>
    <${SeverityIcon} severity=${value} />
    <span class=${compact ? 'visually-hidden' : ''}>${valueName('severity', value)}</span>
  </span>`;
}

export function Time({ at, form = 'short' }) {
  const text = form === 'full' ? fullTime(at) : form === 'period' ? periodTime(at) : form === 'ago' ? ago(at) : shortTime(at);
  return html`<time dateTime=${new Date(at).toISOString()} title=${form === 'full' ? null : fullTime(at)}>${text}</time>`;
}

/** @param busy whether it does nothing for a moment; it keeps the focus, which one that is disabled loses */
export function Button({ icon, children, kind, shortcut, busy, onClick, class: extra, ...rest }) {
  return html`<button type="button" class=${classes('button', kind, extra)} aria-disabled=${busy ? 'true' : null} onClick=${busy ? null : onClick} ...${rest}>
    ${icon && html`<${Icon} name=${icon} />`}${children}${shortcut && html`<kbd aria-hidden="true">${shortcut}</kbd>`}
  </button>`;
}

/** A probability or share as bar and number. */
export function Share({ label, value, strong, note }) {
  const width = `${Math.round(100 * Math.min(1, Math.max(0, value)))}%`;
  return html`<li class=${classes('share', strong && 'strong')}>
    <span class="share-label">${label}</span>
    <span class="share-bar" aria-hidden="true"><span style=${{ width }}></span></span>
    <span class="share-value">${note ?? percent(value)}</span>
  </li>`;
}

export function Section({ title, children, class: extra, actions, level = 2 }) {
  const Heading = `h${level}`;
  return html`<section class=${classes('section', extra)}>
    <div class="section-head"><${Heading}>${title}<//>${actions}</div>
    ${children}
  </section>`;
}

/** Loading, failed or empty, else the children. */
export function Loaded({ state, empty, children }) {
  if (state.error && !state.data) {
    return html`<${Failure} error=${state.error} again=${state.reload} />`;
  }
  if (!state.data) {
    return html`<${Waiting} />`;
  }
  return empty ? html`<p class="empty">${empty}</p>` : children(state.data);
}

/** Shown after a moment only, so that what is fast does not flicker. */
function Waiting() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return html`<p class="empty" role="status">${shown ? t('loading') : ''}</p>`;
}

export function Failure({ error, again }) {
  return html`<div class="failure" role="alert">
    <${Icon} name="warn" />
    <div><strong>${problemTitle(error)}</strong><p>${error.status === 0 ? t('problem.offline') : error.message}</p>
    ${again && html`<${Button} onClick=${again}>${t('again')}<//>`}</div>
  </div>`;
}

function problemTitle(error) {
  return error.status === 0 ? t('problem.title.offline')
    : error.status === 403 ? t('problem.title.forbidden')
      : error.status === 404 ? t('problem.title.missing') : t('problem.title');
}

/** A dialog of the browser: it holds the focus, closes with Escape, and gives the focus back. */
export function Dialog({ title, onClose, children, class: extra, keys }) {
  const element = useRef(null);
  // At once, not after the next frame: the next key is for the dialog.
  useLayoutEffect(() => {
    const before = document.activeElement;
    element.current.showModal();
    return () => before?.isConnected && before.focus({ preventScroll: true });
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    onClose();
  };
  const outside = (event) => event.target === element.current && onClose();
  return html`<dialog ref=${element} class=${classes('dialog', extra)} aria-labelledby="dialog-title" onCancel=${cancel}
      onMouseDown=${outside} onKeyDown=${keys}>
    <div class="dialog-body">
      <div class="dialog-head">
        <h2 id="dialog-title">${title}</h2>
        <button type="button" class="button quiet icon-only" onClick=${onClose} aria-label=${t('close')}><${Icon} name="close" /></button>
      </div>
      ${children}
    </div>
  </dialog>`;
}

/** Copies a text; the button says whether it did. */
export function Copy({ text, label }) {
  const [told, setTold] = useState('copy');
  const copy = async () => {
    try {
      // Without TLS there is no clipboard.
      await navigator.clipboard.writeText(text);
      setTold('copied');
    } catch {
      setTold('notCopied');
    }
    setTimeout(() => setTold('copy'), 1500);
  };
  return html`<button type="button" class="button small" onClick=${copy} aria-label=${label}>
    <span aria-live="polite">${t(told)}</span></button>`;
}
