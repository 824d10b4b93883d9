import { html } from '../core/dom.js';
export function Demand() { return html`<p class="empty"></p>`; }
