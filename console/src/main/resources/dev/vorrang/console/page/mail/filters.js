// Queues and filters, with how many mails each would leave.
import { html } from '../core/dom.js';
import { number, fieldName, t, valueName } from '../core/i18n.js';
import { go } from '../core/router.js';
import { Icon, SEVERITIES } from '../parts/icon.js';
import { deskAddress, FACETS, isFiltered, toggled } from './query.js';

const MOST_VALUES = 12;

function order(facet) {
  return facet === 'priority'
    ? ([a], [b]) => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b)
    : ([a, n], [b, m]) => m - n || a.localeCompare(b);
}

function Facet({ facet, counts, query }) {
  const chosen = query.filters[facet] ?? [];
  const values = Object.entries(counts ?? {}).sort(order(facet)).slice(0, MOST_VALUES);
  chosen.filter((value) => !values.some(([other]) => other === value)).forEach((value) => values.push([value, 0]));
  if (!values.length) {
    return null;
  }
  return html`<fieldset class="facet"><legend>${fieldName(facet)}</legend>
    ${values.map(([value, count]) => html`<label key=${value} class="facet-value">
      <input type="checkbox" checked=${chosen.includes(value)} onChange=${() => go(deskAddress(toggled(query, facet, value)))} />
      <span>${valueName(facet, value)}</span><span class="count">${number(count)}</span>
    </label>`)}
  </fieldset>`;
}

function Choice({ name, value, current, children, query }) {
  return html`<label class="facet-value"><input type="radio" name=${name} checked=${value === current}
    onChange=${() => go(deskAddress({ ...query, [name]: value }))} /><span>${children}</span></label>`;
}

export function Filters({ query, facets }) {
  return html`<div class="filters">
    <fieldset class="facet"><legend>${t('filter.show')}</legend>
      ${['open', 'done', 'all'].map((show) => html`<${Choice} key=${show} name="show" value=${show} current=${query.show} query=${query}>${t(`filter.${show}`)}<//>`)}
      <label class="facet-value"><input type="checkbox" checked=${query.mine} onChange=${() => go(deskAddress({ ...query, mine: !query.mine }))} /><span>${t('filter.mine')}</span></label>
    </fieldset>
    ${FACETS.map((facet) => html`<${Facet} key=${facet} facet=${facet} counts=${facets?.[facet]} query=${query} />`)}
    ${isFiltered(query) && html`<button type="button" class="button small" onClick=${() => go('/')}><${Icon} name="close" />${t('filter.clear')}</button>`}
  </div>`;
}
