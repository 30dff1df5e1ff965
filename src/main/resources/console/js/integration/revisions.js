// The saved revisions, what differs between any two, and which pipelines run which.
import { html, nothing } from '../html.js'
import { encode, get } from '../api.js'
import { href } from '../router.js'
import { session } from '../session.js'
import { badge, failed, field, table } from '../ui/parts.js'
import { moment } from '../ui/format.js'
import { toast } from '../ui/toast.js'
import { diffView } from './diff.js'
import { pin } from './pin.js'
import { offerReplay } from './rollback.js'

export class Revisions {
  /** @param {import('./page.js').IntegrationPage} page */
  constructor (page) {
    this.page = page
    const numbers = page.integration.revisions.map(one => one.revision).sort((a, b) => b - a)
    this.to = numbers[0]
    this.from = numbers[1] ?? numbers[0]
    this.diff = null
    this.failure = null
    this.pinning = false
    this.notPinned = null
  }

  async load () {
    const { from, to } = this
    let diff = null
    let failure = null
    try {
      diff = await get(`integrations/${encode(this.page.integration.name)}/diff`, { from, to })
    } catch (refused) {
      failure = refused
    }
    if (from !== this.from || to !== this.to) return
    Object.assign(this, { diff, failure })
    this.page.refresh()
  }

  /** Pins a revision in one click; after a roll back what the other one took may be replayed. */
  async pin (pipeline, revision, before) {
    const integration = this.page.integration.name
    this.pinning = true
    this.notPinned = null
    this.page.refresh()
    try {
      const done = await pin(pipeline, integration, revision)
      if (done) {
        toast(done.inForce ? `${pipeline} runs revision ${revision} now.` : `Saved, but ${pipeline} does not run revision ${revision} yet. Look at its page.`)
        await this.page.look()
        if (done.inForce && revision < before) await offerReplay({ pipeline, integration, bad: before, good: revision })
      }
    } catch (failure) {
      this.notPinned = failure
    }
    this.pinning = false
    this.page.refresh()
  }

  /** Pinning it in each pipeline that runs another one. */
  actions (one, pins) {
    if (!session.may('deploy') || !one.inForce) return nothing
    return html`<div class="row end">${pins.filter(([, pinned]) => pinned !== one.revision).map(([pipeline, pinned]) => {
      const text = `${one.revision < pinned ? 'Roll back to' : 'Pin'} ${one.revision}`
      return html`<button class="small" aria-label="${text} in ${pipeline}" ?disabled=${this.pinning} @click=${() => this.pin(pipeline, one.revision, pinned)}>${text}${pins.length > 1 ? ` in ${pipeline}` : ''}</button>`
    })}</div>`
  }

  view () {
    const { integration } = this.page
    const sorted = [...integration.revisions].sort((a, b) => b.revision - a.revision)
    const pins = sorted.flatMap(one => (one.pinnedBy ?? []).map(pipeline => [pipeline, one.revision]))
    const choice = (id, label, key) => field({ id, label, control: html`<select id=${id} @change=${event => { this[key] = Number(event.target.value); this.diff = null; this.page.refresh() }}>${sorted.map(one => html`
      <option value=${one.revision} ?selected=${one.revision === this[key]}>${one.revision}${one.note ? ': ' + one.note : ''}</option>`)}</select>` })
    return html`
      <section class="card flush" aria-label="Revisions"><div class="card-head"><h2>Revisions</h2>
          ${pins.length === 0 && session.may('deploy') ? html`<a class="button small" href=${href('pipelines')}>Pin in a pipeline</a>` : nothing}</div>
        ${this.notPinned ? failed(this.notPinned) : nothing}
        ${table('Revisions', ['Revision', 'Note', 'Saved', 'Runs in', ''], sorted.map(one => html`<tr>
          <td><a href=${href(`integrations/${encode(integration.name)}/${one.revision}`, { tab: 'mappings' })}>${one.revision}</a></td><td>${one.note ?? ''}${one.author ? html` <span class="muted small">${one.author}</span>` : nothing}</td>
          <td>${one.savedAt ? moment(one.savedAt) : ''}</td>
          <td>${(one.pinnedBy ?? []).map(pipeline => html`<a href=${href('pipelines/' + encode(pipeline))}>${badge('running', pipeline)}</a> `)}</td>
          <td>${this.actions(one, pins)}</td></tr>`))}</section>
      <section class="card stack" aria-label="What differs"><h2>What differs</h2>
        <div class="filters">${choice('diff-from', 'From', 'from')}${choice('diff-to', 'To', 'to')}<button @click=${() => this.load()}>Show the difference</button></div>
        ${this.failure ? failed(this.failure) : nothing}${this.diff ? diffView(this.diff) : nothing}</section>`
  }
}
