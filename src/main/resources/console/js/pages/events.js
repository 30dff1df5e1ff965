// Events: a search that is bounded and can be gone on with, a live tail, and one event's way.
import { html, nothing, repeat, ifDefined } from '../html.js'
import { encode, get } from '../api.js'
import { go, href, note } from '../router.js'
import { badge, empty, failed, field, head, table } from '../ui/parts.js'
import { count, cut, localTime, moment, words } from '../ui/format.js'
import { openTrace } from '../events/trace.js'
import { Tail } from '../events/tail.js'

const FILTERS = ['pipeline', 'integration', 'event', 'outcome', 'reason', 'userId', 'anonymousId', 'q', 'from', 'to']
const TIMES = ['from', 'to']
const OUTCOMES = ['delivered', 'filtered', 'rejected', 'pending']
/** How long one question may take, so that the page shows how far it is. */
const WITHIN = 150
const LIMIT = 50

/** @param {{path: string[], query: URLSearchParams, refresh: () => void, reopen: () => void}} around */
export async function open (around) {
  if (around.path.length > 0) return openTrace(around.path[0], around)
  const page = new Events(around)
  await page.start()
  return page
}

class Events {
  title = 'Events'

  constructor ({ query, refresh }) {
    this.refresh = refresh
    this.filter = Object.fromEntries(FILTERS.map(name => [name, query.get(name) || '']))
    this.live = query.get('live') === 'yes'
    this.tail = new Tail(refresh)
    this.rows = []
    this.next = null
    this.scanned = 0
    this.of = 0
    this.busy = false
    this.failure = null
    this.pipelines = []
  }

  async start () {
    this.pipelines = (await get('ledger')).lanes
    if (this.live) this.tail.open(this.filter)
    else await this.find()
  }

  close () {
    this.tail.close()
    this.asked?.abort()
  }

  /** @param {boolean} [more] goes on where the last search ended */
  async find (more = false) {
    this.asked?.abort()
    const asked = this.asked = new AbortController()
    if (!more) { this.rows = []; this.scanned = 0; this.next = null }
    this.busy = true
    this.failure = null
    this.refresh()
    const wanted = this.rows.length + LIMIT
    try {
      do {
        const answer = await get('events', { ...this.filter, limit: wanted - this.rows.length, before: this.next, within: WITHIN }, asked.signal)
        this.rows = [...this.rows, ...answer.events]
        this.scanned += answer.scanned
        this.of = Math.max(this.scanned, answer.of ?? 0)
        this.next = answer.next
        this.refresh()
      } while (this.next !== null && this.rows.length < wanted)
    } catch (failure) {
      if (asked.signal.aborted) return
      this.failure = failure
    }
    this.busy = false
    this.refresh()
  }

  stop () {
    this.asked?.abort()
    this.busy = false
    this.refresh()
  }

  apply (event) {
    event.preventDefault()
    const form = new FormData(event.target)
    this.filter = Object.fromEntries(FILTERS.map(name => [name, String(form.get(name) || '').trim()]))
    // The fields' times are of this browser's zone; the address holds them in UTC, so that it means the same elsewhere.
    for (const name of TIMES) if (this.filter[name]) this.filter[name] = new Date(this.filter[name]).toISOString()
    this.restart()
  }

  /** Also what is typed and was not applied, of which the filter knows nothing. @param {HTMLFormElement} form */
  clear (form) {
    for (const name of FILTERS) form.elements[name].value = ''
    this.filter = Object.fromEntries(FILTERS.map(name => [name, '']))
    this.restart()
  }

  restart () {
    note({ ...this.filter, live: this.live ? 'yes' : '' })
    this.tail.close()
    if (this.live) this.tail.open(this.filter)
    else this.find()
    this.refresh()
  }

  switchLive () {
    this.live = !this.live
    this.stop()
    this.restart()
  }

  view () {
    return html`
      ${head('Events', 'What came in and what became of it. Identifiers are masked until you ask for them.', html`
        <button aria-pressed=${this.live} class=${this.live ? 'main' : ''} @click=${() => this.switchLive()}>${this.live ? 'Stop watching' : 'Watch live'}</button>`)}
      <div class="stack">
        ${this.form()}
        ${this.live ? this.tail.view() : this.found()}
        ${this.failure ? failed(this.failure, () => this.find()) : nothing}
        ${this.list(this.live ? this.tail.rows : this.rows)}
        ${!this.live && !this.busy && this.next !== null ? html`<div class="row"><button @click=${() => this.find(true)}>Look further back</button></div>` : nothing}
      </div>`
  }

  form () {
    const pipelines = [...new Set(this.pipelines.map(lane => lane.pipeline))]
    const integrations = [...new Set(this.pipelines.map(lane => lane.integration))]
    return html`<form class="card filters" @submit=${event => this.apply(event)} aria-label="Filter">
      ${this.choice('pipeline', 'Pipeline', pipelines)}${this.choice('integration', 'Integration', integrations)}
      ${this.text('event', 'Event name', 'order_completed')}${this.choice('outcome', 'Outcome', OUTCOMES)}
      ${this.text('reason', 'Reason', 'missing_identity')}${this.text('q', 'Property', 'properties.order_id:4711')}
      <details ?open=${Boolean(this.filter.userId || this.filter.anonymousId || this.filter.from || this.filter.to)}><summary class="small">More: person and time</summary><div class="filters inner">
        ${this.text('userId', 'User id')}${this.text('anonymousId', 'Anonymous id')}
        ${this.time('from', 'Received from')}${this.time('to', 'Received before')}</div></details>
      <div class="row end"><button type="button" class="plain" @click=${event => this.clear(event.target.form)}>Clear</button>
        <button class="main">Show</button></div>
    </form>`
  }

  choice (name, label, values) {
    const id = 'filter-' + name
    return field({ id, label, control: html`<select id=${id} name=${name} .value=${this.filter[name]}><option value="">all</option>${values.map(value => html`
      <option value=${value} ?selected=${value === this.filter[name]}>${value}</option>`)}</select>` })
  }

  text (name, label, example) {
    const id = 'filter-' + name
    return field({ id, label, control: html`<input id=${id} name=${name} .value=${this.filter[name]} placeholder=${ifDefined(example)} spellcheck="false" autocomplete="off">` })
  }

  time (name, label) {
    const id = 'filter-' + name
    return field({ id, label, control: html`<input id=${id} name=${name} type="datetime-local" step="any" .value=${localTime(this.filter[name])}>` })
  }

  found () {
    if (this.busy) {
      return html`<div class="row"><progress class="grow" max=${this.of || 1} value=${ifDefined(this.of ? this.scanned : undefined)} aria-label="Searching"></progress>
        <span class="small muted number">${count(this.scanned)}${this.of ? ` of ${count(this.of)}` : ''} events looked at</span><button class="small" @click=${() => this.stop()}>Stop</button></div>`
    }
    return html`<p class="small muted number">${count(this.rows.length)} shown, newest first; ${count(this.scanned)} looked at.</p>`
  }

  list (rows) {
    if (rows.length === 0) {
      if (this.busy) return nothing
      return this.live
        ? empty('Waiting for events', 'Each event appears here when its outcome is known.')
        : empty('No event fits', 'Loosen the filter, or look further back.')
    }
    return html`<div class="card flush">${table('Events', ['Received', 'Event', 'User', 'Outcome'], repeat(rows, row => row.key ?? `${row.pipeline} ${row.sequence}`, row => html`
      <tr class="pick" @click=${event => { if (!(event.target instanceof Element && event.target.closest('a'))) go(this.link(row)) }}>
        <td>${moment(row.receivedAt)}<br><span class="muted small">${row.pipeline}</span></td>
        <td><a href=${this.link(row)} dir="auto">${cut(row.event || row.type, 80)}</a><br><span class="muted small">${row.type}</span></td>
        <td class="mono small">${cut(row.userId || row.anonymousId || '', 40)}</td>
        <td><div class="stack tight">${row.lanes.map(lane => html`<span>${badge(lane.outcome)} <span class="small">${lane.reason ? words(lane.reason) : ''}
          ${row.lanes.length > 1 ? html`<span class="muted">${lane.integration}</span>` : nothing}</span></span>`)}</div></td>
      </tr>`))}</div>`
  }

  link (row) { return href('events/' + encode(row.messageId)) }
}

