// The lines of the list.
import { html, classes, memo, useEffect, useRef, useValue } from '../core/dom.js';
import { me } from '../core/api.js';
import { language, number, t, valueName } from '../core/i18n.js';
import { Link } from '../core/router.js';
import { Icon } from '../parts/icon.js';
import { Button, Failure, Severity, Time } from '../parts/basics.js';
import { mayAct } from './actions.js';
import { deskAddress, isGroup } from './query.js';

function Holder({ desk }) {
  if (desk.status === 'DONE') {
    return html`<span class="tag done"><${Icon} name="check" />${desk.doneBy ? t('desk.doneBy', { who: desk.doneBy }) : t('desk.done')}</span>`;
  }
  return desk.holder && html`<span class=${classes('tag', desk.holder === me.get().user ? 'mine' : 'held')}><${Icon} name="hand" />${desk.holder === me.get().user ? t('desk.mine') : desk.holder}</span>`;
}

function Tags({ record }) {
  const { facets, desk } = record;
  const values = [['urgency', facets.urgency?.[0]], ['topic', facets.topic?.[0]]].filter(([, value]) => value);
  return html`<span class="tags">
    ${values.map(([facet, value]) => html`<span key=${facet} class="tag">${valueName(facet, value)}</span>`)}
    ${facets.abstained?.[0] === 'true' && html`<span class="tag unsure">${t('list.unsure')}</span>`}
    ${desk.comments > 0 && html`<span class="tag"><${Icon} name="comment" label=${t('list.comments')} />${number(desk.comments)}</span>`}
    <${Holder} desk=${desk} />
  </span>`;
}

/** Similar mails as one line, with what can be done about all of them. */
function Fold({ record, query, onAll }) {
  const { group, count, lastHour } = record.fold;
  return html`<div class="fold">
    <${Link} class="fold-open" to=${deskAddress({ ...query, group })}><${Icon} name="stack" />
      <span>${t('fold.similar', { n: count })}</span>
      ${lastHour > 0 && html`<span class="growth"><${Icon} name="up" />${t('fold.lastHour', { n: lastHour })}</span>`}
    <//>
    ${mayAct() && html`<span class="fold-actions">
      <${Button} class="small" icon="hand" onClick=${() => onAll('CLAIMED', record)}>${t('fold.claimAll')}<//>
      <${Button} class="small" icon="check" onClick=${() => onAll('DONE', record)}>${t('fold.doneAll')}<//>
    </span>`}
  </div>`;
}

export function isFold(record, query) {
  return isGroup(record, query) && record.fold.count > 1;
}

/** Drawn anew when it changes; tag and today are what else decides how it reads. */
const Line = memo(({ record, query, selected, onAll }) => {
  const { id, title, severity, time, desk, facets } = record;
  return html`<li class=${classes('line', severity.toLowerCase(), desk.status.toLowerCase(), selected && 'selected')} data-id=${id}>
    <${Link} class="line-link" to=${deskAddress(query, id)} aria-current=${selected ? 'true' : null}>
      <span class="line-top"><${Severity} value=${severity} compact /><span class="sender">${facets.sender?.[0] ?? ''}</span><${Time} at=${time} /></span>
      <span class="subject">${title || t('mail.noSubject')}</span>
      <${Tags} record=${record} />
    <//>
    ${isFold(record, query) && html`<${Fold} record=${record} query=${query} onAll=${onAll} />`}
  </li>`;
});

/** How many there are, or what is new, in the same place: nothing moves. */
export function NewBar({ list, onShow }) {
  const { fresh, page } = list;
  const urgent = [...fresh.values()].filter(({ severity }) => severity === 'URGENT').length;
  return html`<div class="new-bar" role="status">
    ${fresh.size > 0 ? html`<button type="button" class=${classes('button', urgent ? 'alarm' : 'primary')} onClick=${onShow}>
      <${Icon} name="up" />${t('list.new', { n: fresh.size })}${urgent > 0 && html`<strong>${t('list.newUrgent', { n: urgent })}</strong>`}</button>`
    : page && t('list.total', { n: page.total })}
  </div>`;
}

/** Loads the next page shortly before it is seen; asks again for each page that is drawn, for one that is loading lets nobody in between. */
function More({ page, onMore }) {
  const button = useRef(null);
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => entry.isIntersecting && onMore(), { rootMargin: '400px' });
    watcher.observe(button.current);
    return () => watcher.disconnect();
  }, [page, onMore]);
  return html`<li class="more"><button ref=${button} type="button" class="button" onClick=${onMore}>${t('list.more')}</button></li>`;
}

export function Lines({ list, query, selected, onAll }) {
  const tag = useValue(language);
  const today = new Date().toDateString();
  const { page } = list;
  return html`<ul class="lines">
    ${page.items.map((record) => html`<${Line} key=${record.id} record=${record} query=${query} selected=${record.id === selected} onAll=${onAll} tag=${tag} today=${today} />`)}
    ${page.next && (list.errorOfMore ? html`<li><${Failure} error=${list.error} again=${list.more} /></li>` : html`<${More} page=${page} onMore=${list.more} />`)}
  </ul>`;
}
