// One item: what was ordered, what is expected with its quantiles, and how good earlier forecasts were.
import { html, useEffect, useMemo, useValue } from '../core/dom.js';
import { item as itemPath } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { language, number, percent, significant, t } from '../core/i18n.js';
import { Link } from '../core/router.js';
import { Alerts, alertTitle, useNewest } from '../parts/alerts.js';
import { Icon } from '../parts/icon.js';
import { Loaded, Section, Share, Time } from '../parts/basics.js';
import { Chart } from '../parts/chart.js';

const LOADED_EVERY = 30_000;

/** History and fan on one axis of time. */
function fanChart({ history, fan }) {
  const times = [...history.map(({ time }) => Date.parse(time)), ...fan.map(({ time }) => Date.parse(time))];
  const past = (values) => [...values, ...fan.map(() => null)];
  const ahead = (values) => [...history.map(() => null), ...values];
  const levels = [...new Set(fan.flatMap(({ quantiles }) => Object.keys(quantiles)))].sort((a, b) => a - b);
  const series = [
    { label: t('demand.ordered'), values: past(history.map(({ quantity }) => quantity)), colour: 'ink', points: history.length < 120 },
    { label: t('demand.forecastThen'), values: past(history.map(({ expected }) => expected)), colour: 'normal', dash: [5, 4], width: 1.25 },
    { label: t('demand.mean'), values: ahead(fan.map(({ mean }) => mean)), colour: 'accent', width: 2 },
    ...levels.map((level) => ({ label: t('demand.quantile', { level: percent(Number(level)) }), values: ahead(fan.map(({ quantiles }) => quantiles[level] ?? null)), colour: 'accent', hidden: true })),
  ];
  const bands = [];
  const shares = [];
  for (let i = 0; i < Math.floor(levels.length / 2); i++) {
    const upper = levels[levels.length - 1 - i];
    bands.push({ from: 4 + levels.length - 1 - i, to: 4 + i, colour: 'accent', alpha: 0.14 });
    shares.push(percent(Math.round((upper - levels[i]) * 1000) / 1000));
  }
  if (shares.length) {
    bands[0].label = t(shares.length > 1 ? 'demand.intervals' : 'demand.interval', { share: shares[0], least: shares.at(-1) });
  }
  const closed = fan.filter((step) => step.closed);
  const length = fan.length > 1 ? Date.parse(fan[1].time) - Date.parse(fan[0].time) : 0;
  const spans = closed.map(({ time }) => ({ from: Date.parse(time) - length / 2, to: Date.parse(time) + length / 2, label: t('demand.closed') }));
  return { times, series, bands, spans };
}

function Fan({ detail }) {
  const tag = useValue(language);
  const chart = useMemo(() => fanChart(detail), [detail, tag]);
  return html`<${Chart} title=${t('demand.fan')} times=${chart.times} series=${chart.series} bands=${chart.bands} spans=${chart.spans} spanColour="low" height=${320} />`;
}

function Stock({ stock }) {
  const rows = [
    ['demand.stock', significant(stock.stock)], ['demand.onOrder', significant(stock.onOrder)], ['demand.leadTime', number(stock.leadTime)],
    ['demand.cover', stock.daysOfCover === null ? t('demand.beyond') : t('demand.days', { n: Math.round(stock.daysOfCover * 10) / 10 })],
    ['demand.reorderPoint', significant(stock.reorderPoint)], ['demand.risk', percent(stock.stockoutProbability)],
  ];
  return html`<${Section} title=${t('demand.stockTitle')}>
    ${stock.orderQuantity > 0 && html`<p class="note">${t('demand.orderNow', { n: Math.round(stock.orderQuantity) })}</p>`}
    <dl class="facts">${rows.map(([key, value]) => html`<div key=${key}><dt>${t(key)}</dt><dd>${value}</dd></div>`)}</dl>
  <//>`;
}

function Accuracy({ accuracy }) {
  return html`<${Section} title=${t('demand.accuracy')}>
    <dl class="facts"><div><dt>${t('demand.periods')}</dt><dd>${number(accuracy.periods)}</dd></div>
      <div><dt>${t('demand.error')}</dt><dd>${significant(accuracy.meanAbsoluteError)}</dd></div>
      <div><dt>${t('demand.bias')}</dt><dd>${number(accuracy.bias, { signDisplay: 'exceptZero', maximumSignificantDigits: 3 })}</dd></div></dl>
    <h3>${t('demand.coverage')}</h3>
    <ul class="shares">${Object.entries(accuracy.coverage).sort(([a], [b]) => a - b).map(([level, share]) => html`<${Share} key=${level} label=${t('demand.quantile', { level: percent(Number(level)) })} value=${share} />`)}</ul>
    <p class="hint">${t('demand.coverageHint')}</p>
  <//>`;
}

function Detail({ detail }) {
  const { item, accuracy, alerts, fan } = detail;
  const open = item.alerts.map(useNewest('demand'));
  const closed = alerts.filter(({ id }) => !open.some((alert) => alert.id === id));
  return html`
    <div class="board-head"><div><p class="crumb"><${Link} to="/demand"><${Icon} name="back" />${t('demand.back')}<//></p><h1 dir="auto">${item.key}</h1>
      <p class="board-sub muted">${t('demand.from')} <${Time} at=${item.origin} form="period" /></p></div></div>
    <div class="board-columns">
      <div class="board-main"><${Fan} detail=${detail} />
        ${fan.some(({ people }) => people !== null) && html`<p class="hint">${t('demand.people', { n: Math.max(...fan.map(({ people }) => people ?? 0)) })}</p>`}</div>
      <div class="board-side">
        ${open.length > 0 && html`<${Section} title=${t('machine.openAlerts', { n: open.length })}><${Alerts} alerts=${open} /><//>`}
        ${item.stock && html`<${Stock} stock=${item.stock} />`}
        ${accuracy ? html`<${Accuracy} accuracy=${accuracy} />` : html`<p class="hint">${t('demand.noAccuracy')}</p>`}
        ${closed.length > 0 && html`<${Section} title=${t('demand.earlier')}><ul class="rows">${closed.map((alert) => html`<li key=${alert.id}><span>${alertTitle(alert)}</span><${Time} at=${alert.time} /></li>`)}</ul><//>`}
      </div>
    </div>`;
}

export function Item({ name }) {
  const state = useLoad(itemPath(name), { every: LOADED_EVERY });
  useEffect(() => {
    document.title = `${name} · Vorrang`;
  });
  return html`<div class="board"><${Loaded} state=${state}>${(detail) => html`<${Detail} detail=${detail} />`}<//></div>`;
}
