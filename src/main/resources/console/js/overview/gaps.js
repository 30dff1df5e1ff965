// What a lane's mapping lacks: events that nothing maps, and keys that were left out or cut to make events fit.
import { html, nothing } from '../html.js'
import { encode, get } from '../api.js'
import { href } from '../router.js'
import { session } from '../session.js'
import { table } from '../ui/parts.js'
import { count, cut, moment, plural, words } from '../ui/format.js'

const DAYS = 7
const MOST = 50

export class Gaps {
  at = 0
  since = ''
  lanes = []

  /** Asks again when the last answer is older than that. @param {number} age milliseconds @param {AbortSignal} [signal] */
  async load (age, signal) {
    if (Date.now() - this.at < age) return
    const { lanes, since } = await get('events/names', { days: DAYS }, signal)
    this.lanes = lanes
    this.since = since
    this.at = Date.now()
  }

  /** @param {{pipeline: string, integration: string}} lane @param {boolean} unfolded */
  view (lane, unfolded) {
    const gaps = this.lanes.find(one => one.pipeline === lane.pipeline && one.integration === lane.integration)
    if (!gaps) return nothing
    // A name that is its own nearest is mapped by now.
    const unmapped = gaps.unmapped.filter(one => one.nearest !== one.event)
    const trimmed = gaps.trimmed.flatMap(({ event, keys }) => keys.map(key => ({ event, ...key }))).sort((a, b) => b.count - a.count)
    const editor = event => href('integrations/' + encode(lane.integration), { section: event })
    return html`
      ${unmapped.length === 0 ? nothing : html`<details ?open=${unfolded}><summary>${plural(unmapped.length, 'event name')} that nothing maps</summary><div class="stack tight">
        <p class="small muted">Filtered as unmapped event in the last ${DAYS} days.</p>
        ${table('Event names that nothing maps', ['Event', { text: 'Times', number: true }, '', 'Nearest that is mapped'], unmapped.slice(0, MOST).map(one => html`<tr>
          <td class="nowrap" dir="auto">${cut(one.event, 60)}</td><td class="number">${count(one.count)}</td>
          <td class="nowrap">${session.may('edit') ? html`<a href=${editor(one.event)} aria-label="Map this: ${cut(one.event, 60)}">Map this</a>` : nothing}</td><td>${one.nearest ?? ''}</td></tr>`))}
        ${rest(unmapped.slice(MOST).reduce((sum, one) => sum + one.count, gaps.unmappedOther))}</div></details>`}
      ${trimmed.length === 0 ? nothing : html`<details ?open=${unfolded}><summary>${plural(trimmed.length, 'key')} left out or cut to fit</summary><div class="stack tight">
        <p class="small muted">Since ${moment(this.since)}, when the server started.</p>
        ${table('Keys left out or cut', ['Event', 'Key', 'What was done', { text: 'Times', number: true }], trimmed.slice(0, MOST).map(one => html`<tr>
          <td class="nowrap" dir="auto"><a href=${editor(one.event)}>${cut(one.event, 60)}</a></td><td class="mono nowrap" dir="auto">${cut(one.path, 60)}</td><td>${words(one.code)}</td><td class="number">${count(one.count)}</td></tr>`))}
        ${rest(gaps.trimmed.reduce((sum, one) => sum + one.other, gaps.trimmedOther) + trimmed.slice(MOST).reduce((sum, one) => sum + one.count, 0))}</div></details>`}`
  }
}

const rest = n => n === 0 ? nothing : html`<p class="small muted">And ${count(n)} times others.</p>`
