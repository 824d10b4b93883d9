// Alerts of machines and items, with what people do about them.
import { html, classes, useEffect, useState } from '../core/dom.js';
import { hasRole, me } from '../core/api.js';
import { t, valueName } from '../core/i18n.js';
import { onChange, tell } from '../core/live.js';
import { send } from '../core/outbox.js';
import { Link } from '../core/router.js';
import { Button, Severity, Time } from './basics.js';
import { reasonText } from './reasons.js';
import { tellFailed, toast } from './toasts.js';

/** What an alert is about, in the language of the page. */
export function alertTitle({ title, key, facets }) {
  const kind = facets.kind?.[0];
  const name = kind && valueName('kind', kind);
  return name && name !== kind.replaceAll('_', ' ')
    ? t(facets.state?.[0] === 'CLEARED' ? 'alert.titleCleared' : 'alert.title', { key, kind: name }) : title;
}

async function act(alert, type) {
  try {
    const answer = await send(alert.stream, alert.id, { type });
    tell('desk', { stream: alert.stream, id: alert.id, ...answer });
    toast(t(answer.counted ? `alert.${type}` : 'alert.before', { who: answer.desk.acknowledgedBy ?? answer.desk.doneBy ?? '' }), { kind: answer.counted ? 'good' : 'bad' });
  } catch (problem) {
    tellFailed(problem);
  }
}

function Seen({ desk }) {
  return desk.acknowledgedBy
    ? html`<span class="tag good">${desk.acknowledgedBy === me.get().user ? t('alert.seenByMe') : t('alert.seenBy', { who: desk.acknowledgedBy })}</span>`
    : html`<span class="tag bad">${t('alert.unseen')}</span>`;
}

/** A function of alerts of a stream to what they are after what people did about them since they were loaded. */
export function useNewest(stream) {
  const [desks, setDesks] = useState(new Map());
  useEffect(() => onChange('desk', (told) => told.stream === stream && setDesks((before) => new Map(before).set(told.id, told.desk))), [stream]);
  return (alert) => {
    const told = desks.get(alert.id);
    return told && told.events >= alert.desk.events ? { ...alert, desk: told } : alert;
  };
}

/** @param to address of what an alert is about; without it the alert is shown where it belongs */
export function Alerts({ alerts, to, actions }) {
  const acknowledge = async (alert, card) => {
    await act(alert, 'ACKNOWLEDGED');
    if (document.activeElement === document.body) {
      // The button is gone, and with it the focus.
      card.focus();
    }
  };
  return html`<ul class="alerts">${alerts.map((alert) => html`<li key=${alert.id} tabindex="-1" class=${classes('alert-card', alert.severity.toLowerCase())}>
    <div class="alert-head"><${Severity} value=${alert.severity} />
      <strong class="alert-title" dir="auto">${to ? html`<${Link} to=${to(alert)}>${alertTitle(alert)}<//>` : alertTitle(alert)}</strong>
      <${Time} at=${alert.time} form="ago" /></div>
    ${(alert.details?.length ? alert.details.map(reasonText) : alert.reasons).map((reason, i) => html`<p key=${i} class="alert-reason">${reason}</p>`)}
    <div class="alert-foot"><${Seen} desk=${alert.desk} />
      ${hasRole('agent') && html`<span class="alert-actions">
        ${!alert.desk.acknowledgedBy && html`<${Button} class="small" icon="check" onClick=${(event) => acknowledge(alert, event.target.closest('li'))}>${t('alert.acknowledge')}<//>`}
        ${actions?.(alert)}
      </span>`}
    </div>
  </li>`)}</ul>`;
}
