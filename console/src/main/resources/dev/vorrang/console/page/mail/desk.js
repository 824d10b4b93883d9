// The mail desk: queues and filters, list, mail.
import { html, classes, useCallback, useEffect, useMemo, useRef, useState } from '../core/dom.js';
import { me } from '../core/api.js';
import { number, t } from '../core/i18n.js';
import { useKeys } from '../core/keys.js';
import { go, Link } from '../core/router.js';
import { Button, Dialog, Failure, Loaded } from '../parts/basics.js';
import { Icon } from '../parts/icon.js';
import { actOnAll, claim, done, mayAct, release, reopen, undo } from './actions.js';
import { Filters } from './filters.js';
import { isFold, Lines, NewBar } from './list.js';
import { useList } from './list-state.js';
import { deskAddress, groupQuery, readQuery, SORTS } from './query.js';
import { Reader } from './reader.js';

const WIDE = matchMedia('(min-width: 60rem)');
/** A finger above the screen is seen by nobody. */
const TOUCH = matchMedia('(pointer: coarse)');

function Search({ query, field }) {
  const [text, setText] = useState(query.text);
  useEffect(() => setText(query.text), [query.text]);
  const submit = (event) => {
    event?.preventDefault();
    go(deskAddress({ ...query, text: text.trim() }));
  };
  const escape = (event) => event.key === 'Escape' && field.current.blur();
  return html`<form class="search" role="search" onSubmit=${submit}>
    <${Icon} name="search" />
    <input ref=${field} type="search" value=${text} placeholder=${t('search.mail')} aria-label=${t('search.mail')} maxlength="500"
      onInput=${(event) => setText(event.target.value)} onSearch=${submit} onKeyDown=${escape} />
  </form>`;
}

function ListHead({ query, list, field, onFilters, filtersOpen, onShow }) {
  return html`<div class="list-head">
    <div class="list-tools">
      <${Search} query=${query} field=${field} />
      <button type="button" class="button small filters-toggle" aria-expanded=${filtersOpen} onClick=${onFilters}><${Icon} name="filter" />${t('filter.title')}</button>
    </div>
    <div class="list-tools">
      <${NewBar} list=${list} onShow=${onShow} />
      <label class="sort"><span class="visually-hidden">${t('sort.label')}</span>
        <select value=${query.sort} onChange=${(event) => go(deskAddress({ ...query, sort: event.target.value }))}>
          ${SORTS.map((sort) => html`<option key=${sort} value=${sort} selected=${sort === query.sort}>${t(`sort.${sort}`)}</option>`)}
        </select></label>
    </div>
    ${query.group && html`<p class="crumb"><${Link} to=${deskAddress({ ...query, group: null })}><${Icon} name="back" />${t('fold.back')}<//></p>`}
  </div>`;
}

function ConfirmAll({ ask, onClose, query }) {
  const { type, record } = ask;
  const act = () => {
    onClose();
    actOnAll(type, record.fold.group, groupQuery(record.fold.group, query));
  };
  return html`<${Dialog} title=${t(`fold.ask.${type}`, { n: record.fold.count })} onClose=${onClose} class="confirm">
    <p>${record.title}</p>
    <p class="hint">${t('fold.askText')}</p>
    <div class="dialog-actions"><${Button} onClick=${onClose}>${t('cancel')}<//>
      <button type="button" class="button primary" autofocus onClick=${act}>${t('fold.yes', { n: record.fold.count })}</button></div>
  <//>`;
}

/** The list may be drawn anew by itself when it is at its top and nobody is pointing at it or working in it. */
function useCalm(pane) {
  return useCallback(() => {
    const element = pane.current;
    return Boolean(element) && !TOUCH.matches && element.offsetParent !== null && element.scrollTop < 4 && scrollY < 4
      && !element.matches(':hover') && !element.contains(document.activeElement);
  }, [pane]);
}

function useDeskKeys({ list, query, id, opened, field, move, ask }) {
  const record = () => list.page?.items.find((item) => item.id === id);
  const withRecord = (action) => () => {
    const line = record();
    // What is open may not be in the list, and is newer than that.
    const own = (!line || !isFold(line, query)) && opened.current?.id === id ? opened.current : line;
    if (own && mayAct()) {
      action(own);
    }
  };
  useKeys(t('keys.mail'), [
    { key: 'j ArrowDown', label: t('keys.next'), run: () => move(1) },
    { key: 'k ArrowUp', label: t('keys.previous'), run: () => move(-1) },
    { key: 'Escape', label: t('keys.close'), run: () => id && go(deskAddress(query)) },
    { key: '/', label: t('keys.search'), run: () => field.current?.focus() },
    { key: 'n', label: t('keys.showNew'), run: () => list.load() },
    { key: 'c', label: t('keys.claim'), once: true, run: withRecord((own) => (own.desk.holder === me.get().user ? release(own) : claim(own))) },
    { key: 'd', label: t('keys.done'), once: true, run: withRecord((own) => (isFold(own, query) ? ask('DONE', own) : own.desk.status === 'DONE' ? reopen(own) : done(own).then(() => WIDE.matches && move(1)))) },
    { key: 'u', label: t('keys.undo'), once: true, run: () => mayAct() && undo() },
    { key: 'f', label: t('keys.fold'), run: () => {
      const own = record();
      if (own && isFold(own, query)) {
        go(deskAddress({ ...query, group: own.fold.group }));
      } else if (query.group) {
        go(deskAddress({ ...query, group: null }));
      }
    } },
  ]);
}

export function Desk({ params }) {
  const key = JSON.stringify(readQuery(params));
  const query = useMemo(() => JSON.parse(key), [key]);
  const id = params.get('id');
  const pane = useRef(null);
  const field = useRef(null);
  const opened = useRef(null);
  const [filtersOpen, setFiltersOpen] = useState(false);
  const [asked, setAsked] = useState(null);
  const calm = useCalm(pane);
  const list = useList('mail', query, calm);
  /** Stay until those of another query are there, and with them the focus. */
  const facets = useRef(null);
  facets.current = list.page?.facets ?? facets.current;

  const move = useCallback((step) => {
    const items = list.page?.items ?? [];
    const at = items.findIndex((item) => item.id === id);
    const next = items[Math.max(0, Math.min(items.length - 1, at < 0 ? 0 : at + step))];
    if (next && next.id !== id) {
      go(deskAddress(query, next.id), { replace: Boolean(id) });
    }
  }, [list.page, id, query]);

  useEffect(() => {
    const line = id && pane.current?.querySelector(`[data-id="${CSS.escape(id)}"] .line-link`);
    if (line && line.offsetParent) {
      line.scrollIntoView({ block: 'nearest' });
      if (!document.activeElement || document.activeElement === document.body || pane.current.contains(document.activeElement)) {
        line.focus({ preventScroll: true });
      }
    }
  }, [id]);

  useEffect(() => {
    const urgent = list.page?.facets?.priority?.URGENT;
    document.title = `${urgent ? `(${number(urgent)}) ` : ''}${t('nav.mail')} · Vorrang`;
  });

  const ask = useCallback((type, record) => setAsked({ type, record }), []);
  const showNew = (event) => {
    list.load();
    pane.current.scrollTo(0, 0);
    if (event.detail === 0) {
      // By key: the button with the focus goes.
      pane.current.focus();
    }
  };
  useDeskKeys({ list, query, id, opened, field, move, ask });

  return html`<div class=${classes('desk', id && 'reading', filtersOpen && 'filtering')}>
    <h1 class="visually-hidden">${t('nav.mail')}</h1>
    <aside class="pane filters-pane" aria-label=${t('filter.title')}><${Filters} query=${query} facets=${facets.current} /></aside>
    <section class="pane list-pane" aria-label=${t('list.label')}>
      <${ListHead} query=${query} list=${list} field=${field} filtersOpen=${filtersOpen} onFilters=${() => setFiltersOpen(!filtersOpen)} onShow=${showNew} />
      <div class="list-scroll" ref=${pane} tabindex="-1">
        ${list.error && list.page && !list.errorOfMore && html`<${Failure} error=${list.error} again=${list.load} />`}
        <${Loaded} state=${{ data: list.page, error: list.error, reload: list.load }} empty=${list.page?.items.length === 0 && t('list.empty')}>
          ${() => html`<${Lines} list=${list} query=${query} selected=${id} onAll=${ask} />`}
        <//>
      </div>
    </section>
    <section class="pane mail-pane" aria-label=${t('mail.label')}>
      ${id ? html`<${Reader} key=${id} id=${id} query=${query} facets=${facets.current} opened=${opened} />` : html`<div class="no-mail"><${Icon} name="mail" /><p>${t('mail.none')}</p><p class="hint">${t('mail.noneHint')}</p></div>`}
    </section>
    ${asked && html`<${ConfirmAll} ask=${asked} query=${query} onClose=${() => setAsked(null)} />`}
  </div>`;
}
