// Remarks on a mail. What is typed stays until it is sent: through another mail, a lost session, a reload.
import { html, useRef, useState } from '../core/dom.js';
import { me } from '../core/api.js';
import { t } from '../core/i18n.js';
import { Section, Time } from '../parts/basics.js';
import { comment, mayAct } from './actions.js';

const MAX_TEXT = 10_000;
const KEPT = 'vorrang.draft.';

/** What a person has typed about a record; keeps a text that is given. */
function draft(id, text) {
  const name = `${KEPT}${me.get().user}.${id}`;
  try {
    if (text === undefined) {
      return sessionStorage.getItem(name) ?? '';
    }
    if (text) {
      sessionStorage.setItem(name, text);
    } else {
      sessionStorage.removeItem(name);
    }
  } catch {
    // Storage is switched off.
  }
  return text ?? '';
}

export function Comments({ field, record, history }) {
  const [text, setText] = useState(() => draft(record.id));
  const [sending, setSending] = useState(false);
  const comments = history.filter((event) => event.comment);
  const typed = useRef(text);
  const type = (value) => {
    typed.current = value;
    setText(draft(record.id, value));
  };
  const send = async (event) => {
    event.preventDefault();
    if (!text.trim() || sending) {
      return;
    }
    // The outbox has it from here on, also while another mail is read: nobody sends it twice.
    setSending(true);
    type('');
    if (!await comment(record, text.trim()) && !typed.current) {
      type(text);
    }
    setSending(false);
  };
  const keys = (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      send(event);
    } else if (event.key === 'Escape') {
      field.current.blur();
    }
  };
  if (!mayAct() && !comments.length) {
    return null;
  }
  return html`<${Section} title=${t('comments.title')} class="comments" level=3>
    ${comments.length > 0 && html`<ul>${comments.map((event) => html`<li key=${event.id}><p class="comment-head"><strong>${event.who}</strong> <${Time} at=${event.at} /></p><p class="comment-text" dir="auto">${event.comment}</p></li>`)}</ul>`}
    ${mayAct() && html`<form onSubmit=${send}>
      <label class="visually-hidden" for="comment">${t('comments.label')}</label>
      <textarea id="comment" ref=${field} rows="2" maxlength=${MAX_TEXT} placeholder=${t('comments.placeholder')} value=${text} onInput=${(event) => type(event.target.value)} onKeyDown=${keys}></textarea>
      ${text.trim() && html`<button type="submit" class="button primary" disabled=${sending}>${t('comments.send')}<kbd aria-hidden="true">Ctrl ↵</kbd></button>`}
    </form>`}
  <//>`;
}
