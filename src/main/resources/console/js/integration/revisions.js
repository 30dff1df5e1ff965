// The saved revisions, what differs between any two, and which pipelines run which.
import { html, nothing } from '../html.js'
import { encode, get } from '../api.js'
import { href } from '../router.js'
import { session } from '../session.js'
import { badge, failed, field, table } from '../ui/parts.js'
import { moment } from '../ui/format.js'
import { diffView } from './diff.js'

export class Revisions {
  /** @param {import('./page.js').IntegrationPage} page */
  constructor (page) {
    this.page = page
    const numbers = page.integration.revisions.map(one => one.revision).sort((a, b) => b - a)
    this.to = numbers[0]
    this.from = numbers[1] ?? numbers[0]
    this.diff = null
    this.failure = null
  }

  async load () {
    try {
      this.diff = await get(`integrations/${encode(this.page.integration.name)}/diff`, { from: this.from, to: this.to })
      this.failure = null
    } catch (failure) {
      this.failure = failure
    }
    this.page.refresh()
  }

  view () {
    const { integration } = this.page
    const sorted = [...integration.revisions].sort((a, b) => b.revision - a.revision)
    const choice = (id, label, key) => field({ id, label, control: html`<select id=${id} @change=${event => { this[key] = Number(event.target.value); this.diff = null; this.page.refresh() }}>${sorted.map(one => html`
      <option value=${one.revision} ?selected=${one.revision === this[key]}>${one.revision}${one.note ? ': ' + one.note : ''}</option>`)}</select>` })
    return html`
      <section class="card flush" aria-label="Revisions"><div class="card-head"><h2>Revisions</h2></div>
        ${table('Revisions', ['Revision', 'Note', 'Saved', 'Runs in', ''], sorted.map(one => html`<tr>
          <td><a href=${href(`integrations/${encode(integration.name)}/${one.revision}`, { tab: 'mappings' })}>${one.revision}</a></td><td>${one.note ?? ''}${one.author ? html` <span class="muted small">${one.author}</span>` : nothing}</td>
          <td>${one.savedAt ? moment(one.savedAt) : ''}</td>
          <td>${(one.pinnedBy ?? []).map(pipeline => html`<a href=${href('pipelines/' + encode(pipeline))}>${badge('running', pipeline)}</a> `)}</td>
          <td>${session.may('deploy') ? html`<a class="button small" href=${href('pipelines')}>Pin in a pipeline</a>` : nothing}</td></tr>`))}</section>
      <section class="card stack" aria-label="What differs"><h2>What differs</h2>
        <div class="filters">${choice('diff-from', 'From', 'from')}${choice('diff-to', 'To', 'to')}<button @click=${() => this.load()}>Show the difference</button></div>
        ${this.failure ? failed(this.failure) : nothing}${this.diff ? diffView(this.diff) : nothing}</section>`
  }
}
