// Alerts of machines and items, with what people do about them.
import { html, classes } from '../core/dom.js';
import { hasRole, me } from '../core/api.js';
import { t } from '../core/i18n.js';
import { tell } from '../core/live.js';
import { send } from '../core/outbox.js';
import { Link } from '../core/router.js';
import { Button, Severity, Time } from './basics.js';
import { toast } from './toasts.js';

export async function onAlert(alert, type) {
  try {
    const answer = await send(alert.stream, alert.id, { type });
    tell('desk', { stream: alert.stream, id: alert.id, ...answer });
    toast(t(answer.counted ? `alert.${type}` : 'alert.before', { who: answer.desk.acknowledgedBy ?? answer.desk.doneBy ?? '' }), { kind: answer.counted ? 'good' : 'bad' });
    return answer;
  } catch (problem) {
    toast(t('action.failed', { reason: problem.message }), { kind: 'bad' });
    return null;
  }
}

function Seen({ desk }) {
  return desk.acknowledgedBy
    ? html`<span class="tag good">${desk.acknowledgedBy === me.get().user ? t('alert.seenByMe') : t('alert.seenBy', { who: desk.acknowledgedBy })}</span>`
    : html`<span class="tag bad">${t('alert.unseen')}</span>`;
}

/** @param to address of what an alert is about; without it the alert is shown where it belongs */
export function Alerts({ alerts, to, onDone, actions }) {
  return html`<ul class="alerts">${alerts.map((alert) => html`<li key=${alert.id} class=${classes('alert-card', alert.severity.toLowerCase())}>
    <div class="alert-head"><${Severity} value=${alert.severity} />
      <strong class="alert-title" dir="auto">${to ? html`<${Link} to=${to(alert)}>${alert.title}<//>` : alert.title}</strong>
      <${Time} at=${alert.time} form="ago" /></div>
    ${alert.reasons.map((reason, i) => html`<p key=${i} class="alert-reason">${reason}</p>`)}
    <div class="alert-foot"><${Seen} desk=${alert.desk} />
      ${hasRole('agent') && html`<span class="alert-actions">
        ${!alert.desk.acknowledgedBy && html`<${Button} class="small" icon="check" onClick=${() => onAlert(alert, 'ACKNOWLEDGED').then(onDone)}>${t('alert.acknowledge')}<//>`}
        ${actions?.(alert)}
      </span>`}
    </div>
  </li>`)}</ul>`;
}
