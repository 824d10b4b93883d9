// API tokens: made here, shown once, withdrawn here.
import { html, useRef, useState } from '../core/dom.js';
import { me, post, remove } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { t } from '../core/i18n.js';
import { Button, Copy, Dialog, Failure, Loaded, Time } from '../parts/basics.js';

const ROLES = ['VIEWER', 'AGENT', 'ADMIN'];
const DAYS = 90;

/** A day so many days from now, as a date field has it. */
function day(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

export function Tokens({ onClose }) {
  const list = useLoad('/tokens');
  const [made, setMade] = useState(null);
  const [failure, setFailure] = useState(null);
  const form = useRef(null);
  const attempt = (action) => async (event) => {
    event?.preventDefault();
    try {
      setFailure(null);
      await action();
      await list.reload();
    } catch (problem) {
      setFailure(problem);
    }
  };
  const make = attempt(async () => {
    const data = new FormData(form.current);
    setMade(await post('/tokens', {
      name: data.get('name'), role: data.get('role'), expires: new Date(`${data.get('expires')}T23:59:59`).toISOString(),
    }));
    form.current.reset();
  });
  return html`<${Dialog} title=${t('tokens.title')} onClose=${onClose} class="tokens">
    ${failure && html`<${Failure} error=${failure} />`}
    ${made && html`<div class="made" role="status"><p>${t('tokens.once')}</p><code>${made.secret}</code> <${Copy} text=${made.secret} label=${t('copy')} /></div>`}
    <${Loaded} state=${list} empty=${list.data?.length === 0 && t('tokens.none')}>
      ${(data) => html`<ul class="rows">${data.map((token) => html`<li key=${token.id}>
        <span><strong>${token.name}</strong> <span class="muted">${t(`role.${token.role.toLowerCase()}`)}</span></span>
        <span class="muted">${token.owner} · ${t('tokens.until')} <${Time} at=${token.expires} /></span>
        <${Button} class="small" onClick=${attempt(() => remove(`/tokens/${encodeURIComponent(token.id)}`))}>${t('tokens.remove')}<//>
      </li>`)}</ul>`}
    <//>
    <form ref=${form} class="inline-form" onSubmit=${make}>
      <label>${t('tokens.name')}<input name="name" required maxlength="80" autocomplete="off" /></label>
      <label>${t('tokens.role')}<select name="role">${ROLES.filter((role) => me.get().roles.includes(role)).map((role) => html`<option key=${role} value=${role}>${t(`role.${role.toLowerCase()}`)}</option>`)}</select></label>
      <label>${t('tokens.expires')}<input name="expires" type="date" required min=${day(1)} max=${day(364)} defaultValue=${day(DAYS)} value=${day(DAYS)} /></label>
      <button type="submit" class="button primary">${t('tokens.make')}</button>
    </form>
  <//>`;
}
