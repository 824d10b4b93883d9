// The machines: all of them by state, or one.
import { html } from '../core/dom.js';
import { useNewest } from '../parts/alerts.js';
import { Machine } from './machine.js';
import { Park, useMachines } from './park.js';

export function Machines({ params }) {
  const loaded = useMachines();
  const newest = useNewest('machine');
  const state = { ...loaded, data: loaded.data?.map((machine) => ({ ...machine, alerts: machine.alerts.map(newest) })) };
  const name = params.get('machine');
  return name ? html`<${Machine} key=${name} name=${name} state=${state} params=${params} />` : html`<${Park} state=${state} params=${params} />`;
}
