// Confirm with Kargo: counts to hold against Kargo's report, evidence to send, and Kargo's word with a date.
import { html, nothing } from '../html.js'
import { call, encode, get, put, search } from '../api.js'
import { href } from '../router.js'
import { session } from '../session.js'
import { badge, empty, failed, field, head, loading, table } from '../ui/parts.js'
import { count, cut, dateIn, localDay, moment, ZONE } from '../ui/format.js'
import { Latest } from '../ui/latest.js'
import { toast } from '../ui/toast.js'
import { json } from '../ui/json.js'
import { save } from '../workspace/offer.js'

const ZONES = Intl.supportedValuesOf('timeZone')

/** @param {{query: URLSearchParams, refresh: () => void, note: (query: Record<string, unknown>) => void}} around */
export async function open (around) {
  const page = new Confirm(around)
  await page.start()
  return page
}

class Confirm {
  title = 'Confirm with Kargo'

  constructor ({ query, refresh, note }) {
    this.refresh = refresh
    this.note = note
    this.latest = new Latest()
    this.wanted = { pipeline: query.get('pipeline'), integration: query.get('integration') }
    this.lane = query.get('lane') || ''
    this.zone = query.get('zone') || ZONE
    this.days = Number(query.get('days')) || 14
    this.rows = null
    this.evidence = null
    this.failure = null
  }

  async start () {
    const [{ lanes, replays }, { integrations }] = await Promise.all([get('ledger'), get('integrations')])
    this.lanes = lanes.filter(lane => lane.state !== 'removed').map(lane => ({ ...lane, key: `${lane.pipeline}/${lane.integration}` }))
    this.integrations = integrations
    this.replays = replays
    const { pipeline, integration } = this.wanted
    this.current = this.lanes.find(lane => lane.key === this.lane)
      ?? this.lanes.find(lane => lane.integration === integration && (!pipeline || lane.pipeline === pipeline)) ?? this.lanes[0]
    if (this.current) await this.load()
  }

  query () { return { days: this.days, zone: this.zone, pipeline: this.current.pipeline, integration: this.current.integration } }

  async load () {
    this.note({ lane: this.current.key, zone: this.zone, days: this.days })
    const signal = this.signal = this.latest.next()
    this.rows = this.evidence = this.failure = null
    this.refresh()
    try {
      const { lanes } = await get('ledger/series', this.query(), signal)
      this.rows = lanes[0]?.rows ?? []
    } catch (failure) {
      if (signal.aborted) return
      this.failure = failure
    }
    this.refresh()
  }

  close () { this.latest.end() }

  async download () {
    try {
      const { body } = await call('GET', 'ledger/series' + search(this.query()), { headers: { Accept: 'text/csv' } })
      save(`${this.current.integration}-daily.csv`, typeof body === 'string' ? body : '', 'text/csv')
    } catch (failure) {
      toast(failure.message, 'bad')
    }
  }

  path () { return `lanes/${encode(this.current.pipeline)}/${encode(this.current.integration)}/evidence` }

  async show () {
    const { signal } = this
    try {
      this.evidence = (await get(this.path(), { limit: 20 }, signal)).rows
    } catch (failure) {
      if (signal.aborted) return
      toast(failure.message, 'bad')
    }
    this.refresh()
  }

  async downloadEvidence () {
    try {
      const { body } = await call('GET', this.path() + search({ limit: 20 }), { headers: { Accept: 'text/csv' } })
      save(`${this.current.integration}-evidence.csv`, typeof body === 'string' ? body : '', 'text/csv')
    } catch (failure) {
      toast(failure.message, 'bad')
    }
  }

  async confirm (event) {
    event.preventDefault()
    const form = new FormData(event.target)
    try {
      const word = { by: form.get('by'), date: form.get('date'), ...(form.get('note') ? { note: form.get('note') } : {}) }
      await put(`integrations/${encode(this.current.integration)}/confirmation`, word)
      this.integrations = (await get('integrations')).integrations
      toast('Kept: Kargo has confirmed this integration.')
    } catch (refused) {
      toast(refused.message, 'bad')
    }
    this.refresh()
  }

  view () {
    if (!this.current) return html`${head('Confirm with Kargo', '')}${empty('Nothing is delivered yet', 'Once a pipeline sends events, its counts stand here, to hold against Kargo’s report.')}`
    const confirmed = this.integrations.find(one => one.name === this.current.integration)?.confirmed
    return html`
      ${head('Confirm with Kargo', 'Kargo’s page asks you to confirm that events, parameters and lex_id arrive. These are the numbers and the proof.', confirmed ? badge('delivered', `confirmed ${confirmed.date}`) : badge('medium', 'not yet confirmed by Kargo'))}
      <div class="stack loose">
        <div class="card filters">
          ${field({ id: 'lane', label: 'Lane', control: html`<select id="lane" @change=${event => { this.current = this.lanes.find(lane => lane.key === event.target.value); this.load() }}>${this.lanes.map(lane => html`<option value=${lane.key} ?selected=${lane === this.current}>${lane.pipeline} → ${lane.integration}</option>`)}</select>` })}
          ${field({ id: 'days', label: 'Days', control: html`<select id="days" @change=${event => { this.days = Number(event.target.value); this.load() }}>${[7, 14, 30, 90].map(n => html`<option value=${n} ?selected=${n === this.days}>${n}</option>`)}</select>` })}
          ${field({ id: 'zone', label: 'Time zone of Kargo’s report', control: html`<input id="zone" list="zones" .value=${this.zone} aria-describedby="zone-help" @change=${event => { this.zone = event.target.value; this.load() }}><datalist id="zones">${ZONES.map(zone => html`<option value=${zone}></option>`)}</datalist>` })}
          <button @click=${() => this.download()}>Download CSV</button></div>
        ${this.failure ? failed(this.failure, () => this.load()) : this.rows ? this.counts() : loading()}
        ${session.may('reveal') ? this.evidenceView() : nothing}
        ${session.may('deploy') ? this.word(confirmed) : nothing}
      </div>`
  }

  /** What was sent again, which Kargo counts and these days don't. */
  again () {
    const from = Date.now() - this.days * 86400000
    const delivered = this.replays.filter(one => one.pipeline === this.current.pipeline && one.integration === this.current.integration && Date.parse(one.createdAt) >= from)
      .reduce((sum, one) => sum + one.delivered, 0)
    return delivered === 0 ? nothing : html`<p class="notice info">Replays of these days delivered ${count(delivered)} more, which are not in this table: see <a href=${href('replays')}>Replays</a>.</p>`
  }

  counts () {
    const names = [...new Set(this.rows.flatMap(row => Object.entries(row.events).filter(([, one]) => one.delivered > 0).map(([name]) => name)))].sort()
    const days = this.rows.filter(row => row.delivered > 0)
    if (days.length === 0) return html`${this.again()}${empty('No event was delivered in these days', 'Choose more days, or look at the overview for what keeps them.')}`
    return html`${this.again()}<section class="card flush" aria-label="Delivered a day"><div class="card-head"><h2>Delivered a day, by event name</h2><span class="muted small">Days in ${this.zone}</span></div>
      ${table('Delivered a day', ['Day', { text: 'All', number: true }, ...names.map(name => ({ text: name, number: true }))], [...days].reverse().map(row => html`<tr><td class="nowrap">${dateIn(row.start, this.zone)}</td><td class="number strong">${count(row.delivered)}</td>
        ${names.map(name => html`<td class="number">${count(row.events[name]?.delivered ?? 0)}</td>`)}</tr>`))}</section>`
  }

  evidenceView () {
    return html`<section class="card stack" aria-label="Evidence"><h2>Evidence to send to Kargo</h2>
      <p class="muted">The newest deliveries with time, body, the whole lex_id and Kargo’s answer. It holds identifiers: send it to Kargo only. Showing it is written into the audit journal.</p>
      <div class="row"><button @click=${() => this.show()}>Show the newest 20</button><button @click=${() => this.downloadEvidence()}>Download as CSV</button></div>
      ${this.evidence === null ? nothing : this.evidence.length === 0 ? html`<p>No delivery is kept.</p>` : table('Evidence', ['Sent', 'Event', 'lex_id', 'Answer', 'Body'], this.evidence.map(row => html`<tr><td>${moment(row.at)}</td><td>${row.event}</td>
        <td class="mono small">${row.lexId}</td><td>${row.status} <span class="mono small">${cut(row.answer ?? '', 60)}</span></td><td><details><summary class="small">Show</summary>${json(row.request)}</details></td></tr>`))}</section>`
  }

  word (confirmed) {
    return html`<form class="card stack" @submit=${event => this.confirm(event)} aria-label="Kargo’s word"><h2>Kargo’s word</h2>
      ${confirmed ? html`<p>${confirmed.by} on ${confirmed.date}${confirmed.note ? ': ' + confirmed.note : ''}</p>` : html`<p class="muted">Until somebody writes down here that Kargo confirmed it, the integration stays “not yet confirmed”.</p>`}
      <div class="filters">
        ${field({ id: 'by', label: 'Who at Kargo', must: true, control: html`<input id="by" name="by" required>` })}
        ${field({ id: 'date', label: 'Day', must: true, control: html`<input id="date" name="date" type="date" required .value=${localDay(new Date())}>` })}
        ${field({ id: 'note', label: 'Note', control: html`<input id="note" name="note">` })}</div>
      <div class="row end"><button class="main">Kargo confirmed it</button></div></form>`
  }
}
