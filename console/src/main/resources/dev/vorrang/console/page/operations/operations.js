// Operations: how the streams do, what waits, and what could not be read.
import { html, useEffect } from '../core/dom.js';
import { useLoad } from '../core/load.js';
import { fieldName, number, percent, t, valueName } from '../core/i18n.js';
import { Link } from '../core/router.js';
import { Loaded, Section } from '../parts/basics.js';
import { Spark } from '../parts/chart.js';
import { DeadLetters } from './dead-letters.js';

const LOADED_EVERY = 10_000;

const LATENCIES = ['0.5', '0.95', '0.99'];

function latency(millis) {
  return millis < 1000
    ? number(millis, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 })
    : number(millis / 1000, { style: 'unit', unit: 'second', maximumFractionDigits: 1 });
}

function Figure({ label, children, bad }) {
  return html`<div class=${bad ? 'stat bad' : 'stat'}><dt>${label}</dt><dd>${children}</dd></div>`;
}

const SHOWN_FIGURES = 4;

function Figures({ figures }) {
  return html`<dl class="facts figures">${figures.map(([figure, value]) => html`<div key=${figure}><dt>${figure}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function ModelFigures({ name, figures }) {
  const all = Object.entries(figures);
  return all.length > 0 && html`<h4>${name}: ${t('ops.figures')}</h4><${Figures} figures=${all.slice(0, SHOWN_FIGURES)} />
    ${all.length > SHOWN_FIGURES && html`<details class="quiet-details"><summary>${t('ops.moreFigures', { n: all.length - SHOWN_FIGURES })}</summary><${Figures} figures=${all.slice(SHOWN_FIGURES)} /></details>`}`;
}

function Models({ models }) {
  return models.length > 0 && html`<h3>${t('ops.models')}</h3>
    <div class="table-scroll" tabindex="0" role="group" aria-label=${t('ops.models')}><table><thead><tr><th scope="col">${t('ops.model')}</th><th scope="col" class="num">${t('ops.scored')}</th></tr></thead>
    <tbody>${models.map(({ name, version, scored }) => html`<tr key=${name + version}><th scope="row">${name} <span class="muted">${version}</span></th><td class="num">${number(scored)}</td></tr>`)}</tbody></table></div>
    ${models.map(({ name, version, figures }) => html`<${ModelFigures} key=${name + version} name=${name} figures=${figures} />`)}`;
}

function Corrections({ corrections }) {
  const fields = Object.entries(corrections).filter(([, values]) => Object.keys(values).length);
  return fields.length > 0 && html`<h3>${t('ops.corrections')}</h3>
    <div class="corrections">${fields.map(([field, values]) => {
    const most = Math.max(...Object.values(values));
    return html`<div key=${field}><h4>${fieldName(field)}</h4><ul class="shares">${Object.entries(values).sort(([, a], [, b]) => b - a).slice(0, 10).map(([value, count]) => html`<li key=${value} class="share">
      <span class="share-label">${valueName(field, value)}</span><span class="share-bar" aria-hidden="true"><span style=${{ width: `${(100 * count) / most}%` }}></span></span><span class="share-value">${number(count)}</span></li>`)}</ul></div>`;
  })}</div>`;
}

function Stream({ stream }) {
  const { stream: name, perMinute, latencyMillis, models, abstained, deadLetters, corrections } = stream;
  const last = perMinute.slice(-5);
  const rate = last.length ? last.reduce((sum, count) => sum + count, 0) / last.length : 0;
  return html`<${Section} title=${t(`stream.${name}`)} class="card">
    <dl class="stats">
      <${Figure} label=${t('ops.rate')}>${number(rate, { maximumFractionDigits: rate < 10 ? 1 : 0 })}<//>
      ${LATENCIES.filter((level) => level in latencyMillis).map((level) => html`<${Figure} key=${level} label=${t('ops.latency', { level: percent(Number(level)) })}>${latency(latencyMillis[level])}<//>`)}
      ${abstained !== null && html`<${Figure} label=${t('ops.abstained')}>${percent(abstained)}<//>`}
      <${Figure} label=${t('ops.deadLetters')} bad=${deadLetters > 0}>${deadLetters > 0 ? html`<${Link} to=${`/operations?letters=${encodeURIComponent(name)}#letters`}>${number(deadLetters)}<//>` : number(0)}<//>
    </dl>
    <figure class="throughput"><${Spark} values=${perMinute} bars label=${t('ops.perMinuteLabel', { most: Math.max(0, ...perMinute) })} /><figcaption class="hint">${t('ops.perMinute', { most: Math.max(0, ...perMinute) })}</figcaption></figure>
    <${Models} models=${models} />
    <${Corrections} corrections=${corrections} />
  <//>`;
}

function Lags({ topics }) {
  return html`<${Section} title=${t('ops.lag')} class="card">
    ${topics.length ? html`<div class="table-scroll" tabindex="0" role="group" aria-label=${t('ops.lag')}><table><thead><tr><th scope="col">${t('ops.group')}</th><th scope="col">${t('ops.topic')}</th><th scope="col" class="num">${t('ops.waiting')}</th></tr></thead>
    <tbody>${topics.map(({ group, topic, records }) => html`<tr key=${group + topic}><th scope="row">${group}</th><td>${topic}</td><td class="num">${number(records)}</td></tr>`)}</tbody></table></div>` : html`<p class="muted">${t('ops.noLag')}</p>`}
  <//>`;
}

export function Operations({ params }) {
  const state = useLoad('/operations', { every: LOADED_EVERY });
  useEffect(() => {
    document.title = `${t('nav.operations')} · Vorrang`;
  });
  return html`<div class="board">
    <div class="board-head"><h1>${t('nav.operations')}</h1></div>
    <${Loaded} state=${state} empty=${state.data?.streams.length === 0 && t('ops.none')}>${({ streams, topics }) => html`
      <div class="cards">${streams.map((stream) => html`<${Stream} key=${stream.stream} stream=${stream} />`)}<${Lags} topics=${topics} /></div>
      <${DeadLetters} stream=${params.get('letters')} streams=${streams} onReplayed=${state.reload} />`}<//>
  </div>`;
}
