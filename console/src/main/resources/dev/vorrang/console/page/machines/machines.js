import { html } from '../core/dom.js';
export function Machines() { return html`<p class="empty"></p>`; }
