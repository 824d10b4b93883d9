// One machine: what its sensors read, how far from normal, and how long it will last.
import { html, classes, useEffect, useMemo, useState, useValue } from '../core/dom.js';
import { hasRole, machine as machinePath, post, remove } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { language, number, significant, t } from '../core/i18n.js';
import { address, go, Link } from '../core/router.js';
import { Alerts } from '../parts/alerts.js';
import { Button, Dialog, Failure, Loaded, Section, Share, Time } from '../parts/basics.js';
import { Chart } from '../parts/chart.js';
import { Icon } from '../parts/icon.js';
import { tellFailed, toast } from '../parts/toasts.js';
import { StateTag } from './park.js';

const SPANS = { hour: 3600e3, day: 86_400e3, week: 7 * 86_400e3, month: 30 * 86_400e3 };
const POINTS = 600;
const LOADED_EVERY = 30_000;
const SHOWN_SENSORS = 8;

/** Readings up to now, or up to the last one if that is long ago. */
function useSeries(name, lastReading, span) {
  const end = lastReading && Date.now() - Date.parse(lastReading) > SPANS[span] ? Date.parse(lastReading) : null;
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setNow(Date.now()), LOADED_EVERY);
    return () => clearInterval(timer);
  }, []);
  const to = (end ?? now) + 1000;
  const query = new URLSearchParams({ from: new Date(to - SPANS[span]).toISOString(), to: new Date(to).toISOString(), points: String(POINTS) });
  return useLoad(lastReading ? machinePath(name, `/series?${query}`) : null);
}

/** Without the points before the first reading, so that the chart of a new machine is not an empty one. */
function sinceFirst(data) {
  const lines = [data.anomaly, ...Object.values(data.sensors).map(({ mean }) => mean)];
  const first = data.times.findIndex((time, i) => lines.some((values) => (values[i] ?? null) !== null));
  const cut = (values) => values.slice(Math.max(0, first));
  return {
    ...data, times: cut(data.times), anomaly: cut(data.anomaly),
    sensors: Object.fromEntries(Object.entries(data.sensors).map(([name, sensor]) => [name,
      Object.fromEntries(Object.entries(sensor).map(([line, values]) => [line, cut(values)]))])),
  };
}

/** The last series that was loaded, so that charts do not blink while the next one comes. */
function useLast(state, key) {
  const [last, setLast] = useState({ key, data: null });
  useEffect(() => {
    if (state.data) {
      setLast({ key, data: sinceFirst(state.data) });
    }
  }, [state.data, key]);
  return last.key === key ? last.data : null;
}

/** Shares of the blame by sensor, from the reasons of the open alerts: the first named come first. */
function blame(alerts) {
  const order = alerts.flatMap((alert) => alert.facets.sensor ?? []);
  return (sensor) => {
    const at = order.indexOf(sensor);
    return at < 0 ? order.length : at;
  };
}

function Sensor({ name, unit, sensor, times, spans, blamed }) {
  const tag = useValue(language);
  const series = useMemo(() => [
    { label: t('chart.mean'), values: sensor.mean, colour: 'accent' },
    { label: t('chart.normalHigh'), values: sensor.normalHigh, colour: 'good', hidden: true },
    { label: t('chart.normalLow'), values: sensor.normalLow, colour: 'good', hidden: true },
    { label: t('chart.highest'), values: sensor.highest, colour: 'accent', hidden: true },
    { label: t('chart.lowest'), values: sensor.lowest, colour: 'accent', hidden: true },
  ], [sensor, tag]);
  const bands = [{ from: 2, to: 3, colour: 'good', label: t('chart.normal') }, { from: 4, to: 5, colour: 'accent', alpha: 0.2, label: t('chart.spread') }];
  return html`<div class=${classes('sensor', blamed && 'blamed')}><${Chart} title=${name} note=${blamed && html` <span class="tag bad">${t('machine.blamed')}</span>`} times=${times} series=${series} bands=${bands} spans=${spans} unit=${unit ?? ''} /></div>`;
}

function Charts({ data, view }) {
  const tag = useValue(language);
  const [most, setMost] = useState(SHOWN_SENSORS);
  const end = data.times.at(-1) ?? Date.now();
  const spans = useMemo(() => data.alerts.map((alert) => ({ from: Date.parse(alert.time), to: alert.facets.state?.[0] === 'CLEARED' ? Date.parse(alert.scoredAt) : end, label: t('chart.alarm') })), [data, tag]);
  const anomaly = useMemo(() => [{ label: t('machine.anomaly'), values: data.anomaly, colour: 'urgent' }], [data, tag]);
  const rank = blame(view.alerts.length ? view.alerts : data.alerts);
  const names = Object.keys(data.sensors).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const blamed = new Set((view.alerts.length ? view.alerts : []).flatMap((alert) => alert.facets.sensor ?? []));
  if (!data.times.length) {
    return html`<p class="empty">${t('machine.noReadings')}</p>`;
  }
  return html`<div class="charts">
    ${data.anomaly.some((value) => value !== null) && html`<${Chart} title=${t('machine.anomalyScore')} times=${data.times} series=${anomaly} spans=${spans} range=${[0, 1.02]} height=${150} />`}
    ${names.slice(0, most).map((name) => html`<${Sensor} key=${name} name=${name} unit=${view.units[name]} sensor=${data.sensors[name]} times=${data.times} spans=${spans} blamed=${blamed.has(name)} />`)}
    ${names.length > most && html`<button type="button" class="button" onClick=${() => setMost(most + SHOWN_SENSORS)}>${t('machine.moreSensors', { n: names.length - most })}</button>`}
  </div>`;
}

/** Expected life as a bar from now, with the interval of its quantiles. */
function Life({ rul, quantiles }) {
  const levels = Object.entries(quantiles).map(([level, value]) => [Number(level), value]).sort(([a], [b]) => a - b);
  const [low, high] = [levels[0]?.[1] ?? rul, levels.at(-1)?.[1] ?? rul];
  const most = Math.max(high, rul, 1e-9) * 1.08;
  const at = (value) => `${(100 * value) / most}%`;
  return html`<${Section} title=${t('machine.lifeTitle')}>
    <p class="life-figure"><strong>${significant(rul)}</strong> ${levels.length > 1 && html`<span class="muted">${t('machine.lifeInterval', { share: Math.round(100 * (levels.at(-1)[0] - levels[0][0])), low: significant(low), high: significant(high) })}</span>`}</p>
    <div class="life" aria-hidden="true"><span class="life-range" style=${{ insetInlineStart: at(low), width: at(high - low) }}></span><span class="life-point" style=${{ insetInlineStart: at(rul) }}></span></div>
    <p class="hint">${t('machine.lifeHint')}</p>
  <//>`;
}

function Now({ view }) {
  const rows = Object.entries(view.sensors);
  return rows.length > 0 && html`<${Section} title=${t('machine.now')}><div class="table-scroll" tabindex="0" role="group" aria-label=${t('machine.now')}><table><tbody>
    ${rows.map(([name, value]) => html`<tr key=${name}><th scope="row">${name}</th><td class="num">${value === null ? '–' : significant(value)}</td><td class="muted">${view.units[name] ?? ''}</td></tr>`)}
  </tbody></table></div><//>`;
}

function Blame({ alerts }) {
  const sensors = [...new Set(alerts.flatMap((alert) => alert.facets.sensor ?? []))];
  return sensors.length > 0 && html`<${Section} title=${t('machine.toBlame')}><ol class="reasons">${sensors.map((name) => html`<li key=${name}>${name}</li>`)}</ol><//>`;
}

/** Asks for a reason, and for how long if that matters. */
function ReasonDialog({ ask, name, onClose, onDone }) {
  const [failure, setFailure] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    const until = data.get('until');
    try {
      await post(machinePath(name, `/${ask.what}`), ask.what === 'accept'
        ? { alert: ask.alert ?? null, reason: data.get('reason') }
        : { until: until ? new Date(until).toISOString() : null, reason: data.get('reason') });
      toast(t(`machine.told.${ask.what}`), { kind: 'good' });
      onClose();
      onDone();
    } catch (problem) {
      setFailure(problem);
    }
  };
  return html`<${Dialog} title=${t(`machine.ask.${ask.what}`, { machine: name })} onClose=${onClose}>
    <p class="hint">${t(`machine.hint.${ask.what}`)}</p>
    ${failure && html`<${Failure} error=${failure} />`}
    <form class="stacked" onSubmit=${submit}>
      <label>${t('machine.reason')}<textarea name="reason" rows="2" maxlength="10000" required autofocus></textarea></label>
      ${ask.what === 'maintenance' && html`<label>${t('machine.until')}<input type="datetime-local" name="until" /></label>`}
      <div class="dialog-actions"><${Button} onClick=${onClose}>${t('cancel')}<//><button type="submit" class="button primary">${t(`machine.do.${ask.what}`)}</button></div>
    </form>
  <//>`;
}

function Actions({ view, onAsk, onDone }) {
  const end = async () => {
    try {
      await remove(machinePath(view.machine, '/maintenance'));
      toast(t('machine.told.end'), { kind: 'good' });
      onDone();
    } catch (problem) {
      tellFailed(problem);
    }
  };
  return hasRole('agent') && html`<div class="board-actions">
    ${view.state === 'MAINTENANCE' ? html`<${Button} onClick=${end}>${t('machine.endMaintenance')}<//>` : html`<${Button} onClick=${() => onAsk({ what: 'maintenance' })}>${t('machine.maintenance')}<//>`}
    ${view.alerts.length > 0 && html`<${Button} onClick=${() => onAsk({ what: 'accept' })}>${t('machine.accept')}<//>`}
    <button type="button" class="button quiet icon-only print-button" onClick=${() => print()} aria-label=${t('print')}><${Icon} name="print" /></button>
  </div>`;
}

function View({ view, chosen, reload }) {
  const [fresh, setFresh] = useState(false);
  const span = chosen ?? (fresh ? 'hour' : 'day');
  const series = useSeries(view.machine, view.lastReading, span);
  const data = useLast(series, span);
  useEffect(() => {
    if (data?.times.length && span === 'day') {
      setFresh(data.times.at(-1) - data.times[0] < SPANS.hour / 2);
    }
  }, [data, span]);
  const [ask, setAsk] = useState(null);
  return html`
    <div class="board-head"><div><p class="crumb"><${Link} to="/machines"><${Icon} name="back" />${t('machine.back')}<//></p>
      <h1 dir="auto">${view.machine}</h1><p class="board-sub"><${StateTag} state=${view.state} /><span class="muted">${t('machine.lastReading')} <${Time} at=${view.lastReading} form="full" /></span>${view.fault && html`<span class="tag bad">${t('machine.fault')}: ${view.fault}</span>`}</p></div>
      <${Actions} view=${view} onAsk=${setAsk} onDone=${reload} /></div>
    <div class="board-columns">
      <div class="board-main">
        ${view.alerts.length > 0 && html`<${Section} title=${t('machine.openAlerts', { n: view.alerts.length })}><${Alerts} alerts=${view.alerts}
          actions=${(alert) => html`<${Button} class="small" onClick=${() => setAsk({ what: 'accept', alert: alert.id })}>${t('machine.acceptThis')}<//>`} /><//>`}
        <div class="spans" role="group" aria-label=${t('chart.span')}>${Object.keys(SPANS).map((name) => html`<button key=${name} type="button" class=${classes('chip', name === span && 'on')} aria-pressed=${String(name === span)} onClick=${() => go(address('/machines', { machine: view.machine, span: name }), { replace: true })}>${t(`span.${name}`)}</button>`)}</div>
        ${data ? html`<${Charts} data=${data} view=${view} />` : html`<${Loaded} state=${series}>${() => null}<//>`}
      </div>
      <div class="board-side">
        <${Blame} alerts=${view.alerts} />
        ${view.rul !== null && html`<${Life} rul=${view.rul} quantiles=${view.rulQuantiles} />`}
        ${view.anomaly !== null && html`<${Section} title=${t('machine.anomalyScore')}><ul class="shares"><${Share} label=${t('machine.last')} value=${view.anomaly} strong note=${number(view.anomaly, { minimumFractionDigits: 2, maximumFractionDigits: 3 })} /></ul><p class="hint">${t('machine.anomalyHint')}</p><//>`}
        <${Now} view=${view} />
      </div>
    </div>
    ${ask && html`<${ReasonDialog} ask=${ask} name=${view.machine} onClose=${() => setAsk(null)} onDone=${reload} />`}`;
}

export function Machine({ name, state, params }) {
  const view = state.data?.find((machine) => machine.machine === name);
  const chosen = params.get('span') in SPANS ? params.get('span') : null;
  useEffect(() => {
    document.title = `${name} · Vorrang`;
  });
  return html`<div class="board machine">
    <${Loaded} state=${state} empty=${state.data && !view && t('machine.unknown', { machine: name })}>${() => html`<${View} view=${view} chosen=${chosen} reload=${state.reload} />`}<//>
  </div>`;
}

