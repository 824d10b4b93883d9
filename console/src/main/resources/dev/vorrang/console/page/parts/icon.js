// Icons, drawn on 20 by 20. They say nothing that a text beside them does not.
import { html } from '../core/dom.js';

const PATHS = {
  mail: 'M3 5h14v10H3zM3 5.5l7 5.5 7-5.5',
  machine: 'M10 7.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M10 2.5v2.4M10 15.1v2.4M2.5 10h2.4M15.1 10h2.4M4.7 4.7l1.7 1.7M13.6 13.6l1.7 1.7M4.7 15.3l1.7-1.7M13.6 6.4l1.7-1.7',
  demand: 'M3 16.5h14M4 13l4-4 3 2.5L16.5 5M12.5 5h4v4',
  operations: 'M2.5 10.5h3l2-6 4 11 2.5-7 1 2h2.5',
  search: 'M8.8 3.5a5.3 5.3 0 1 0 0 10.6 5.3 5.3 0 0 0 0-10.6M12.8 12.8l4 4',
  filter: 'M3 5h14M5.5 10h9M8 15h4',
  back: 'M16 10H4.5M9 5l-5 5 5 5',
  check: 'M4 10.5l4 4 8-9',
  hand: 'M5 10V6.5a1.2 1.2 0 0 1 2.4 0V9M7.4 9V4.2a1.2 1.2 0 0 1 2.4 0V9M9.8 9V4.8a1.2 1.2 0 0 1 2.4 0V9.5M12.2 9.5V6.6a1.2 1.2 0 0 1 2.4 0v5.2c0 3-1.8 5.2-4.9 5.2-2.5 0-3.6-1-4.7-3l-2-3.6a1.2 1.2 0 0 1 2-1.3L6 11',
  undo: 'M7.5 4L4 7.5 7.5 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H7',
  comment: 'M3.5 4.5h13v9H9l-3.5 3v-3h-2z',
  pencil: 'M4 16l.7-3.2L13.2 4.300l2.500 2.500-8.500 8.500z',
  clip: 'M14.5 9.500l-5 5a3 3 0 0 1-4.300-4.300l6-6a2 2 0 0 1 2.900 2.900l-5.800 5.800a1 1 0 0 1-1.500-1.500l5-5',
  stack: 'M3 7l7-3.500L17 7l-7 3.500zM3 10.300l7 3.500 7-3.500M3 13.500l7 3.500 7-3.500',
  person: 'M10 10a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400M4 17c.5-3.200 2.800-4.800 6-4.800s5.500 1.600 6 4.800',
  close: 'M5 5l10 10M15 5L5 15',
  warn: 'M10 3.200L18 16.800H2zM10 8.200v4M10 14.200v.3',
  print: 'M6 7V3.500h8V7M6 13.500H3.500V7h13v6.500H14M6 11.500h8v5H6z',
  key: 'M2.500 5.500h15v9h-15zM5.500 8.500h.1M8.500 8.500h.1M11.500 8.500h.1M14.500 8.500h.1M6.500 11.700h7',
  up: 'M10 16V4.500M5 9.500l5-5 5 5',
  link: 'M8.500 11.500l3-3M7 9L5 11a2.800 2.800 0 0 0 4 4l2-2M13 11l2-2a2.800 2.800 0 0 0-4-4L9 7',
};

export function Icon({ name, label }) {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden=${label ? null : 'true'} role=${label ? 'img' : null} aria-label=${label}>
    <path d=${PATHS[name]} />
  </svg>`;
}

/** The highest first. */
export const SEVERITIES = ['URGENT', 'HIGH', 'NORMAL', 'LOW'];
const LEVELS = [...SEVERITIES].reverse();

/** Four bars, so many of them full as the severity is high. */
export function SeverityIcon({ severity }) {
  const level = LEVELS.indexOf(severity);
  return html`<svg class="bars" viewBox="0 0 19 16" aria-hidden="true">
    ${LEVELS.map((name, i) => html`<rect class=${i <= level ? 'full' : 'empty'} x=${i * 5} y=${11 - i * 3.5} width="4" height=${5 + i * 3.5} rx="1" />`)}
  </svg>`;
}
