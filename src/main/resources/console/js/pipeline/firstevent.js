// Waits for a pipeline's first event and says how far it came, or where it got stuck and what to do.
import { html, nothing } from '../html.js'
import { encode, get, serverTime } from '../api.js'
import { href } from '../router.js'
import { badge } from '../ui/parts.js'
import { words } from '../ui/format.js'
import { poll } from '../ui/poll.js'

const KIND = { none: 'info', received: 'info', held: 'info', pending: 'info', filtered: 'warn', rejected: 'bad', delivered: 'good' }
const WORDS = { none: 'Nothing came yet', received: 'Received', held: 'Waits for its identifier', pending: 'Waits to be sent', filtered: 'Filtered', rejected: 'Rejected', delivered: 'Delivered' }

export class FirstEvent {
  /** @param {() => void} refresh */
  constructor (refresh) {
    this.refresh = refresh
    this.lanes = {}
    this.since = null
  }

  watch (pipeline) {
    this.since = serverTime().toISOString()
    this.lanes = {}
    this.polling?.stop()
    this.polling = poll(async signal => {
      for (const lane of pipeline.integrations ?? []) {
        this.lanes[lane.integration] = await get(`lanes/${encode(pipeline.name)}/${encode(lane.integration)}/first-event`, { since: this.since }, signal)
      }
      this.refresh()
    }, 1)
    this.polling.now()
    this.refresh()
  }

  close () { this.polling?.stop() }

  view (pipeline) {
    const results = Object.entries(this.lanes)
    return html`<section class="card stack" aria-label="First event"><h2>First event</h2>
      ${this.since
        ? html`<p class="muted">Now make an event: load a page of the site, or paste the curl line below. This page waits for it.</p>`
        : html`<p class="muted">Watches for the next event and says how far it comes.</p>`}
      <div role="status" class="stack">${results.map(([integration, one]) => html`
        <div class="notice ${KIND[one.stage] ?? ''}"><div class="row"><b>${WORDS[one.stage] ?? one.stage}</b>${one.reason ? badge(one.stage, words(one.reason)) : nothing}<span class="small">${integration}</span></div>
          ${one.detail ? html`<span>${one.detail}</span>` : nothing}${one.advice ? html`<span>${one.advice}</span>` : nothing}
          ${one.messageId ? html`<a href=${href('events/' + encode(one.messageId))}>See its whole way</a>` : nothing}</div>`)}</div>
      <div class="row"><button class=${this.since ? '' : 'main'} ?disabled=${!pipeline.integrations?.length} @click=${() => this.watch(pipeline)}>${this.since ? 'Watch for another' : 'Watch for an event'}</button>
        ${this.since ? html`<button class="plain" @click=${() => { this.close(); this.since = null; this.refresh() }}>Stop</button>` : nothing}</div>
    </section>`
  }
}
