import { html } from '../core/dom.js';
export function Operations() { return html`<p class="empty"></p>`; }
