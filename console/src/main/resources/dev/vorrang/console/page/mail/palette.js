// Corrections in two keys: the first names the field, the second the value.
import { html, useLayoutEffect, useRef, useState } from '../core/dom.js';
import { fieldName, t, valueName } from '../core/i18n.js';
import { Dialog } from '../parts/basics.js';
import { SEVERITIES } from '../parts/icon.js';
import { correct } from './actions.js';

export const FIELDS = [
  { field: 'topic', key: 't', shares: 'topics' },
  { field: 'sentiment', key: 's', shares: 'sentiments' },
  { field: 'urgency', key: 'g', shares: 'urgencies' },
  { field: 'priority', key: 'p' },
  { field: 'queue', key: 'q' },
];
const KEYS = '123456789abcdefghijklmnopqrstuvwxyz';
const URGENCIES = ['now', 'today', 'soon', 'none'];

/** What a field may be: the labels that the model knows, the levels, the queues that there are. */
function options(field, score, facets) {
  const known = FIELDS.find((entry) => entry.field === field);
  if (field === 'priority') {
    return SEVERITIES;
  }
  if (field === 'queue') {
    return [...new Set([...Object.keys(facets?.queue ?? {}), ...score.queues ?? []])].sort();
  }
  const labels = Object.keys(score[known.shares] ?? {});
  return field === 'urgency' ? labels.sort((a, b) => URGENCIES.indexOf(a) - URGENCIES.indexOf(b)) : labels.sort();
}

/** What a field says now. */
function current(field, summary, score) {
  return summary.desk.corrections[field]
    ?? (field === 'priority' ? summary.severity : field === 'queue' ? summary.facets.queue?.[0] ?? score.queues?.[0] : score[field]) ?? null;
}

export function Palette({ field: start, summary, score, facets, onClose }) {
  const [field, setField] = useState(start);
  const list = useRef(null);
  useLayoutEffect(() => list.current?.querySelector('[data-current], button')?.focus(), [field]);
  const before = field && current(field, summary, score);
  const entries = field
    ? options(field, score, facets).map((value, i) => ({ value, key: KEYS[i] ?? '', name: valueName(field, value), now: value === before }))
    : FIELDS.filter((entry) => options(entry.field, score, facets).length)
      .map((entry) => ({ value: entry.field, key: entry.key, name: fieldName(entry.field), note: valueName(entry.field, current(entry.field, summary, score) ?? '') }));
  const pick = ({ value, now }) => {
    if (!field) {
      setField(value);
      return;
    }
    onClose();
    if (!now) {
      correct(summary, field, value, before);
    }
  };
  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const entry = entries.find(({ key }) => key === event.key);
    const buttons = [...list.current.querySelectorAll('button')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (entry) {
      event.preventDefault();
      pick(entry);
    } else if (step) {
      event.preventDefault();
      buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length]?.focus();
    }
  };
  return html`<${Dialog} title=${field ? t('palette.title', { field: fieldName(field) }) : t('palette.fields')} onClose=${onClose} class="palette" keys=${keys}>
    <p class="hint">${t('palette.hint')}</p>
    <ul ref=${list} class="options">${entries.map((entry) => html`<li key=${entry.value}>
      <button type="button" onClick=${() => pick(entry)} aria-current=${entry.now ? 'true' : null} data-current=${entry.now ? '' : null}>
        <kbd>${entry.key}</kbd><span>${entry.name}</span>${entry.now && html`<span class="muted">${t('palette.now')}</span>`}${entry.note && html`<span class="muted">${entry.note}</span>`}</button>
    </li>`)}</ul>
    ${!entries.length && html`<p class="empty">${t('palette.none')}</p>`}
  <//>`;
}
