// The machines: all of them by state, or one.
import { html } from '../core/dom.js';
import { Machine } from './machine.js';
import { Park } from './park.js';

export function Machines({ params }) {
  const name = params.get('machine');
  return name ? html`<${Machine} key=${name} name=${name} params=${params} />` : html`<${Park} params=${params} />`;
}
