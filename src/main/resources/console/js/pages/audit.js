// Who may do what, and who changed what.
import { html, nothing } from '../html.js'
import { get } from '../api.js'
import { session } from '../session.js'
import { empty, failed, head, table } from '../ui/parts.js'
import { cut, moment } from '../ui/format.js'

/** @param {{refresh: () => void}} around */
export async function open ({ refresh }) {
  const page = new Audit(refresh)
  await page.load()
  return page
}

class Audit {
  title = 'Access and audit'

  constructor (refresh) {
    this.refresh = refresh
    this.entries = []
    this.users = null
    this.next = null
    this.failure = null
  }

  async load (more = false) {
    this.again = () => this.load(more)
    this.failure = null
    try {
      if (session.may('admin') && !this.users) this.users = (await get('users')).users
      if (session.may('audit')) {
        const answer = await get('audit', { limit: 100, before: more ? this.next : '' })
        this.entries = more ? [...this.entries, ...answer.entries] : answer.entries
        this.next = answer.next
      }
    } catch (failure) {
      this.failure = failure
    }
    this.refresh()
  }

  view () {
    return html`
      ${head('Access and audit', html`You are ${session.current.name}, ${session.current.role}: you may ${session.current.permissions.join(', ')}.`)}
      <div class="stack loose">
        ${this.failure ? failed(this.failure, this.again) : nothing}
        ${this.users ? html`<section class="card flush"><div class="card-head"><h2>People</h2></div>
          ${this.users.length === 0 ? html`<p class="card-text">Nobody has a name yet; who signs in uses the admin token.</p>` : table('People', ['Name', 'Role'], this.users.map(user => html`<tr><td>${user.name}</td><td>${user.role}</td></tr>`))}
          <p class="card-text muted small">Add one with <code>./waybill user add NAME --role editor --data DIR</code>; <code>./waybill user --help</code> tells the rest.</p></section>` : nothing}
        ${session.may('audit')
          ? this.entries.length === 0
            ? this.failure ? nothing : empty('No change yet', 'Every change is listed here: by whom, what, from what to what.')
            : html`<section class="card flush"><div class="card-head"><h2>Changes</h2></div>
              ${table('Changes', ['When', 'Who', 'What', 'Of what', 'From', 'To'], this.entries.map(entry => html`<tr><td>${moment(entry.at)}</td><td>${entry.who}</td><td>${entry.what}</td>
                <td class="mono small">${entry.subject}</td><td class="small">${cut(entry.from ?? '', 120)}</td><td class="small">${cut(entry.to ?? '', 120)}</td></tr>`))}
              ${this.next ? html`<p class="card-text"><button class="plain" @click=${() => this.load(true)}>Older ones</button></p>` : nothing}</section>`
          : html`<div class="notice">Your role does not read the audit journal.</div>`}
      </div>`
  }
}
