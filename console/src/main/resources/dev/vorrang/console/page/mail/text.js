// The text of a mail: plain, escaped, with the words that moved the score marked. Nothing in it is ever run, loaded or followed.
import { html, classes, useMemo, useState } from '../core/dom.js';
import { bytes, fieldName, number, t, valueName } from '../core/i18n.js';
import { Copy, Section } from '../parts/basics.js';
import { Icon } from '../parts/icon.js';
import { effectsByWord, HEADS, labelOf, links, pieces } from './words.js';

/** Pieces of a very long text that are drawn at once. */
const SHOWN = 20_000;

function sign(effect) {
  return effect > 0 ? 'up' : 'down';
}

function describe({ head, label, effect }) {
  return `${fieldName(head)} ${valueName(head, label ?? '')} ${effect > 0 ? '+' : '−'}${number(Math.abs(effect), { maximumFractionDigits: 2 })}`;
}

function Marked({ text, effects }) {
  return pieces(text, effects).map((piece) => (typeof piece === 'string' ? piece
    : html`<mark class=${sign(piece.effects[0].effect)} title=${piece.effects.map(describe).join('\n')}>${piece.text}</mark>`));
}

/** Which heads are marked, and what the marks mean. */
function Legend({ score, heads, onToggle }) {
  const known = HEADS.filter((head) => (score[`${head}Words`] ?? []).length);
  if (!known.length) {
    return null;
  }
  return html`<div class="legend">
    <span class="legend-title">${t('words.legend')}</span>
    <span><mark class="up">${t('words.up')}</mark></span><span><mark class="down">${t('words.down')}</mark></span>
    <span class="legend-heads" role="group" aria-label=${t('words.heads')}>
    ${known.map((head) => html`<button key=${head} type="button" class=${classes('chip', heads.includes(head) && 'on')} aria-pressed=${String(heads.includes(head))} onClick=${() => onToggle(head)}>
      ${fieldName(head)}: ${valueName(head, labelOf(score, head) ?? '')}</button>`)}</span>
  </div>`;
}

/** The words once more as a table, for those who cannot see the marks. */
function WordTable({ effects }) {
  return effects.size > 0 && html`<details class="quiet-details"><summary>${t('words.table')}</summary><div class="table-scroll" tabindex="0" role="group" aria-label=${t('words.table')}>
    <table><thead><tr><th scope="col">${t('words.word')}</th><th scope="col">${t('words.head')}</th><th scope="col" class="num">${t('words.effect')}</th></tr></thead>
    <tbody>${[...effects].flatMap(([word, own]) => own.map(({ head, label, effect }) => html`<tr key=${word + head}><th scope="row">${word}</th>
      <td>${fieldName(head)}: ${valueName(head, label ?? '')}</td><td class="num">${effect > 0 ? '+' : '−'}${number(Math.abs(effect), { maximumFractionDigits: 2 })}</td></tr>`))}</tbody></table></div></details>`;
}

function Links({ text }) {
  const found = useMemo(() => links(text), [text]);
  return found.length > 0 && html`<${Section} title=${t('mail.links')} level=3 class="mail-links">
    <p class="hint">${t('mail.linksHint')}</p>
    <ul class="rows">${found.map(({ text: link, host }) => html`<li key=${link}><span class="link-text"><strong>${host}</strong><span class="muted">${link}</span></span><${Copy} text=${link} label=${t('mail.copyLink', { host })} /></li>`)}</ul>
  <//>`;
}

function Attachments({ list }) {
  return list.length > 0 && html`<${Section} title=${t('mail.attachments')} level=3><ul class="rows attachments">
    ${list.map(({ name, type, size, sha256 }, i) => html`<li key=${i}><${Icon} name="clip" /><span class="file"><span dir="auto">${name ?? t('mail.unnamed')}</span><span class="muted">${type}</span></span><span class="muted num" title=${sha256}>${bytes(size)}</span></li>`)}
  </ul><//>`;
}

export function MailText({ score, source, cut }) {
  const [heads, setHeads] = useState(HEADS);
  const [whole, setWhole] = useState(false);
  const effects = useMemo(() => effectsByWord(score, heads), [score, heads]);
  const toggle = (head) => setHeads(heads.includes(head) ? heads.filter((other) => other !== head) : [...heads, head]);
  if (!source) {
    return html`<p class="empty">${t('mail.gone')}</p>`;
  }
  const text = source.text ?? '';
  const shown = whole || text.length <= SHOWN ? text : text.slice(0, SHOWN);
  return html`
    <${Legend} score=${score} heads=${heads} onToggle=${toggle} />
    ${text.trim() ? html`<div class="mail-text" dir="auto"><${Marked} text=${shown} effects=${effects} /></div>` : html`<p class="empty">${t('mail.noText')}</p>`}
    ${shown.length < text.length && html`<button type="button" class="button" onClick=${() => setWhole(true)}>${t('mail.showAll', { n: text.length })}</button>`}
    ${(cut || source.textTruncated) && html`<p class="hint">${t('mail.cut')}</p>`}
    ${source.signature && html`<div class="mail-text signature" dir="auto">${source.signature.slice(0, SHOWN)}</div>`}
    ${source.quoted && html`<details class="quoted"><summary>${t('mail.quoted')}</summary><div class="mail-text" dir="auto">${source.quoted.slice(0, SHOWN)}</div>
      ${source.quoted.length > SHOWN && html`<p class="hint">${t('mail.cut')}</p>`}</details>`}
    <${WordTable} effects=${effects} />
    <${Attachments} list=${source.attachments ?? []} />
    <${Links} text=${shown} />`;
}
