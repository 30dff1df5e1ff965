// The live tail: events as their outcomes become known. Bounded, so that a day of watching needs no more memory.
import { html, nothing } from '../html.js'
import { search } from '../api.js'
import { count, plural } from '../ui/format.js'

const MOST = 200

export class Tail {
  /** @param {() => void} refresh */
  constructor (refresh) {
    this.refresh = refresh
    this.rows = []
    this.paused = false
    this.missed = 0
    this.dropped = 0
    this.seen = 0
    this.broken = false
    this.source = null
    this.next = 0
  }

  /** @param {Record<string, string>} filter */
  open (filter) {
    const { from, to, ...kept } = filter
    this.rows = []
    this.seen = this.missed = this.dropped = 0
    this.source = new EventSource('/api/events/stream' + search(kept))
    this.source.addEventListener('trace', event => this.take(JSON.parse(event.data)))
    this.source.addEventListener('dropped', event => { this.dropped += JSON.parse(event.data).count; this.refresh() })
    this.source.addEventListener('open', () => { this.broken = false; this.refresh() })
    this.source.addEventListener('error', () => { this.broken = true; this.refresh() })
  }

  take (row) {
    this.seen++
    if (this.paused) this.missed++
    else {
      row.key = this.next++
      this.rows.unshift(row)
      if (this.rows.length > MOST) this.rows.length = MOST
    }
    this.refresh()
  }

  close () {
    this.source?.close()
    this.source = null
    this.broken = false
  }

  view () {
    return html`<div class="row spread">
      <p class="small muted number" role="status">${this.broken
        ? 'The server does not answer; trying again.'
        : html`${plural(this.seen, 'event')} seen, the last ${MOST} shown${this.missed ? html`, ${count(this.missed)} passed while paused` : nothing}${this.dropped
          ? html`, ${count(this.dropped)} left out because they came faster than this page reads` : nothing}.`}</p>
      <button class="small" aria-pressed=${this.paused} @click=${() => { this.paused = !this.paused; this.refresh() }}>${this.paused ? 'Go on' : 'Pause the list'}</button>
    </div>`
  }
}
