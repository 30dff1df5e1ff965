// Replays: how far they are, and starting one over a range of time.
import { html, nothing, repeat } from '../html.js'
import { encode, get, post } from '../api.js'
import { session } from '../session.js'
import { ask } from '../ui/dialog.js'
import { empty, field, head } from '../ui/parts.js'
import { count, moment, plural, words } from '../ui/format.js'
import { poll } from '../ui/poll.js'
import { toast } from '../ui/toast.js'

/** @param {{query: URLSearchParams, refresh: () => void}} around */
export async function open ({ query, refresh }) {
  const page = new Replays(query.get('id') || '', refresh)
  await page.load()
  return page
}

class Replays {
  title = 'Replays'

  constructor (id, refresh) {
    this.refresh = refresh
    this.id = id
    this.replays = []
  }

  async load () {
    this.lanes = (await get('ledger')).lanes.filter(lane => lane.state !== 'removed')
    await this.fetch()
    this.polling = poll(signal => this.fetch(signal), 2)
  }

  async fetch (signal) {
    this.replays = (await get('replays', {}, signal)).replays
    this.refresh()
  }

  close () { this.polling?.stop() }

  async start (event) {
    event.preventDefault()
    const form = new FormData(event.target)
    const [pipeline, integration] = JSON.parse(String(form.get('lane')))
    const range = { includeDelivered: form.get('includeDelivered') === 'on' }
    for (const name of ['from', 'to']) {
      const value = String(form.get(name) || '')
      if (value) range[name] = new Date(value).toISOString()
    }
    for (const name of ['event', 'reason']) if (form.get(name)) range[name] = form.get(name)
    const path = `lanes/${encode(pipeline)}/${encode(integration)}/replay`
    try {
      const counted = await post(path, { ...range, dryRun: true })
      if (counted.selected === 0) {
        toast('No event of that range was left undelivered.')
        return
      }
      const warning = range.includeDelivered
        ? 'Some of them were delivered before: Kargo can’t tell a repeat and counts them twice.'
        : 'They go through the revision that is pinned today. Kargo dates an event by its arrival.'
      if (!await ask(`Send ${plural(counted.selected, 'event')} again?`, warning, `Replay ${count(counted.selected)}`, { danger: range.includeDelivered })) return
      const started = await post(path, range)
      this.id = started.id
      await this.polling.now()
    } catch (refused) {
      toast(refused.message, 'bad')
    }
  }

  view () {
    return html`
      ${head('Replays', 'Sending events again, through today’s revision. Live traffic goes first.')}
      <div class="stack loose">
        ${session.may('deploy') && this.lanes.length > 0 ? this.form() : nothing}
        ${this.replays.length === 0
          ? empty('No replay yet', 'Replay dead letters from their page, or a range of time here.')
          : repeat(this.replays, one => one.id, one => this.row(one))}
      </div>`
  }

  form () {
    return html`<form class="card stack" @submit=${event => this.start(event)}><h2>Replay a range</h2><div class="filters">
      ${field({ id: 'lane', label: 'Lane', control: html`<select id="lane" name="lane">${this.lanes.map(lane => html`<option value=${JSON.stringify([lane.pipeline, lane.integration])}>${lane.pipeline} → ${lane.integration}</option>`)}</select>` })}
      ${field({ id: 'from', label: 'Received from', must: true, control: html`<input id="from" name="from" type="datetime-local" required>` })}
      ${field({ id: 'to', label: 'Received before', must: true, control: html`<input id="to" name="to" type="datetime-local" required>` })}
      ${field({ id: 'event', label: 'Only the event', control: html`<input id="event" name="event" placeholder="all">` })}
      ${field({ id: 'reason', label: 'Only the reason', control: html`<input id="reason" name="reason" placeholder="all">` })}</div>
      <label class="check"><input type="checkbox" name="includeDelivered"> Also what was delivered (Kargo then counts it twice)</label>
      <div class="row end"><button class="main">Count them</button></div></form>`
  }

  row (one) {
    const done = one.selected - one.pending
    return html`<section class="card stack" aria-label="Replay ${one.id}" data-chosen=${one.id === this.id}>
      <div class="row spread"><h2>${one.what}</h2><span class="muted small">${one.pipeline} → ${one.integration}, started ${moment(one.createdAt)}</span></div>
      <progress max=${Math.max(1, one.selected)} value=${done} aria-label="Progress"></progress>
      <p class="number">${count(done)} of ${plural(one.selected, 'event')}: ${count(one.delivered)} delivered, ${count(one.filtered)} filtered, ${count(one.rejected)} rejected, ${count(one.pending)} pending</p>
      ${Object.keys(one.reasons || {}).length ? html`<p class="small muted">${Object.entries(one.reasons).map(([reason, n]) => `${words(reason)}: ${count(n)}`).join(', ')}</p>` : nothing}
    </section>`
  }
}
