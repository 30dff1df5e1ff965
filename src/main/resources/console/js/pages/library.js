// The library: the kits, what each needs and its limits, and creating an integration of one.
import { html, nothing } from '../html.js'
import { encode, get, post } from '../api.js'
import { go, href } from '../router.js'
import { session } from '../session.js'
import { failed, field, head, problems } from '../ui/parts.js'
import { plural } from '../ui/format.js'
import { toast } from '../ui/toast.js'
import { connectionFields } from '../workspace/connection.js'
import { kitTable } from '../workspace/kittable.js'
import { offerFile } from '../workspace/offer.js'

/** @param {{path: string[], refresh: () => void}} around */
export async function open ({ path, refresh }) {
  const { kits } = await get('kits')
  if (path.length === 0) return { title: 'Library', view: () => list(kits) }
  const kit = kits.find(one => one.name === path[0])
  return kit ? new KitPage(kit, refresh) : { title: 'Library', view: () => failed(new Error(`There is no kit named ${path[0]}.`)) }
}

const list = kits => html`
  ${head('Library', 'Destinations that Waybill knows. A kit says how an event becomes a request, and what the destination allows.')}
  <div class="columns">${kits.map(kit => html`<section class="card stack">
    <h2><a href=${href('library/' + encode(kit.name))}>${kit.title}</a></h2><p>${kit.description}</p>
    <p class="small muted">${kit.events.length > 0 ? plural(kit.events.length, 'event') + ' mapped' : 'Sends what you map'}${kit.sync ? ', gets its user id in the browser' : ''}</p>
    <div class="row"><a class="button main" href=${href('library/' + encode(kit.name))}>Add ${kit.title}</a></div></section>`)}</div>`

class KitPage {
  constructor (kit, refresh) {
    this.kit = kit
    this.title = kit.title
    this.refresh = refresh
    this.name = kit.name + '-main'
    this.connection = { parameters: {}, secrets: {} }
    this.problems = []
    this.failure = null
    this.busy = false
  }

  async create (event) {
    event.preventDefault()
    this.busy = true
    this.problems = []
    this.failure = null
    this.refresh()
    try {
      const made = await post('integrations', {
        name: this.name, kit: this.kit.name, note: 'first version', parameters: this.connection.parameters, secrets: this.connection.secrets
      })
      toast(`${made.name} is there, as revision 1.`)
      go(href(`integrations/${encode(made.name)}`))
    } catch (refused) {
      this.busy = false
      this.problems = refused.problems ?? []
      this.failure = refused
      if (refused.reason === 'read_only') offerFile(refused.body)
      this.refresh()
    }
  }

  view () {
    const { kit } = this
    return html`
      ${head(kit.title, kit.description)}
      <div class="beside">
        <div class="stack loose">
          ${kit.needs.length ? html`<section class="card stack"><h2>What it needs</h2><ul>${kit.needs.map(need => html`<li>${need}</li>`)}</ul></section>` : nothing}
          <section class="card stack"><h2>What it allows</h2><dl class="pairs">${limits(kit.limits)}</dl></section>
          ${kit.tables.global.length ? html`<section class="card flush"><div class="card-head"><h2>Every event</h2></div>${kitTable('Every event', kit.tables.global)}</section>` : nothing}
          ${Object.keys(kit.tables.events).length ? html`<section class="card stack"><h2>Each event</h2>
            ${Object.entries(kit.tables.events).map(([event, rows]) => html`<details><summary class="mono">${event}</summary>${kitTable(event, rows)}</details>`)}</section>` : nothing}
        </div>
        <form class="card stack" @submit=${event => this.create(event)}>
          <h2>Add to your integrations</h2>
          ${session.may('edit') ? nothing : html`<div class="notice">Your role can look at this, but not create integrations.</div>`}
          ${field({ id: 'name', label: 'Name', must: true, help: 'Also the name of its folder in the workspace: letters, digits, - and _.', error: this.problem('/name'),
            control: html`<input id="name" .value=${this.name} required aria-describedby="name-help" @input=${event => { this.name = event.target.value }}>` })}
          <h3>Connection parameters</h3>
          ${connectionFields(kit.parameters, this.connection, { changed: this.refresh, problems: this.problems, disabled: !session.may('edit') })}
          ${this.failure ? html`<div class="notice bad" role="alert">${this.failure.message}${problems(this.problems)}</div>` : nothing}
          <button class="main" ?disabled=${this.busy || !session.may('edit')}>${this.busy ? 'Creating …' : 'Create the integration'}</button>
        </form>
      </div>`
  }

  problem (path) { return this.problems.filter(one => one.path === path).map(one => one.message).join(' ') }
}

/** @param {Record<string, number | string>} most what the destination takes at most */
const limits = ({ eventName, object, keys, keyLength, valueLength }) => [
  ['Event name', eventName, 'characters'], [`Keys of ${object ?? 'the body'}`, keys, ''], ['Name of a key', keyLength, 'characters'], ['Value of a key', valueLength, 'characters']
].filter(([, value]) => value != null).map(([what, value, unit]) => html`<dt>${what}</dt><dd>at most ${value} ${unit}</dd>`)
