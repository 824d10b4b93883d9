// Records that could not be decoded or scored: why, their bytes, and sending them again.
import { html, useEffect, useMemo, useRef, useState } from '../core/dom.js';
import { deadLetter, get, hasRole, post } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { bytes, exactTime, t } from '../core/i18n.js';
import { go } from '../core/router.js';
import { Button, Dialog, Failure, Loaded, Section, Time } from '../parts/basics.js';
import { toast } from '../parts/toasts.js';

const PAGE = 50;
const ROW = 16;
const LOADED_EVERY = 30_000;

function decode(base64) {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/** Bytes as people read them: position, hex, and what is a character. */
function hex(data) {
  const lines = [];
  for (let at = 0; at < data.length; at += ROW) {
    const row = [...data.slice(at, at + ROW)];
    const digits = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ').padEnd(ROW * 3 - 1);
    lines.push(`${at.toString(16).padStart(6, '0')}  ${digits}  ${row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')}`);
  }
  return lines.join('\n');
}

/** The text of bytes, with what cannot be shown replaced. */
function text(data) {
  return new TextDecoder('utf-8').decode(data).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
}

function Bytes({ letter }) {
  const data = useMemo(() => (letter.value === null ? null : decode(letter.value)), [letter]);
  const [form, setForm] = useState('text');
  if (data === null) {
    return html`<p class="muted">${t('letters.noValue')}</p>`;
  }
  return html`<div class="spans" role="group" aria-label=${t('letters.form')}>${['text', 'hex'].map((name) => html`<button key=${name} type="button" class=${form === name ? 'chip on' : 'chip'} aria-pressed=${String(form === name)} onClick=${() => setForm(name)}>${t(`letters.${name}`)}</button>`)}
    <span class="muted">${bytes(letter.size)}${data.length < letter.size ? ` · ${t('letters.cut', { n: data.length })}` : ''}</span></div>
    <pre class="bytes" tabindex="0">${form === 'hex' ? hex(data) : text(data)}</pre>`;
}

function Letter({ address, onClose, onReplayed }) {
  const state = useLoad(deadLetter(address));
  const [failure, setFailure] = useState(null);
  const [asked, setAsked] = useState(false);
  const replay = async () => {
    try {
      await post(`${deadLetter(address)}/replay`);
      toast(t('letters.replayed'), { kind: 'good' });
      onClose();
      onReplayed();
    } catch (problem) {
      setFailure(problem);
    }
  };
  return html`<${Dialog} title=${t('letters.one')} onClose=${onClose} class="letter">
    <${Loaded} state=${state}>${(letter) => html`
      <dl class="facts">
        <div><dt>${t('letters.source')}</dt><dd>${letter.source}</dd></div>
        <div><dt>${t('letters.stage')}</dt><dd>${t(`stage.${letter.stage}`)}</dd></div>
        <div><dt>${t('letters.cause')}</dt><dd>${letter.cause}</dd></div>
        <div><dt>${t('letters.message')}</dt><dd>${letter.message}</dd></div>
        <div><dt>${t('letters.failedAt')}</dt><dd>${exactTime(letter.failedAt)}</dd></div>
        ${letter.key !== null && html`<div><dt>${t('letters.key')}</dt><dd>${letter.key}</dd></div>`}
      </dl>
      <${Bytes} letter=${letter} />
      ${failure && html`<${Failure} error=${failure} />`}
      ${hasRole('admin') && letter.value !== null && html`<div class="dialog-actions">
        ${asked || !letter.replayed
    ? html`<span class="hint">${t('letters.replayHint')}</span><button type="button" class="button primary" onClick=${replay}>${t('letters.replay')}</button>`
    : html`<span class="hint">${t('letters.before')}</span><${Button} onClick=${() => setAsked(true)}>${t('letters.again')}<//>`}
      </div>`}`}<//>
  <//>`;
}

export function DeadLetters({ stream, streams, onReplayed }) {
  const first = useLoad(`/dead-letters?${new URLSearchParams({ ...(stream ? { stream } : {}), limit: String(PAGE) })}`, { every: LOADED_EVERY });
  const [rest, setRest] = useState({ items: [], next: undefined });
  const [open, setOpen] = useState(null);
  const [failure, setFailure] = useState(null);
  const shown = useRef(stream);
  shown.current = stream;
  useEffect(() => {
    setRest({ items: [], next: undefined });
    setFailure(null);
  }, [stream]);
  const more = async (next) => {
    try {
      const page = await get(`/dead-letters?${new URLSearchParams({ ...(stream ? { stream } : {}), limit: String(PAGE), after: next })}`);
      // Another stream may have been chosen meanwhile, or the button pressed twice.
      if (shown.current === stream) {
        setRest((before) => (before.next === undefined || before.next === next ? { items: [...before.items, ...page.items], next: page.next } : before));
        setFailure(null);
      }
    } catch (problem) {
      if (shown.current === stream) {
        setFailure(problem);
      }
    }
  };
  return html`<${Section} title=${t('letters.title')} class="card letters" actions=${html`<label class="choice"><span class="visually-hidden">${t('letters.stream')}</span>
      <select value=${stream ?? ''} onChange=${(event) => go(event.target.value ? `/operations?letters=${encodeURIComponent(event.target.value)}` : '/operations')}>
        <option value="" selected=${!stream}>${t('letters.all')}</option>${streams.map(({ stream: name }) => html`<option key=${name} value=${name} selected=${name === stream}>${t(`stream.${name}`)}</option>`)}</select></label>`}>
    <${Loaded} state=${first} empty=${first.data?.items.length === 0 && t('letters.none')}>${(page) => {
    const seen = new Set(page.items.map(({ topic, partition, offset }) => `${topic}/${partition}/${offset}`));
    const items = [...page.items, ...rest.items.filter(({ topic, partition, offset }) => !seen.has(`${topic}/${partition}/${offset}`))];
    const next = rest.next === undefined ? page.next : rest.next;
    return html`<div class="table-scroll" id="letters" tabindex="0" role="group" aria-label=${t('letters.title')}><table>
      <thead><tr><th scope="col">${t('letters.source')}</th><th scope="col">${t('letters.stage')}</th><th scope="col">${t('letters.message')}</th><th scope="col">${t('letters.failedAt')}</th><th scope="col"><span class="visually-hidden">${t('letters.open')}</span></th></tr></thead>
      <tbody>${items.map((letter) => html`<tr key=${`${letter.topic}/${letter.partition}/${letter.offset}`}><th scope="row">${letter.source}</th><td>${t(`stage.${letter.stage}`)}</td>
        <td class="message">${letter.message}</td><td><${Time} at=${letter.failedAt} /></td>
        <td class="num">${letter.replayed && html`<span class="tag good">${t('letters.sent')}</span> `}<${Button} class="small" onClick=${() => setOpen(letter)}>${t('letters.open')}<span class="visually-hidden"> ${letter.source}</span><//></td></tr>`)}</tbody></table></div>
      ${failure && html`<${Failure} error=${failure} />`}
      ${next && html`<${Button} onClick=${() => more(next)}>${t('list.more')}<//>`}`;
  }}<//>
    ${open && html`<${Letter} address=${open} onClose=${() => setOpen(null)} onReplayed=${() => { first.reload(); onReplayed(); }} />`}
  <//>`;
}
