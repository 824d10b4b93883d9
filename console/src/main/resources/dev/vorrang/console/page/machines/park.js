// The park: how many machines are in which state, open alerts, and each machine in short.
import { html, classes, useEffect, useState } from '../core/dom.js';
import { useLoad } from '../core/load.js';
import { onChange } from '../core/live.js';
import { number, percent, significant, t, valueName } from '../core/i18n.js';
import { useKeys } from '../core/keys.js';
import { address, go, Link } from '../core/router.js';
import { Alerts } from '../parts/alerts.js';
import { Icon } from '../parts/icon.js';
import { Loaded, Section, Time } from '../parts/basics.js';

const STATES = ['ALERT', 'SILENT', 'MAINTENANCE', 'NORMAL'];
const LOADED_EVERY = 15_000;
const LOADED_AFTER = 400;
const SHOWN = 120;

/** Machines, loaded again soon after an alert. What people do about alerts is told without that. */
export function useMachines() {
  const state = useLoad('/machines', { every: LOADED_EVERY });
  const { reload } = state;
  useEffect(() => {
    let timer = 0;
    const soon = (value) => {
      if (value.stream === 'machine' && !timer) {
        timer = setTimeout(() => {
          timer = 0;
          reload();
        }, LOADED_AFTER);
      }
    };
    const stop = onChange('scored', soon);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [reload]);
  return state;
}

function machineAddress(name) {
  return address('/machines', { machine: name });
}

export function StateTag({ state }) {
  return html`<span class=${`state ${state.toLowerCase()}`}><span class="state-mark" aria-hidden="true"></span>${valueName('state', state)}</span>`;
}

function Tile({ machine }) {
  const { machine: name, state, lastReading, anomaly, fault, rul, alerts } = machine;
  return html`<li><${Link} class=${classes('tile', state.toLowerCase())} to=${machineAddress(name)}>
    <span class="tile-head"><strong dir="auto">${name}</strong><${StateTag} state=${state} /></span>
    <span class="tile-figures">
      ${anomaly !== null && html`<span><span class="muted">${t('machine.anomaly')}</span> ${number(anomaly, { minimumFractionDigits: 2, maximumFractionDigits: 3 })}</span>`}
      ${rul !== null && html`<span><span class="muted">${t('machine.life')}</span> ${significant(rul)}</span>`}
      ${fault && html`<span><span class="muted">${t('machine.fault')}</span> ${fault}</span>`}
    </span>
    <span class="tile-foot muted">${alerts.length > 0 && html`<span class="tile-alerts"><${Icon} name="warn" />${t('machine.alerts', { n: alerts.length })}</span>`}<${Time} at=${lastReading} form="ago" /></span>
  <//></li>`;
}

function Overview({ machines, chosen }) {
  const counts = Object.fromEntries(STATES.map((state) => [state, machines.filter((machine) => machine.state === state).length]));
  return html`<ul class="figures">${STATES.map((state) => html`<li key=${state}>
    <${Link} class=${classes('figure', state.toLowerCase())} to=${address('/machines', { state: chosen === state ? null : state })} aria-current=${chosen === state ? 'true' : null}>
      <${StateTag} state=${state} /><strong>${number(counts[state])}</strong><span class="muted">${percent(machines.length ? counts[state] / machines.length : 0)}</span><//>
  </li>`)}</ul>`;
}

export function Park({ state, params }) {
  const [text, setText] = useState('');
  const [most, setMost] = useState(SHOWN);
  const chosen = params.get('state');
  useEffect(() => {
    document.title = `${t('nav.machines')} · Vorrang`;
  });
  useKeys(t('nav.machines'), [
    { key: '/', label: t('keys.search'), run: () => document.getElementById('machine-search')?.focus() },
    { key: 'Escape', label: t('filter.clear'), hidden: true, run: () => chosen && go('/machines') },
  ]);
  return html`<div class="board">
    <div class="board-head"><h1>${t('nav.machines')}</h1>
      <label class="search"><${Icon} name="search" /><span class="visually-hidden">${t('search.machines')}</span>
        <input id="machine-search" type="search" value=${text} placeholder=${t('search.machines')} onInput=${(event) => setText(event.target.value)} /></label></div>
    <${Loaded} state=${state} empty=${state.data?.length === 0 && t('machine.none')}>${(machines) => {
    const shown = machines.filter((machine) => (!chosen || machine.state === chosen) && machine.machine.toLowerCase().includes(text.trim().toLowerCase()));
    const alerts = shown.flatMap((machine) => machine.alerts);
    return html`
      <${Overview} machines=${machines} chosen=${chosen} />
      ${alerts.length > 0 && html`<${Section} title=${t('machine.openAlerts', { n: alerts.length })}>
        <${Alerts} alerts=${alerts.slice(0, SHOWN)} to=${(alert) => machineAddress(alert.key)}/><//>`}
      <${Section} title=${t('machine.all', { n: shown.length })}>
        ${shown.length ? html`<ul class="tiles">${shown.slice(0, most).map((machine) => html`<${Tile} key=${machine.machine} machine=${machine} />`)}</ul>` : html`<p class="empty">${t('machine.noneFound')}</p>`}
        ${shown.length > most && html`<button type="button" class="button" onClick=${() => setMost(most + SHOWN)}>${t('list.more')}</button>`}
      <//>`;
  }}<//>
  </div>`;
}
