// Two revisions over the events that really came: what would be sent otherwise.
import { html, nothing } from '../html.js'
import { encode, post } from '../api.js'
import { href } from '../router.js'
import { failed, field, table } from '../ui/parts.js'
import { count, cut, plural, words } from '../ui/format.js'

export class Compare {
  /** @param {import('./page.js').IntegrationPage} page @param {URLSearchParams} query */
  constructor (page, query) {
    this.page = page
    const numbers = page.integration.revisions.map(one => one.revision).sort((a, b) => a - b)
    const pinned = page.integration.revisions.find(one => one.pinnedBy?.length)?.revision
    this.from = Number(query.get('from')) || pinned || numbers[0]
    this.to = Number(query.get('to')) || numbers.at(-1)
    this.pipeline = page.pipelines[0] ?? ''
    this.last = 1000
    this.answer = null
    this.failure = null
    this.busy = false
  }

  async run (event) {
    event.preventDefault()
    this.busy = true
    this.page.refresh()
    try {
      this.answer = await post('compare', { pipeline: this.pipeline, integration: this.page.integration.name, from: this.from, to: this.to, last: this.last })
      this.failure = null
    } catch (failure) {
      this.failure = failure
      this.answer = null
    }
    this.busy = false
    this.page.refresh()
  }

  view () {
    const numbers = this.page.integration.revisions.map(one => one.revision).sort((a, b) => b - a)
    const choice = (id, label, key) => field({ id, label, control: html`<select id=${id} @change=${event => { this[key] = Number(event.target.value) }}>${numbers.map(n => html`<option ?selected=${n === this[key]}>${n}</option>`)}</select>` })
    return html`<section class="card stack" aria-label="Compare"><h2>Compare on real traffic</h2>
      <p class="muted">Runs both revisions over the last events of the pipeline, each as if it were pinned. Nothing is sent.</p>
      ${this.pipeline === '' ? html`<div class="notice">No pipeline runs this integration yet, so there are no events to compare on.</div>` : html`
      <form class="filters" @submit=${event => this.run(event)}>${choice('compare-from', 'From revision', 'from')}${choice('compare-to', 'To revision', 'to')}
        ${field({ id: 'compare-last', label: 'Over the last', control: html`<select id="compare-last" @change=${event => { this.last = Number(event.target.value) }}>${[100, 1000, 10000, 100000].map(n => html`<option value=${n} ?selected=${n === this.last}>${count(n)} events</option>`)}</select>` })}
        <button class="main" ?disabled=${this.busy}>${this.busy ? 'Comparing …' : 'Compare'}</button></form>`}
      ${this.failure ? failed(this.failure) : nothing}${this.answer ? this.result(this.answer) : nothing}</section>`
  }

  result (answer) {
    const link = id => html`<a href=${href('events/' + encode(id))} class="mono small">${cut(id, 18)}</a>`
    return html`<div role="status" class="notice ${answer.changed === 0 ? 'good' : 'info'}"><b>${answer.changed === 0 ? `Nothing would change from revision ${answer.from} to ${answer.to}.` : `${count(answer.changed)} of ${plural(answer.events, 'event')} would change from revision ${answer.from} to ${answer.to}.`}</b>
        ${answer.complete ? nothing : html`<span>Ten seconds were not enough for all of them; the oldest were compared.</span>`}</div>
      ${answer.outcomes.length ? html`<h3>Outcomes</h3>${table('Outcomes', ['Event', 'Was', 'Would be', { text: 'Events', number: true }, 'Such as'], answer.outcomes.map(row => html`<tr><td>${row.event}</td><td class="removed">${words(row.from)}</td><td class="added">${words(row.to)}</td>
        <td class="number">${count(row.events)}</td><td>${row.examples.map(one => html`${link(one.messageId)} `)}</td></tr>`))}` : nothing}
      ${answer.keys.length ? html`<h3>Keys</h3>${table('Keys', ['Event', 'Key', 'Change', { text: 'Events', number: true }, 'Such as'], answer.keys.map(row => html`<tr><td>${row.event}</td><td class="mono small">${row.path}</td><td>${row.change}</td>
        <td class="number">${count(row.events)}</td><td>${row.examples.slice(0, 1).map(one => html`<span class="mono small"><span class="removed">${one.before ?? 'absent'}</span> → <span class="added">${one.after ?? 'absent'}</span></span> ${link(one.messageId)}`)}</td></tr>`))}` : nothing}
      ${answer.notices.length ? html`<h3>Notices</h3>${table('Notices', ['Event', 'Notice', 'Key', { text: 'Was', number: true }, { text: 'Would be', number: true }], answer.notices.map(row => html`<tr><td>${row.event}</td><td>${words(row.code)}</td><td class="mono small">${row.path}</td>
        <td class="number">${count(row.before)}</td><td class="number">${count(row.after)}</td></tr>`))}` : nothing}`
  }
}
