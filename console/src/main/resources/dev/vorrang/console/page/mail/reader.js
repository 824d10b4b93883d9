// One mail: what it says, why it is where it is, and what can be done about it.
import { html, classes, useEffect, useRef, useState, useValue } from '../core/dom.js';
import { me, record as recordPath } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { onChange } from '../core/live.js';
import { t } from '../core/i18n.js';
import { useKeys } from '../core/keys.js';
import { isAbout, waiting } from '../core/outbox.js';
import { Link } from '../core/router.js';
import { Icon } from '../parts/icon.js';
import { Button, Failure, Loaded, Severity, Time } from '../parts/basics.js';
import { claim, done, mayAct, release, reopen } from './actions.js';
import { Comments } from './comments.js';
import { FIELDS, Palette } from './palette.js';
import { deskAddress } from './query.js';
import { MailText } from './text.js';
import { Facts, History, Probabilities, Related, Why } from './why.js';

const RELOADED_AFTER = 300;

/** The detail, loaded again soon after something happened to it. */
function useDetail(id) {
  const state = useLoad(recordPath('mail', id));
  const [desk, setDesk] = useState(null);
  const { reload } = state;
  useEffect(() => {
    let timer = 0;
    const soon = (value) => {
      if (value.id === id && value.stream === 'mail') {
        if (value.desk) {
          setDesk((before) => (before && before.events > value.desk.events ? before : value.desk));
        }
        clearTimeout(timer);
        timer = setTimeout(reload, RELOADED_AFTER);
      }
    };
    const stops = [onChange('scored', soon), onChange('desk', soon)];
    return () => {
      stops.forEach((stop) => stop());
      clearTimeout(timer);
    };
  }, [id, reload]);
  const { data } = state;
  const newest = data && desk && desk.events >= data.summary.desk.events ? { ...data, summary: { ...data.summary, desk } } : data;
  return { ...state, data: newest };
}

function Status({ desk }) {
  const own = desk.holder === me.get().user;
  const [icon, text, kind] = desk.status === 'DONE' ? ['check', desk.doneBy ? t('desk.doneBy', { who: desk.doneBy }) : t('desk.done'), 'done']
    : desk.holder ? ['hand', own ? t('desk.heldByMe') : t('desk.heldBy', { who: desk.holder }), own ? 'mine' : 'held']
      : ['mail', t('desk.open'), 'open'];
  return html`<p class=${classes('desk-status', kind)} role="status"><${Icon} name=${icon} />${text}</p>`;
}

function Actions({ record, onCorrect, onComment }) {
  const unsent = useValue(waiting).some((entry) => isAbout(entry, 'mail', record.id));
  const { desk } = record;
  const own = desk.holder === me.get().user;
  if (!mayAct()) {
    return null;
  }
  return html`<div class="mail-actions" role="group" aria-label=${t('mail.actions')}>
    ${own
      ? html`<${Button} icon="hand" shortcut="c" busy=${unsent} onClick=${() => release(record)}>${t('mail.release')}<//>`
      : html`<${Button} icon="hand" shortcut="c" kind=${desk.status === 'OPEN' && 'primary'} busy=${unsent} disabled=${desk.status !== 'OPEN'} onClick=${() => claim(record)}>${t('mail.claim')}<//>`}
    ${desk.status === 'DONE'
      ? html`<${Button} icon="undo" shortcut="d" busy=${unsent} onClick=${() => reopen(record)}>${t('mail.reopen')}<//>`
      : html`<${Button} icon="check" shortcut="d" kind=${own && 'primary'} busy=${unsent} onClick=${() => done(record)}>${t('mail.done')}<//>`}
    <${Button} icon="pencil" shortcut="t" onClick=${() => onCorrect(null)}>${t('mail.correct')}<//>
    <${Button} icon="comment" shortcut="m" onClick=${onComment}>${t('mail.comment')}<//>
    ${unsent && html`<span class="muted" role="status">${t('mail.sending')}</span>`}
  </div>`;
}

function People({ source, score }) {
  const names = (list) => (list ?? []).map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
  const rows = source
    ? [['mail.from', names(source.from)], ['mail.to', names(source.to)], ['mail.cc', names(source.cc)], ['mail.replyTo', names(source.replyTo)]]
    : [['mail.from', score.sender ?? '']];
  return html`<dl class="people">${rows.filter(([, value]) => value).map(([key, value]) => html`<div key=${key}><dt>${t(key)}</dt><dd dir="auto">${value}</dd></div>`)}</dl>`;
}

/** What the program found odd about the mail, before anybody trusts it. */
function Warnings({ source }) {
  const flags = source?.flags ?? [];
  const notes = source?.parseNotes ?? [];
  if (!flags.length && !notes.length) {
    return null;
  }
  return html`<div class="warnings"><${Icon} name="warn" /><ul>
    ${flags.map((flag) => html`<li key=${flag}>${t(`flag.${flag}`)}</li>`)}
    ${notes.map((note) => html`<li key=${note}>${note}</li>`)}
  </ul></div>`;
}

function Mail({ detail, facets, query, heading }) {
  const { summary, score, source } = detail;
  const [palette, setPalette] = useState(undefined);
  const comments = useRef(null);
  const comment = () => comments.current?.focus();
  useKeys(t('keys.reader'), [
    ...FIELDS.map(({ field, key }) => ({ key, label: t(`keys.correct.${field}`), run: () => mayAct() && setPalette(field) })),
    { key: 'm', label: t('keys.comment'), run: comment },
  ]);
  return html`<article class="mail">
    <header class="mail-head">
      <p class="back-line"><${Link} class="button small back" to=${deskAddress(query)}><${Icon} name="back" />${t('mail.back')}<//></p>
      <div class="mail-title"><${Severity} value=${summary.severity} /><h2 ref=${heading} tabindex="-1" dir="auto">${summary.title || t('mail.noSubject')}</h2></div>
      <div class="mail-meta"><${People} source=${source} score=${score} /><p class="muted"><${Time} at=${summary.time} form="full" /></p></div>
      <div class="mail-bar"><${Status} desk=${summary.desk} />
        <${Actions} record=${summary} onCorrect=${setPalette} onComment=${comment} />
        <button type="button" class="button quiet icon-only print-button" onClick=${() => print()} aria-label=${t('print')}><${Icon} name="print" /></button>
      </div>
    </header>
    <div class="mail-columns">
      <div class="mail-main">
        <${Warnings} source=${source} />
        <${MailText} score=${score} source=${source} cut=${detail.cut} />
        <${Comments} field=${comments} record=${summary} history=${detail.history} />
      </div>
      <div class="mail-side">
        <${Why} summary=${summary} score=${score} />
        <${Probabilities} score=${score} desk=${summary.desk} />
        <${Related} title=${t('mail.thread')} records=${detail.thread} current=${summary.id} query=${query} />
        <${Related} title=${t('mail.similar')} records=${detail.similar} current=${summary.id} query=${query} />
        <${History} events=${detail.history} />
        <${Facts} score=${score} source=${source} />
      </div>
    </div>
    ${palette !== undefined && html`<${Palette} field=${palette} summary=${summary} score=${score} facets=${facets} onClose=${() => setPalette(undefined)} />`}
  </article>`;
}

export function Reader({ id, query, facets, opened }) {
  const state = useDetail(id);
  opened.current = state.data?.summary ?? null;
  const heading = useRef(null);
  useEffect(() => {
    // On a narrow screen the list is gone, and with it the focus.
    if (state.data && (document.activeElement === document.body || document.activeElement === null)) {
      heading.current?.focus({ preventScroll: true });
    }
  }, [Boolean(state.data)]);
  return html`<div class="reader">
    ${state.error?.status === 404 ? html`<${Failure} error=${state.error} />`
      : html`<${Loaded} state=${state}>${(detail) => html`<${Mail} detail=${detail} facets=${facets} query=${query} heading=${heading} />`}<//>`}
  </div>`;
}
