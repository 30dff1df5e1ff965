// Events over time by outcome, as stacked bars: hover for the numbers, drag to zoom, double-click to see all again.
// A table with the same numbers stands beside it for those who don't see it.
import { html, ref, nothing } from '../html.js'
import { count, date, minute, plural, shortDate, time } from './format.js'
import { table } from './parts.js'

/** From the bottom up. */
const OUTCOMES = [['delivered', '--good'], ['filtered', '--warn'], ['rejected', '--bad']]
const HEIGHT = 260
/** How far ticks may stand apart, in seconds. */
const MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440].map(n => n * 60)
const DAYS = [1, 2, 3, 5, 7, 10, 14, 30].map(n => n * 86400)

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
    this.themed = () => this.draw(this.zoom())
    addEventListener('waybill:theme', this.themed)
  }

  /**
   * @param {Row[]} rows oldest first, each as long as the others
   * @param {Mark[]} marks
   * @param {{days: boolean, of: string}} options `of` names what is shown: a zoom is kept as long as it is the same
   */
  show (rows, marks, { days, of }) {
    const seen = this.of === of ? this.zoom() : null
    const zoom = seen && rows.length > 0 && seen.max * 1000 > Date.parse(rows[0].start) ? seen : null
    const same = this.plot && rows.length > 0 && this.of === of && JSON.stringify(this.marks) === JSON.stringify(marks)
    Object.assign(this, { rows, marks, days, of })
    if (!same) {
      this.draw(zoom)
    } else if (zoom) {
      this.plot.setData(this.data(), false)
      this.plot.setScale('x', zoom)
      this.plot.setLegend({})
    } else {
      this.plot.setData(this.data())
    }
  }

  /** What the person chose to see, null when it is all of it. @returns {{min: number, max: number} | null} */
  zoom () {
    if (!this.plot || this.plot.data[0].length === 0) return null
    const { min, max } = this.plot.scales.x
    if (min == null) return null
    const [all] = this.plot.data
    return Math.abs(min - all[0]) < 1 && Math.abs(max - end(all)) < 1 ? null : { min, max }
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
      filled.map(row => html`<tr><td>${this.at(row.start)}</td>
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

  /** @param {string | number} start */
  at (start) { return this.days ? date(start) : `${date(start)}, ${minute(start)}` }

  /** What is read beside the bar: its time, and what was changed in it. @param {number | null} i */
  from (i) {
    const row = this.rows[i ?? -1]
    if (!row) return ''
    const next = this.rows[i + 1]
    const changes = this.marks.filter(mark => Date.parse(mark.at) >= Date.parse(row.start) && (!next || Date.parse(mark.at) < Date.parse(next.start)))
    return [this.at(row.start), ...changes.map(mark => `${time(mark.at)} ${mark.text}`)].join('; ')
  }

  /** Hours and minutes by 24, the day below the first of each. @param {number[]} splits seconds */
  ticks (splits) {
    if (this.days) return splits.map(at => shortDate(at * 1000))
    return splits.map((at, i) => i > 0 && date(at * 1000) === date(splits[i - 1] * 1000) ? minute(at * 1000) : `${minute(at * 1000)}\n${shortDate(at * 1000)}`)
  }

  /** @param {{min: number, max: number} | null} [zoom] */
  draw (zoom = null) {
    this.plot?.destroy()
    this.plot = null
    if (!this.library || !this.element || this.rows.length === 0) return
    const style = getComputedStyle(document.documentElement)
    const colour = name => style.getPropertyValue(name).trim()
    const bars = this.library.paths.bars({ size: [0.86, 60], align: 1 })
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') }, font: '12px system-ui, sans-serif' }
    this.plot = new this.library({
      width: this.element.clientWidth || 600,
      height: HEIGHT,
      // A bar reaches from its start to the next one's, and so does what the pointer finds.
      cursor: { drag: { x: true, y: false }, points: { show: false }, dataIdx: (plot, _, nearest, at) => nearest > 0 && plot.data[0][nearest] > at ? nearest - 1 : nearest },
      scales: { x: { time: true, range: toTheEnd }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.08)] } },
      axes: [{ ...axis, incrs: this.days ? DAYS : MINUTES, values: (_, splits) => this.ticks(splits) }, { ...axis, size: 56, values: (_, splits) => splits.map(n => Number.isInteger(n) ? count(n) : '') }],
      series: [
        { label: 'From', value: (_, __, ___, i) => this.from(i) },
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
      hooks: { draw: [plot => drawMarks(plot, this.marks, colour('--text'))] }
    }, this.data(), this.element)
    if (zoom) this.plot.setScale('x', zoom)
  }
}

/** Where the last bar ends, which is as long as the others. @param {number[]} starts */
const end = starts => starts.at(-1) + (starts.length > 1 ? starts.at(-1) - starts.at(-2) : 60)

/** The range of all data with room for the last bar; any other is a zoom and stays as it is. */
function toTheEnd (plot, least, most) {
  const [starts] = plot.data
  return least === starts[0] && most === starts.at(-1) ? [least, end(starts)] : [least, most]
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
