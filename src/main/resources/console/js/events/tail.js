// The live tail: events as their outcomes become known. Bounded, so that a day of watching needs no more memory.
import { html, nothing } from '../html.js'
import { call, search } from '../api.js'
import { count, plural } from '../ui/format.js'

const MOST = 200
const AGAIN_MS = 3000
const LOST = 'The connection is lost; trying again.'

export class Tail {
  /** @param {() => void} refresh */
  constructor (refresh) {
    this.refresh = refresh
    this.rows = []
    this.paused = false
    this.missed = 0
    this.dropped = 0
    this.seen = 0
    /** Why there is no stream now; empty while there is one. */
    this.trouble = ''
    this.source = null
    this.next = 0
  }

  /** @param {Record<string, string>} filter */
  open (filter) {
    const { from, to, ...kept } = filter
    this.path = 'events/stream' + search(kept)
    this.rows = []
    this.seen = this.missed = this.dropped = 0
    this.connect()
  }

  connect () {
    const source = this.source = new EventSource('/api/' + this.path)
    source.addEventListener('trace', event => this.take(JSON.parse(event.data)))
    source.addEventListener('dropped', event => { this.dropped += JSON.parse(event.data).count; this.refresh() })
    source.addEventListener('open', () => this.tell(''))
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) this.refused(source)
      else this.tell(LOST)
    })
  }

  /** A refused EventSource gives up and doesn't tell why: asks, so that an ended session leads to the sign-in. */
  async refused (source) {
    let why = LOST
    let again = true
    try {
      await call('GET', this.path, { opens: true })
    } catch (failure) {
      again = failure.status === 0 || failure.status >= 500
      // What has no reason isn't this server's, but a proxy's.
      if (!again) why = failure.message
      else if (failure.status > 0) why = `${failure.reason ? failure.message : `The answer was ${failure.status}.`} Trying again.`
    }
    if (source !== this.source) return
    this.tell(why)
    if (again) this.retry = setTimeout(() => this.connect(), AGAIN_MS)
  }

  tell (trouble) {
    this.trouble = trouble
    this.refresh()
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
    clearTimeout(this.retry)
    this.source?.close()
    this.source = null
    this.trouble = ''
  }

  view () {
    return html`<div class="row spread">
      <div class="small muted"><p role="status" class=${this.trouble ? 'error' : ''}>${this.trouble || (this.paused ? 'The list is paused.' : 'Watching.')}</p>
        <p class="number">${plural(this.seen, 'event')} seen, the last ${MOST} shown${this.missed ? html`, ${count(this.missed)} passed while paused` : nothing}${this.dropped
          ? html`, ${count(this.dropped)} left out because they came faster than this page reads` : nothing}.</p></div>
      <button class="small" aria-pressed=${this.paused} @click=${() => { this.paused = !this.paused; this.refresh() }}>${this.paused ? 'Go on' : 'Pause the list'}</button>
    </div>`
  }
}
