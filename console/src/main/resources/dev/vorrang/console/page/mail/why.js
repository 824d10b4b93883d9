// Why a mail is where it is, and what belongs to it.
import { html, classes } from '../core/dom.js';
import { bytes, exactTime, fieldName, number, percent, t, valueName } from '../core/i18n.js';
import { Link } from '../core/router.js';
import { Section, Severity, Share, Time } from '../parts/basics.js';
import { reasonText } from '../parts/reasons.js';
import { deskAddress } from './query.js';

const SHOWN_SHARES = 4;
const MIN_SHARE = 0.01;

export function Why({ summary, score }) {
  const details = score.reasonDetails ?? [];
  const reasons = details.length ? details.map(reasonText) : summary.reasons;
  return html`<${Section} title=${t('mail.why')} actions=${html`<span class="score">${t('mail.score')} <strong>${number(score.priorityScore ?? summary.rank, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}</strong></span>`}>
    ${score.abstained && html`<p class="note">${t('mail.abstained')}</p>`}
    ${reasons.length ? html`<ol class="reasons">${reasons.map((reason, i) => html`<li key=${i}>${reason}</li>`)}</ol>` : html`<p class="muted">${t('mail.noReasons')}</p>`}
    <p class="muted">${t('mail.queues')}: ${(summary.facets.queue ?? score.queues ?? []).map((queue) => valueName('queue', queue)).join(', ')}</p>
  <//>`;
}

const HEADS = [
  { field: 'urgency', shares: 'urgencies' }, { field: 'stake', shares: 'stakes' }, { field: 'topic', shares: 'topics' },
  { field: 'sentiment', shares: 'sentiments' }, { field: 'priority', shares: 'priorities' },
];

export function Probabilities({ score, desk }) {
  const known = HEADS.filter(({ shares }) => Object.keys(score[shares] ?? {}).length);
  return known.length > 0 && html`<${Section} title=${t('mail.probabilities')}>
    <div class="probabilities">${known.map(({ field, shares }) => html`<div key=${field}>
      <h3>${fieldName(field)}${desk.corrections[field] && html`<span class="tag corrected">${t('mail.correctedTo', { value: valueName(field, desk.corrections[field]) })}</span>`}</h3>
      <ul class="shares">${Object.entries(score[shares]).sort(([, a], [, b]) => b - a).slice(0, SHOWN_SHARES).filter(([, value], i) => i === 0 || value >= MIN_SHARE)
        .map(([label, value], i) => html`<${Share} key=${label} label=${valueName(field, label)} value=${value} strong=${i === 0} />`)}</ul>
    </div>`)}</div>
  <//>`;
}

export function Related({ title, records, current, query }) {
  const others = records.filter(({ id }) => id !== current);
  return others.length > 0 && html`<${Section} title=${`${title} (${number(others.length)})`}>
    <ul class="related">${records.map((record) => html`<li key=${record.id} class=${classes(record.id === current && 'current', record.desk.status.toLowerCase())}>
      <${Link} to=${deskAddress(query, record.id)} aria-current=${record.id === current ? 'true' : null}><${Severity} value=${record.severity} compact /><span class="subject" dir="auto">${record.title || t('mail.noSubject')}</span><${Time} at=${record.time} /><//>
    </li>`)}</ul>
  <//>`;
}

function eventText(event) {
  const changes = Object.entries(event.corrections).map(([field, value]) => `${fieldName(field)} → ${valueName(field, value)}`);
  return [t(`event.${event.type}`), ...changes].join(' · ');
}

export function History({ events }) {
  return events.length > 0 && html`<${Section} title=${t('mail.history')}>
    <ol class="history">${events.map((event) => html`<li key=${event.id} class=${event.counted ? '' : 'lost'}>
      <span><strong>${event.who}</strong> ${eventText(event)}${!event.counted && html` <em>${t('event.lost')}</em>`}</span><${Time} at=${event.at} />
    </li>`)}</ol>
  <//>`;
}

export function Facts({ score, source }) {
  const rows = [
    ['facts.language', score.language && valueName('language', score.language)],
    ['facts.automatic', score.automatic && score.automatic !== 'NONE' && valueName('automatic', score.automatic)],
    ['facts.size', source?.size && bytes(source.size)],
    ['facts.model', score.model && `${score.model.name} ${score.model.version}`],
    ['facts.scoredAt', score.scoredAt && exactTime(score.scoredAt)],
    ['facts.confidence', score.topicConfidence > 0 && percent(score.topicConfidence)],
    ['facts.messageId', source?.messageId],
    ['facts.source', score.source],
    ['facts.id', score.id],
  ].filter(([, value]) => value);
  return html`<details class="quiet-details"><summary>${t('facts.title')}</summary>
    <dl class="facts">${rows.map(([key, value]) => html`<div key=${key}><dt>${t(key)}</dt><dd>${value}</dd></div>`)}</dl></details>`;
}
