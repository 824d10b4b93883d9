// Short messages about what was just done, with one thing to do about it.
import { html, observable, useValue } from '../core/dom.js';
import { t } from '../core/i18n.js';
import { Icon } from './icon.js';

const shown = observable([]);
const STAYS = 6000;
const MOST = 3;
let count = 0;

/** Shows a message. kind: good, bad or plain. */
export function toast(text, { kind = 'plain', action } = {}) {
  const entry = { id: ++count, text, kind, action };
  shown.set([...shown.get().slice(1 - MOST), entry]);
  setTimeout(() => expire(entry.id), kind === 'bad' ? 2 * STAYS : STAYS);
}

/** Says that an action was not done, and why. */
export function tellFailed(problem) {
  toast(t('action.failed', { reason: problem.status === 0 ? t('problem.offline') : problem.message }), { kind: 'bad' });
}

/** Goes, unless somebody is at it. */
function expire(id) {
  if (document.querySelector(`[data-toast="${id}"]:is(:hover, :focus-within)`)) {
    setTimeout(() => expire(id), STAYS);
  } else {
    dismiss(id);
  }
}

function dismiss(id) {
  shown.set(shown.get().filter((entry) => entry.id !== id));
}

export function Toasts() {
  const entries = useValue(shown);
  return html`<div class="toasts" role="status" aria-live="polite">
    ${entries.map(({ id, text, kind, action }) => html`<div key=${id} data-toast=${id} class=${`toast ${kind}`}>
      <${Icon} name=${kind === 'bad' ? 'warn' : 'check'} />
      <span>${text}</span>
      ${action && html`<button type="button" class="button quiet" onClick=${() => { dismiss(id); action.run(); }}>${action.label}</button>`}
      <button type="button" class="button quiet icon-only" onClick=${() => dismiss(id)} aria-label=${t('close')}><${Icon} name="close" /></button>
    </div>`)}
  </div>`;
}
