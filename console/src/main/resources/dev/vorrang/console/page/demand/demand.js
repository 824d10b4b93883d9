// Demand: items that need attention first, or one item with its forecast.
import { html } from '../core/dom.js';
import { Item } from './item.js';
import { Items } from './items.js';

export function Demand({ params }) {
  const key = params.get('item');
  return key ? html`<${Item} key=${key} name=${key} />` : html`<${Items} params=${params} />`;
}
