// How every lane does: numbers that add up, what needs attention and what to do about it.
import { html, nothing, repeat } from '../html.js'
import { encode, get, post } from '../api.js'
import { href, note } from '../router.js'
import { session } from '../session.js'
import { OutcomeChart } from '../ui/chart.js'
import { ask } from '../ui/dialog.js'
import { badge, empty, failed, head, loading, segments, table } from '../ui/parts.js'
import { count, duration, percent, plural, words, ZONE } from '../ui/format.js'
import { Gaps } from '../overview/gaps.js'
import { poll } from '../ui/poll.js'
import { toast } from '../ui/toast.js'

/** Each with the span that is asked for and the length of a bar in minutes, where it isn't that of a row. */
const WINDOWS = [['hour', 'Hour', { minutes: 60 }, 1], ['day', 'Day', { minutes: 1440 }, 10], ['month', 'Month', { days: 30 }, 0]]
const ALL = { pipeline: '', integration: '' }
const LOOK_SECONDS = 5
/** What is long to count and changes little in a few seconds is asked for this rarely. */
const SLOWLY_MS = 60_000

/** @param {{query: URLSearchParams, refresh: () => void}} around */
export async function open ({ query, refresh }) {
  const page = new Overview(query, refresh)
  await page.load()
  return page
}

class Overview {
  title = 'Overview'

  constructor (query, refresh) {
    const window = query.get('window')
    this.window = WINDOWS.some(([name]) => name === window) ? window : 'hour'
    /** The one lane that is shown; empty names are all. */
    this.only = { pipeline: query.get('pipeline') || '', integration: query.get('integration') || '' }
    this.refresh = refresh
    this.chart = new OutcomeChart(refresh)
    this.data = null
    this.failure = null
    this.asked = null
    this.gaps = new Gaps()
  }

  async load () {
    await this.fetch()
    this.polling = poll(signal => this.fetch(signal), LOOK_SECONDS)
  }

  async fetch (signal) {
    const { window, only } = this
    const [, , span, bar] = WINDOWS.find(([name]) => name === window)
    const asked = JSON.stringify([window, only])
    const slow = this.asked === asked && window !== 'hour' && Date.now() - this.seriesAt < SLOWLY_MS
    try {
      const [data] = await Promise.all([get('overview', { window }, signal), this.gaps.load(SLOWLY_MS, signal)])
      const lanes = data.lanes.filter(lane => this.shows(lane))
      const series = slow || lanes.length === 0 ? null : await get('ledger/series', { ...span, ...only, names: 'false', zone: span.days ? ZONE : '' }, signal)
      this.data = data
      this.failure = null
      if (series) {
        this.rows = summed(series.lanes, bar)
        this.asked = asked
        this.seriesAt = Date.now()
      }
      if (lanes.length > 0) this.chart.show(this.rows, marks(lanes), { days: Boolean(span.days), of: asked })
    } catch (failure) {
      if (signal?.aborted) return
      this.failure = failure
      throw failure
    } finally {
      this.refresh()
    }
  }

  close () {
    this.polling?.stop()
    this.chart.close()
  }

  /** @param {{window?: string, only?: {pipeline: string, integration: string}}} chosen */
  pick (chosen) {
    Object.assign(this, chosen)
    note({ window: this.window, ...this.only })
    this.polling.now()
    this.refresh()
  }

  /** @param {{pipeline: string | null, integration: string | null}} lane */
  shows ({ pipeline, integration }) {
    const { only } = this
    return (!only.pipeline || only.pipeline === pipeline) && (!only.integration || only.integration === integration)
  }

  view () {
    if (!this.data) return this.failure ? failed(this.failure, () => this.polling.now()) : loading()
    const lanes = this.data.lanes.filter(lane => this.shows(lane))
    const attention = this.data.attention.filter(item => !item.pipeline || this.shows(item))
    return html`
      ${head('Overview', 'Every event that was accepted, and what became of it.', html`${this.chooser()}
        ${segments('Time shown', WINDOWS.map(([name, text]) => [name, text]), this.window, window => this.pick({ window }))}`)}
      <div class="stack loose">
        ${this.data.lanes.length === 0
          ? empty('Nothing is set up yet', 'Choose an integration from the library, then a pipeline sends it a site’s events.',
            html`<a class="button main" href=${href('library')}>Open the library</a>`)
          : lanes.length === 0
            ? empty('There is no such lane', 'It may have been renamed or taken out of its pipeline.', html`<button class="main" @click=${() => this.pick({ only: ALL })}>Show all lanes</button>`)
            : html`
            ${this.attention(attention)}
            <section class="card stack" aria-label="Events over time"><h2>Events over time</h2>${this.chart.view()}</section>
            ${repeat(lanes, lane => lane.pipeline + '/' + lane.integration, lane => this.lane(lane))}`}
      </div>`
  }

  chooser () {
    const { lanes } = this.data
    const { only } = this
    if (lanes.length < 2 && !only.pipeline && !only.integration) return nothing
    const same = one => one.pipeline === only.pipeline && one.integration === only.integration
    const all = [ALL, ...lanes.map(({ pipeline, integration }) => ({ pipeline, integration }))]
    const options = all.some(same) ? all : [...all, only]
    return html`<select class="fit" aria-label="Lanes shown" @change=${event => this.pick({ only: options[event.target.value] })}>
      ${options.map((one, i) => html`<option value=${i} ?selected=${same(one)}>${[one.pipeline, one.integration].filter(Boolean).join(' → ') || 'All lanes'}</option>`)}</select>`
  }

  attention (items) {
    if (items.length === 0) return html`<div class="notice good"><b>Nothing needs attention.</b></div>`
    return html`<section class="card stack" aria-label="Needs attention"><h2>${plural(items.length, 'thing needs', 'things need')} attention</h2>
      <ul class="attention">${items.map(item => html`<li>${badge(item.severity, item.severity)}
        <div class="stack tight"><span class="strong">${item.text}</span><span class="muted">${item.advice}</span></div>
        ${this.look(item)}</li>`)}</ul></section>`
  }

  /** What is seen on this page already has no link. */
  look (item) {
    const here = item.link?.split('?')[0] === 'overview'
    if (!item.link || here && (!item.pipeline || this.narrowed)) return nothing
    return html`<a class="button small" href=${href(here ? `${item.link}&window=${this.window}` : item.link)}>Look</a>`
  }

  /** To one lane. */
  get narrowed () { return Boolean(this.only.pipeline && this.only.integration) }

  lane (lane) {
    const name = `${lane.pipeline} → ${lane.integration}`
    const filtered = sum(lane.filtered)
    const rejected = sum(lane.rejected)
    const link = query => href('events', { pipeline: lane.pipeline, integration: lane.integration, ...query })
    const signals = lane.withoutConsentSignal
    return html`<section class="card stack" aria-label=${name}>
      <div class="row spread">
        <div class="row"><h2>${lane.state === 'removed' ? name : html`<a href=${href('pipelines/' + encode(lane.pipeline))}>${lane.pipeline}</a> → <a href=${href(`integrations/${encode(lane.integration)}/${lane.revision}`)}>${lane.integration}</a>`}</h2>
          ${badge(lane.state)}<span class="muted small">revision ${lane.revision}</span></div>
        ${session.may('deploy') ? this.switches(lane) : nothing}
      </div>
      ${lane.detail ? html`<p class="muted">${lane.detail}</p>` : nothing}
      <div class="sum">
        ${figure(lane.accepted, 'accepted')}<span class="sign" aria-hidden="true">=</span>
        ${figure(lane.delivered, 'delivered', link({ outcome: 'delivered' }))}<span class="sign" aria-hidden="true">+</span>
        ${figure(filtered, 'filtered', link({ outcome: 'filtered' }))}<span class="sign" aria-hidden="true">+</span>
        ${figure(rejected, 'rejected', link({ outcome: 'rejected' }))}<span class="sign" aria-hidden="true">+</span>
        ${figure(lane.pending, 'pending', link({ outcome: 'pending' }))}
      </div>
      <div class="columns">
        ${reasons('Filtered', lane.filtered, reason => link({ outcome: 'filtered', reason }))}
        ${reasons('Rejected', lane.rejected, reason => href('dead-letters', { pipeline: lane.pipeline, integration: lane.integration, reason }))}
        ${missing(lane)}
        <div class="stack tight"><h3>Speed</h3><dl class="pairs">
          <dt>Oldest pending</dt><dd>${lane.pending ? duration(lane.oldestPendingSeconds) : 'none'}</dd>
          <dt>Received to delivered</dt><dd>${lane.endToEnd?.p50Ms == null ? 'nothing delivered yet' : `half within\u00a0${duration(lane.endToEnd.p50Ms / 1000)}, 99\u00a0%\u00a0within\u00a0${duration(lane.endToEnd.p99Ms / 1000)}`}</dd>
          ${lane.drain?.secondsLeft != null && lane.pending > 0 ? html`<dt>Backlog gone in</dt><dd>${duration(lane.drain.secondsLeft)}</dd>` : nothing}
          ${signals && signals.of > 0 ? html`<dt>No consent signal</dt><dd>${percent(signals.count / signals.of)} of ${count(signals.of)}</dd>` : nothing}
        </dl></div>
      </div>
      ${lane.state === 'removed' ? nothing : this.gaps.view(lane, this.narrowed)}
    </section>`
  }

  switches (lane) {
    const pause = async () => {
      if (!await ask(`Pause ${lane.integration}?`, 'Its events wait and stay pending until it goes on. To throw them away instead, switch the integration off in its pipeline.', 'Pause')) return
      await this.tell(lane, 'pause')
    }
    if (lane.state === 'paused') return html`<button class="small main" @click=${() => this.tell(lane, 'resume')}>Resume</button>`
    return lane.state === 'running' || lane.state === 'waiting' ? html`<button class="small" @click=${pause}>Pause</button>` : nothing
  }

  async tell (lane, what) {
    try {
      await post(`lanes/${encode(lane.pipeline)}/${encode(lane.integration)}/${what}`)
      toast(what === 'pause' ? 'Paused.' : 'Resumed.')
      await this.polling.now()
    } catch (refused) {
      toast(refused.message, 'bad')
    }
  }
}

const sum = counts => Object.values(counts).reduce((total, n) => total + n, 0)

const figure = (n, text, link) => html`<div class="figure"><b>${count(n)}</b><span>${link && n > 0 ? html`<a href=${link}>${text}</a>` : text}</span></div>`

const reasons = (title, counts, link) => sum(counts) === 0
  ? nothing
  : html`<div class="stack tight"><h3>${title}</h3><dl class="pairs">${Object.entries(counts).sort((a, b) => b[1] - a[1]).map(([reason, n]) => html`
      <dt><a href=${link(reason)}>${words(reason)}</a></dt><dd class="number">${count(n)}</dd>`)}</dl></div>`

function missing (lane) {
  const causes = Object.entries(lane.missingIdentity || {}).filter(([, n]) => n > 0)
  if (causes.length === 0) return nothing
  const browsers = Object.entries(lane.missingIdentityByBrowser || {})
  return html`<div class="stack tight"><h3>Why the identifier was missing</h3><dl class="pairs">${causes.sort((a, b) => b[1] - a[1]).map(([cause, n]) => html`
      <dt>${words(cause)}</dt><dd class="number">${count(n)}</dd>`)}</dl>
    ${browsers.length === 0
      ? nothing
      : html`<details><summary class="small">By browser</summary>${table('Missing identifiers by browser', ['Browser', ...causes.map(([cause]) => ({ text: words(cause), number: true }))],
        browsers.map(([browser, counts]) => html`<tr><td>${browser}</td>${causes.map(([cause]) => html`<td class="number">${count(counts[cause] || 0)}</td>`)}</tr>`))}</details>`}</div>`
}

/** What was changed in the lanes, with the lane's name where there are several. */
const marks = lanes => lanes.flatMap(lane => lane.marks.map(mark => lanes.length > 1 ? { ...mark, text: `${lane.pipeline} → ${lane.integration}: ${mark.text}` } : mark))

/** One row for all lanes. @param {number} bar minutes; those that begin in it are put together; 0 leaves rows as they are */
function summed (lanes, bar) {
  const rows = new Map()
  const length = bar * 60_000
  for (const lane of lanes) {
    for (const row of lane.rows) {
      const start = length ? new Date(Math.floor(Date.parse(row.start) / length) * length).toISOString() : row.start
      const all = rows.get(start) || { start, delivered: 0, filtered: 0, rejected: 0 }
      all.delivered += row.delivered
      all.filtered += sum(row.filtered)
      all.rejected += sum(row.rejected)
      rows.set(start, all)
    }
  }
  return [...rows.values()]
}
