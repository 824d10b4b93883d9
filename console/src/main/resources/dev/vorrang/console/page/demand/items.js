// The items, with what is open about them and what was ordered last.
import { html, classes, useEffect, useState } from '../core/dom.js';
import { useLoad } from '../core/load.js';
import { number, percent, significant, t } from '../core/i18n.js';
import { useKeys } from '../core/keys.js';
import { address, go, Link } from '../core/router.js';
import { Alerts, useNewest } from '../parts/alerts.js';
import { Icon } from '../parts/icon.js';
import { Loaded, Section } from '../parts/basics.js';
import { Spark } from '../parts/chart.js';

const LOADED_EVERY = 30_000;
const SHOWN = 100;
const MOST = 500;

function itemAddress(key) {
  return address('/demand', { item: key });
}

function sum(values) {
  return values.reduce((total, value) => total + (value ?? 0), 0);
}

function Row({ item }) {
  const { key, period, observed, expected, stock, alerts } = item;
  return html`<tr class=${classes(alerts.length && 'alerted')}>
    <th scope="row"><${Link} to=${itemAddress(key)}><span dir="auto">${key}</span><//>${alerts.length > 0 && html` <span class="tag bad"><${Icon} name="warn" />${number(alerts.length)}</span>`}</th>
    <td><${Spark} values=${observed} bars label=${t('demand.sparkLabel', { n: observed.length })} /></td>
    <td class="num">${significant(sum(expected))} <span class="muted">${t(`period.${period}`, { n: expected.length })}</span></td>
    <td class="num">${stock ? significant(stock.stock) : '–'}</td>
    <td class="num">${stock?.daysOfCover != null ? t('demand.days', { n: Math.round(stock.daysOfCover * 10) / 10 }) : '–'}</td>
    <td class="num">${stock ? percent(stock.stockoutProbability) : '–'}</td>
    <td class="num">${stock && stock.orderQuantity > 0 ? html`<strong>${significant(stock.orderQuantity)}</strong>` : '–'}</td>
  </tr>`;
}

export function Items({ params }) {
  const text = params.get('text') ?? '';
  const [typed, setTyped] = useState(text);
  const [limit, setLimit] = useState(SHOWN);
  const newest = useNewest('demand');
  const state = useLoad(`/demand/items?${new URLSearchParams({ text, limit: String(limit) })}`, { every: LOADED_EVERY });
  useEffect(() => {
    document.title = `${t('nav.demand')} · Vorrang`;
  });
  useKeys(t('nav.demand'), [{ key: '/', label: t('keys.search'), run: () => document.getElementById('item-search')?.focus() }]);
  const submit = (event) => {
    event.preventDefault();
    go(address('/demand', { text: typed.trim() }));
  };
  return html`<div class="board">
    <div class="board-head"><h1>${t('nav.demand')}</h1>
      <form class="search" role="search" onSubmit=${submit}><${Icon} name="search" /><label class="visually-hidden" for="item-search">${t('search.items')}</label>
        <input id="item-search" type="search" value=${typed} placeholder=${t('search.items')} onInput=${(event) => setTyped(event.target.value)} onSearch=${submit} /></form></div>
    <${Loaded} state=${state} empty=${state.data?.items.length === 0 && t('demand.none')}>${({ items, total, next }) => {
    const alerts = items.flatMap((item) => item.alerts.map(newest));
    return html`
      ${alerts.length > 0 && html`<${Section} title=${t('machine.openAlerts', { n: alerts.length })}><${Alerts} alerts=${alerts} to=${(alert) => itemAddress(alert.key)} /><//>`}
      <${Section} title=${t('demand.items', { n: total })}>
        <div class="table-scroll" tabindex="0" role="group" aria-label=${t('demand.items', { n: total })}><table class="items">
          <thead><tr><th scope="col">${t('demand.item')}</th><th scope="col">${t('demand.observed')}</th><th scope="col" class="num">${t('demand.expected')}</th><th scope="col" class="num">${t('demand.stock')}</th><th scope="col" class="num">${t('demand.cover')}</th><th scope="col" class="num">${t('demand.risk')}</th><th scope="col" class="num">${t('demand.order')}</th></tr></thead>
          <tbody>${items.map((item) => html`<${Row} key=${item.key} item=${item} />`)}</tbody></table></div>
        ${next && limit < MOST && html`<button type="button" class="button" onClick=${() => setLimit(Math.min(MOST, limit + SHOWN))}>${t('list.more')}</button>`}
        ${next && limit >= MOST && html`<p class="hint">${t('demand.searchForMore', { n: total })}</p>`}
      <//>`;
  }}<//>
  </div>`;
}
