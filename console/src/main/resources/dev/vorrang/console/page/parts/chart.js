// Charts by uPlot, on a canvas; the same numbers are in a table beside it.
import uPlot from '../lib/uPlot.js';
import { html, useEffect, useRef, useState, useValue } from '../core/dom.js';
import { axisTime, exactTime, language, significant, t } from '../core/i18n.js';
import { theme } from '../core/prefs.js';

const DARK = matchMedia('(prefers-color-scheme: dark)');
const ROWS = 60;

/** A colour of the style sheet as the canvas needs it. */
function colour(element, name) {
  const probe = document.createElement('span');
  probe.className = 'colour-probe';
  probe.style.color = `var(--${name})`;
  element.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

function withAlpha(rgb, alpha) {
  return rgb.replace(/^rgb\(([^)]+)\)$/, (whole, parts) => `rgba(${parts.split(/[ ,]+/).join(', ')}, ${alpha})`);
}

/** Spans of time behind the lines, such as alarms: hatched, so that they are seen without colour. */
function drawSpans(chart, spans, stroke) {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { from, to } of spans) {
    const left = chart.valToPos(from / 1000, 'x', true);
    const right = Math.max(left + 2, chart.valToPos(to / 1000, 'x', true));
    ctx.fillStyle = withAlpha(stroke, 0.1);
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
    ctx.strokeStyle = withAlpha(stroke, 0.35);
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    for (let x = left - bbox.height; x < right; x += 10 * devicePixelRatio) {
      const begin = Math.max(0, left - x);
      const end = Math.min(bbox.height, right - x);
      if (end > begin) {
        ctx.moveTo(x + begin, bbox.top + bbox.height - begin);
        ctx.lineTo(x + end, bbox.top + bbox.height - end);
      }
    }
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

function axes(element, unit) {
  const common = {
    stroke: colour(element, 'muted'), font: '12px system-ui, sans-serif',
    grid: { stroke: colour(element, 'line'), width: 1 }, ticks: { stroke: colour(element, 'line'), width: 1 },
  };
  return [
    { ...common, size: 34, space: 80, values: (chart, values) => values.map((value) => axisTime(value * 1000, (chart.scales.x.max - chart.scales.x.min) * 1000)) },
    { ...common, size: 58, values: (chart, values) => values.map((value) => (value === null ? '' : significant(value))), label: unit || undefined, labelSize: unit ? 18 : 0, labelFont: '12px system-ui, sans-serif' },
  ];
}

/**
 * A chart over time.
 *
 * @param note beside the title
 * @param times ms since 1970, ascending
 * @param series [{label, values, colour, width, dash, hidden, points}]
 * @param bands [{from, to, colour}]: between the series of two numbers, from 1, the upper one first
 * @param spans [{from, to}] in ms
 * @param range [lowest, highest] of the values; by default what they need
 */
export function Chart({ title, note, times, series, bands = [], spans = [], unit = '', range, height = 200, spanColour = 'urgent' }) {
  const place = useRef(null);
  const chosen = useValue(theme);
  const tag = useValue(language);
  const [dark, setDark] = useState(DARK.matches);
  useEffect(() => {
    const change = () => setDark(DARK.matches);
    DARK.addEventListener('change', change);
    return () => DARK.removeEventListener('change', change);
  }, []);

  useEffect(() => {
    const element = place.current;
    const ink = (name) => colour(element, name);
    const chart = new uPlot({
      width: Math.max(200, element.clientWidth), height,
      legend: { show: false },
      cursor: { points: { size: 6 }, drag: { x: false, y: false } },
      scales: { x: { time: true }, y: range ? { range: () => range } : {} },
      axes: axes(element, unit),
      series: [{}, ...series.map((line) => ({
        label: line.label, stroke: line.hidden ? 'transparent' : ink(line.colour), width: line.hidden ? 0 : line.width ?? 1.75, dash: line.dash,
        points: { show: line.points ?? false, size: 5, fill: ink(line.colour) }, spanGaps: false,
      }))],
      bands: bands.map((band) => ({ series: [band.from, band.to], fill: withAlpha(ink(band.colour), band.alpha ?? 0.16) })),
      hooks: { drawClear: [(drawn) => drawSpans(drawn, spans, ink(spanColour))] },
    }, [times.map((time) => time / 1000), ...series.map(({ values }) => values)], element);
    const watcher = new ResizeObserver(() => {
      if (element.clientWidth > 0) {
        chart.setSize({ width: element.clientWidth, height });
      }
    });
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      chart.destroy();
    };
  }, [times, series, spans, chosen, dark, tag]);

  return html`<figure class="chart">
    <figcaption><h2>${title}${note}</h2><${ChartLegend} series=${series} bands=${bands} spans=${spans} /></figcaption>
    <div class="chart-place" ref=${place} aria-hidden="true"></div>
    <${ChartTable} title=${title} times=${times} series=${series} unit=${unit} />
  </figure>`;
}

function ChartLegend({ series, bands, spans }) {
  return html`<ul class="chart-legend">
    ${series.filter(({ hidden }) => !hidden).map((line) => html`<li key=${line.label}><span class=${`swatch line-swatch ${line.colour} ${line.dash ? 'dashed' : ''}`}></span>${line.label}</li>`)}
    ${bands.filter(({ label }) => label).map((band) => html`<li key=${band.label}><span class=${`swatch band-swatch ${band.colour}`}></span>${band.label}</li>`)}
    ${spans.length > 0 && html`<li><span class="swatch span-swatch"></span>${spans[0].label ?? t('chart.alarm')}</li>`}
  </ul>`;
}

/** The numbers of a chart, thinned to what can be read. */
function ChartTable({ title, times, series, unit }) {
  const [open, setOpen] = useState(false);
  const step = Math.max(1, Math.ceil(times.length / ROWS));
  return html`<details class="quiet-details" onToggle=${(event) => setOpen(event.target.open)}><summary>${t('chart.table')}</summary>
    ${open && html`<div class="table-scroll tall" tabindex="0" role="group" aria-label=${title}><table>
      <thead><tr><th scope="col">${t('chart.time')}</th>${series.map(({ label }) => html`<th key=${label} scope="col" class="num">${label}${unit && ` (${unit})`}</th>`)}</tr></thead>
      <tbody>${times.map((time, i) => i).filter((i) => i % step === 0).map((i) => html`<tr key=${i}><th scope="row">${exactTime(times[i])}</th>
        ${series.map(({ label, values }) => html`<td key=${label} class="num">${values[i] === null || values[i] === undefined ? '–' : significant(values[i])}</td>`)}</tr>`)}</tbody>
    </table></div>`}
  </details>`;
}

/** A line in a few words: the last of some values, with the rest as a small picture. */
export function Spark({ values, label, bars }) {
  const known = values.filter((value) => value !== null);
  const most = Math.max(1e-9, ...known);
  const step = 120 / Math.max(1, values.length - (bars ? 0 : 1));
  const y = (value) => 30 - (28 * value) / most;
  return html`<svg class="spark" viewBox="0 0 120 32" preserveAspectRatio="none" role="img" aria-label=${label}>
    ${bars
      ? values.map((value, i) => html`<rect key=${i} x=${i * step} y=${y(value ?? 0)} width=${Math.max(0.5, step - 0.6)} height=${30 - y(value ?? 0)} />`)
      : html`<polyline points=${values.map((value, i) => (value === null ? null : `${(i * step).toFixed(1)},${y(value).toFixed(1)}`)).filter(Boolean).join(' ')} />`}
  </svg>`;
}

