// Events over time by outcome, as stacked bars: hover for the numbers, drag to zoom, double-click to see all again.
// A table with the same numbers stands beside it for those who don't see it.
import { html, ref, nothing } from '../html.js'
import { count, date, plural, time } from './format.js'
import { table } from './parts.js'

/** From the bottom up. */
const OUTCOMES = [['delivered', '--good'], ['filtered', '--warn'], ['rejected', '--bad']]
const HEIGHT = 260

/**
 * @typedef {{start: string, delivered: number, filtered: number, rejected: number}} Row
 * @typedef {{at: string, kind: string, text: string}} Mark
 */

export class OutcomeChart {
  /** @param {() => void} refresh */
  constructor (refresh) {
    this.refresh = refresh
    /** @type {Row[]} */
    this.rows = []
    /** @type {Mark[]} */
    this.marks = []
    this.asTable = false
    this.days = false
    this.element = null
    this.plot = null
    this.library = null
    this.resized = new ResizeObserver(() => this.plot && this.element && this.plot.setSize({ width: this.element.clientWidth, height: HEIGHT }))
    this.themed = () => this.draw()
    addEventListener('waybill:theme', this.themed)
  }

  /** @param {Row[]} rows oldest first @param {Mark[]} marks @param {{days: boolean}} options */
  show (rows, marks, { days }) {
    const same = this.plot && this.rows.length === rows.length && this.days === days && JSON.stringify(this.marks) === JSON.stringify(marks)
    this.rows = rows
    this.marks = marks
    this.days = days
    if (same) this.plot.setData(this.data(), this.zoomed === undefined)
    else this.draw()
  }

  close () {
    removeEventListener('waybill:theme', this.themed)
    this.resized.disconnect()
    this.plot?.destroy()
  }

  view () {
    const label = `Events by outcome: ${OUTCOMES.map(([name]) => `${count(this.rows.reduce((sum, row) => sum + row[name], 0))} ${name}`).join(', ')}`
    return html`
      <div class="stack tight">
        <div class="chart" role="img" aria-label=${label} ${ref(element => this.attach(element))} ?hidden=${this.asTable}></div>
        ${this.asTable ? this.tableView() : nothing}
        <div class="row small muted">
          <span>Drag to zoom, double-click for all of it.</span>
          <button class="plain small" @click=${() => { this.asTable = !this.asTable; this.refresh() }}>${this.asTable ? 'Show the chart' : 'Show as a table'}</button>
        </div>
        ${this.marks.length === 0 ? nothing : html`<details><summary class="small">${plural(this.marks.length, 'change')} in this time</summary>
          <ul class="small">${this.marks.map(mark => html`<li>${date(mark.at)}, ${time(mark.at)}: ${mark.text}</li>`)}</ul></details>`}
      </div>`
  }

  tableView () {
    const filled = this.rows.filter(row => row.delivered + row.filtered + row.rejected > 0)
    return table('Events by outcome over time', ['From', ...OUTCOMES.map(([name]) => ({ text: name, number: true }))],
      filled.map(row => html`<tr><td>${date(row.start)}${this.days ? '' : ', ' + time(row.start)}</td>
        ${OUTCOMES.map(([name]) => html`<td class="number">${count(row[name])}</td>`)}</tr>`))
  }

  async attach (element) {
    if (!element || element === this.element) return
    this.element = element
    this.resized.disconnect()
    this.resized.observe(element)
    if (!this.library) {
      addStyle()
      this.library = (await import('../../vendor/uplot/dist/uPlot.esm.js')).default
    }
    this.draw()
  }

  data () {
    const sums = this.rows.map(() => 0)
    const stacked = OUTCOMES.map(([name]) => this.rows.map((row, i) => (sums[i] += row[name])))
    return [this.rows.map(row => Date.parse(row.start) / 1000), ...stacked.reverse()]
  }

  /** Half of a bar's time, in seconds: the first and the last bar need that room. */
  half () {
    const [first, second] = this.rows
    return second ? (Date.parse(second.start) - Date.parse(first.start)) / 2000 : 30
  }

  draw () {
    if (!this.library || !this.element || this.rows.length === 0) return
    this.plot?.destroy()
    this.zoomed = undefined
    const style = getComputedStyle(document.documentElement)
    const colour = name => style.getPropertyValue(name).trim()
    const bars = this.library.paths.bars({ size: [0.86, 60] })
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') }, font: '12px system-ui, sans-serif' }
    this.plot = new this.library({
      width: this.element.clientWidth || 600,
      height: HEIGHT,
      cursor: { drag: { x: true, y: false }, points: { show: false } },
      scales: { x: { time: true, range: (_, least, most) => [least - this.half(), most + this.half()] }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.08)] } },
      axes: [axis, { ...axis, size: 56, values: (_, splits) => splits.map(n => Number.isInteger(n) ? count(n) : '') }],
      series: [
        { label: 'From', value: (_, at) => at == null ? '' : this.days ? date(at * 1000) : `${date(at * 1000)}, ${time(at * 1000)}` },
        ...[...OUTCOMES].reverse().map(([name, token]) => ({
          label: name,
          stroke: colour(token),
          fill: colour(token),
          width: 0,
          paths: bars,
          points: { show: false },
          value: (_, __, ___, i) => i == null ? '' : count(this.rows[i]?.[name] ?? 0)
        }))
      ],
      hooks: {
        draw: [plot => drawMarks(plot, this.marks, colour('--text'))],
        setSelect: [plot => { this.zoomed = plot.select.width > 0 ? true : undefined }]
      }
    }, this.data(), this.element)
  }
}

function drawMarks (plot, marks, colour) {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.strokeStyle = colour
  ctx.setLineDash([4, 4])
  for (const mark of marks) {
    const x = plot.valToPos(Date.parse(mark.at) / 1000, 'x', true)
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
  }
  ctx.restore()
}

function addStyle () {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = '/console/vendor/uplot/dist/uPlot.min.css'
  document.head.append(link)
}
