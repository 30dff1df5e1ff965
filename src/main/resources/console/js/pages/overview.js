// How every lane does: numbers that add up, what needs attention and what to do about it.
import { html, nothing, repeat } from '../html.js'
import { encode, get, post } from '../api.js'
import { href, note } from '../router.js'
import { session } from '../session.js'
import { OutcomeChart } from '../ui/chart.js'
import { ask } from '../ui/dialog.js'
import { badge, empty, failed, head, loading, segments, table } from '../ui/parts.js'
import { brief, count, duration, percent, plural, words } from '../ui/format.js'
import { poll } from '../ui/poll.js'
import { toast } from '../ui/toast.js'

const WINDOWS = [['hour', 'Hour', { minutes: 60 }], ['day', 'Day', { minutes: 1440 }], ['month', 'Month', { days: 30 }]]
const BUCKETS = 160

/** @param {{query: URLSearchParams, refresh: () => void}} around */
export async function open ({ query, refresh }) {
  const page = new Overview(query.get('window') || 'hour', refresh)
  await page.load()
  return page
}

class Overview {
  title = 'Overview'

  constructor (window, refresh) {
    this.window = WINDOWS.some(([name]) => name === window) ? window : 'hour'
    this.refresh = refresh
    this.chart = new OutcomeChart(refresh)
    this.data = null
    this.failure = null
  }

  async load () {
    await this.fetch()
    this.polling = poll(signal => this.fetch(signal), 5)
  }

  async fetch (signal) {
    const [, , span] = WINDOWS.find(([name]) => name === this.window)
    try {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
      const [data, series] = await Promise.all([
        get('overview', { window: this.window }, signal),
        get('ledger/series', span.days ? { ...span, zone } : span, signal)
      ])
      this.data = data
      this.failure = null
      this.chart.show(summed(series.lanes), data.lanes.flatMap(lane => lane.marks), { days: Boolean(span.days) })
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

  pick (window) {
    this.window = window
    note({ window })
    this.polling.now()
  }

  view () {
    if (!this.data) return this.failure ? failed(this.failure, () => this.polling.now()) : loading()
    const { lanes, attention } = this.data
    const switcher = segments('Time shown', WINDOWS.map(([name, text]) => [name, text]), this.window, window => this.pick(window))
    return html`
      ${head('Overview', 'Every event that was accepted, and what became of it.', switcher)}
      <div class="stack loose">
        ${this.failure ? failed(this.failure) : nothing}
        ${lanes.length === 0
          ? empty('Nothing is set up yet', 'Choose an integration from the library, then a pipeline sends it a site’s events.',
            html`<a class="button main" href=${href('library')}>Open the library</a>`)
          : html`
            ${attentionView(attention)}
            <section class="card stack" aria-label="Events over time"><h2>Events over time</h2>${this.chart.view()}</section>
            ${repeat(lanes, lane => lane.pipeline + '/' + lane.integration, lane => this.lane(lane))}`}
      </div>`
  }

  lane (lane) {
    const name = `${lane.pipeline} → ${lane.integration}`
    const filtered = sum(lane.filtered)
    const rejected = sum(lane.rejected)
    const link = query => href('events', { pipeline: lane.pipeline, integration: lane.integration, ...query })
    const signals = lane.withoutConsentSignal
    return html`<section class="card stack" aria-label=${name}>
      <div class="row spread">
        <div class="row"><h2><a href=${href('pipelines/' + encode(lane.pipeline))}>${lane.pipeline}</a> → <a href=${href(`integrations/${encode(lane.integration)}/${lane.revision}`)}>${lane.integration}</a></h2>
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

const figure = (n, text, link) => html`<div class="figure"><b title=${count(n)}>${brief(n)}</b><span>${link && n > 0 ? html`<a href=${link}>${text}</a>` : text}</span></div>`

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

function attentionView (items) {
  if (items.length === 0) return html`<div class="notice good"><b>Nothing needs attention.</b></div>`
  return html`<section class="card stack" aria-label="Needs attention"><h2>${plural(items.length, 'thing needs', 'things need')} attention</h2>
    <ul class="attention">${items.map(item => html`<li>${badge(item.severity, item.severity)}
      <div class="stack tight"><span class="strong">${item.text}</span><span class="muted">${item.advice}</span></div>
      ${item.link ? html`<a class="button small" href=${href(item.link)}>Look</a>` : nothing}</li>`)}</ul></section>`
}

/** One row for all lanes; minutes are put together where there are more than the chart can show. */
function summed (lanes) {
  const rows = new Map()
  for (const lane of lanes) {
    for (const row of lane.rows) {
      const all = rows.get(row.start) || { start: row.start, delivered: 0, filtered: 0, rejected: 0 }
      all.delivered += row.delivered
      all.filtered += sum(row.filtered)
      all.rejected += sum(row.rejected)
      rows.set(row.start, all)
    }
  }
  const all = [...rows.values()]
  const size = Math.ceil(all.length / BUCKETS)
  if (size <= 1) return all
  const grouped = []
  for (let i = 0; i < all.length; i += size) {
    grouped.push(all.slice(i, i + size).reduce((a, b) => ({
      start: a.start, delivered: a.delivered + b.delivered, filtered: a.filtered + b.filtered, rejected: a.rejected + b.rejected
    })))
  }
  return grouped
}
