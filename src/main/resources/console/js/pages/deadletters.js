// Dead letters: what can't be sent as it is, grouped by why, and sending it again.
import { html, nothing, repeat } from '../html.js'
import { call, encode, get, post, search } from '../api.js'
import { go, href } from '../router.js'
import { session } from '../session.js'
import { ask, dialog } from '../ui/dialog.js'
import { Latest } from '../ui/latest.js'
import { badge, empty, failed, head, loading, table } from '../ui/parts.js'
import { count, cut, moment, plural, words } from '../ui/format.js'
import { json } from '../ui/json.js'
import { toast } from '../ui/toast.js'
import { save } from '../workspace/offer.js'

const FILTERS = ['pipeline', 'integration', 'reason', 'event']

/** @param {{path: string[], query: URLSearchParams, refresh: () => void, note: (choices: Record<string, unknown>) => void}} around */
export async function open ({ path, query, refresh, note }) {
  if (path.length > 0) return openLetter(path[0], refresh)
  const page = new DeadLetters(query, refresh, note)
  await page.load()
  return page
}

class DeadLetters {
  title = 'Dead letters'

  constructor (query, refresh, note) {
    this.refresh = refresh
    this.note = note
    this.filter = Object.fromEntries(FILTERS.map(name => [name, query.get(name) || '']))
    this.chosen = new Set()
    this.letters = []
    this.groups = []
    this.latest = new Latest()
    this.loading = false
    this.failure = null
  }

  async load (more = false) {
    const signal = this.latest.next()
    if (!more) Object.assign(this, { letters: [], groups: [], next: null })
    this.again = () => this.load(more)
    this.loading = true
    this.failure = null
    this.refresh()
    try {
      const answer = await get('dead-letters', { ...this.filter, limit: 50, before: this.next }, signal)
      this.letters = [...this.letters, ...answer.deadLetters]
      this.groups = answer.groups
      this.next = answer.next
    } catch (failure) {
      if (signal.aborted) return
      this.failure = failure
    }
    this.loading = false
    this.refresh()
  }

  close () { this.latest.end() }

  pick (filter) {
    this.filter = { ...Object.fromEntries(FILTERS.map(name => [name, ''])), ...filter }
    this.chosen.clear()
    this.note(this.filter)
    this.load()
  }

  /** Counts first, asks, then sends. @param {Record<string, unknown>} selection */
  async replay (selection) {
    try {
      const { selected } = await post('dead-letters/replay', { ...selection, dryRun: true })
      if (selected === 0) {
        toast('None of these is left to send: an earlier replay delivered them all.')
        return
      }
      const text = 'They go through the revision that is pinned today. Kargo dates an event by its arrival, so they count as of now.'
      if (!await ask(`Send ${plural(selected, 'dead letter')} again?`, text, `Replay ${count(selected)}`)) return
      const started = await post('dead-letters/replay', selection)
      go(href('replays', { id: started.id ?? '' }))
    } catch (refused) {
      toast(refused.message, 'bad')
    }
  }

  /** Masked, unless one who may chooses otherwise. */
  async export () {
    const reveal = session.may('reveal')
      ? await dialog(close => html`<div class="stack"><h2>Export the dead letters</h2>
        <p>With what identifies people masked, or as it came; the audit journal keeps the latter.</p>
        <div class="row end"><button @click=${() => close(null)}>Cancel</button><button @click=${() => close('true')}>With identifiers</button>
          <button class="main" autofocus @click=${() => close('')}>Masked</button></div></div>`, { label: 'Export the dead letters' })
      : ''
    if (reveal === null) return
    try {
      const { body } = await call('GET', 'dead-letters' + search({ ...this.filter, reveal }), { headers: { Accept: 'application/x-ndjson' } })
      save('dead-letters.ndjson', body, 'application/x-ndjson')
      toast(reveal ? 'Exported with identifiers; the audit journal says so.' : 'Exported with identifiers masked.')
    } catch (failure) {
      toast(failure.message, 'bad')
    }
  }

  view () {
    const filtered = FILTERS.some(name => this.filter[name])
    const selection = Object.fromEntries(Object.entries(this.filter).filter(([, value]) => value))
    const may = session.may('deploy')
    return html`
      ${head('Dead letters', 'Events that can’t be sent as they are. Mend the cause, then replay them.', html`
        ${this.letters.length > 0 ? html`<button @click=${() => this.export()}>Export NDJSON</button>` : nothing}
        ${may && filtered ? html`<button class="main" @click=${() => this.replay(selection)}>Replay all of this kind</button>` : nothing}`)}
      <div class="stack loose">
        ${this.failure ? failed(this.failure, this.again) : nothing}
        ${this.groupsView(may)}
        ${this.listView(may, filtered)}
        ${this.loading ? loading() : nothing}
      </div>`
  }

  groupsView (may) {
    if (this.groups.length === 0) return nothing
    return html`<section class="card flush" aria-label="By reason"><div class="card-head"><h2>By reason</h2></div>
      ${table('Dead letters by reason', ['Reason', 'Event', 'Lane', { text: 'Letters', number: true }, 'Newest', ''], this.groups.map(group => {
        const only = { reason: group.reason, pipeline: group.pipeline, integration: group.integration, event: group.event }
        return html`<tr><td><a href=${href('dead-letters', only)} @click=${event => { event.preventDefault(); this.pick(only) }}>${words(group.reason)}</a></td>
          <td dir="auto">${cut(group.event, 60)}</td><td class="muted">${group.pipeline} → ${group.integration}</td><td class="number">${count(group.count)}${group.redelivered ? html`<br><span class="small muted">${group.redelivered === group.count ? 'all' : count(group.redelivered)} delivered since</span>` : nothing}</td><td>${moment(group.newest)}</td>
          <td>${may && group.redelivered < group.count ? html`<button class="small" aria-label="Replay ${words(group.reason)} of ${group.event}" @click=${() => this.replay(only)}>Replay</button>` : nothing}</td></tr>`
      }))}</section>`
  }

  listView (may, filtered) {
    if (this.letters.length === 0) {
      return this.loading || this.failure ? nothing : empty(filtered ? 'No dead letter of this kind' : 'No dead letters', 'Every event could be sent, or was filtered for a reason that its lane counts.',
        filtered ? html`<button @click=${() => this.pick({})}>Show all</button>` : nothing)
    }
    const toggle = id => { this.chosen.has(id) ? this.chosen.delete(id) : this.chosen.add(id); this.refresh() }
    return html`<section class="card flush" aria-label="Dead letters">
      <div class="card-head"><div class="row"><h2>${filtered ? 'Of this kind' : 'Newest first'}</h2>
        ${filtered ? html`<button class="small plain" @click=${() => this.pick({})}>Show all</button>` : nothing}</div>
        ${may ? html`<button class="small" ?disabled=${this.chosen.size === 0} @click=${() => this.replay({ ids: [...this.chosen] })}>Replay the chosen ${this.chosen.size || ''}</button>` : nothing}</div>
      ${table('Dead letters', [may ? html`<span class="unseen">Choose</span>` : '', 'Rejected', 'Event', 'Reason', 'Answer', 'Replays'], repeat(this.letters, letter => letter.id, letter => html`<tr>
        <td>${may ? html`<input type="checkbox" aria-label="Choose ${letter.messageId}" .checked=${this.chosen.has(letter.id)} @change=${() => toggle(letter.id)}>` : nothing}</td>
        <td>${moment(letter.at)}</td>
        <td><a href=${href('dead-letters/' + encode(letter.id))} dir="auto">${cut(letter.event, 60)}</a><br><span class="mono small muted">${cut(letter.messageId, 40)}</span></td>
        <td>${words(letter.reason)}<br><span class="small muted">${cut(letter.detail, 160)}</span></td>
        <td>${letter.status || ''}</td>
        <td>${letter.replays.map(one => html`${badge(one.outcome)} `)}</td></tr>`))}
      ${this.next && !this.loading ? html`<div class="row"><button class="plain" @click=${() => this.load(true)}>Older ones</button></div>` : nothing}</section>`
  }
}

/** Whether a replay delivered it. @param {{outcome: string}[]} replays */
const wasSent = replays => replays.some(one => one.outcome === 'delivered')

async function openLetter (id, refresh) {
  const page = { letter: await get('dead-letters/' + encode(id)), title: 'Dead letter' }
  // The choice is not in the address: whoever follows a link to this page decides for themselves.
  const show = async () => {
    try {
      page.letter = await get('dead-letters/' + encode(id), { reveal: 'true' })
      toast('Identifiers are shown; the audit journal says so.')
    } catch (refused) {
      toast(refused.message, 'bad')
    }
    refresh()
  }
  const send = async () => {
    try {
      const { replays } = await get('dead-letters/' + encode(id))
      Object.assign(page.letter, { replays })
      refresh()
      const again = wasSent(replays)
      const text = 'It goes through the revision that is pinned today.'
      const twice = 'A replay delivered it already. Kargo can’t tell a repeat and counts it twice.'
      if (!await ask(again ? 'Send this event once more?' : 'Send this event again?', again ? twice : text, 'Replay', { danger: again })) return
      const started = await post('dead-letters/replay', { ids: [id], includeDelivered: again })
      go(href('replays', { id: started.id ?? '' }))
    } catch (refused) {
      toast(refused.message, 'bad')
    }
  }
  page.view = () => {
    const letter = page.letter
    return html`
      ${head(cut(letter.event, 80), html`${words(letter.reason)}: ${letter.detail}`, html`
        ${letter.masked !== false && session.may('reveal') ? html`<button @click=${show}>Reveal identifiers</button>` : nothing}
        <a class="button" href=${href('events/' + encode(letter.messageId))}>Its whole way</a>
        ${session.may('deploy') ? html`<button class="main" @click=${send}>Replay</button>` : nothing}`)}
      <div class="stack loose">
        <section class="card stack"><h2>Rejected</h2><dl class="pairs"><dt>At</dt><dd>${moment(letter.at)}</dd><dt>Received</dt><dd>${moment(letter.receivedAt)}</dd>
          <dt>Lane</dt><dd>${letter.pipeline} → ${letter.integration}, revision ${letter.revision}</dd><dt>Attempts</dt><dd>${letter.attempts}</dd>
          ${letter.status ? html`<dt>Status</dt><dd>${letter.status}</dd>` : nothing}
          ${letter.replays.length ? html`<dt>Replays</dt><dd>${letter.replays.map(one => html`${badge(one.outcome)} ${moment(one.at)} `)}</dd>` : nothing}</dl>
          ${letter.answer ? html`<h3>The answer</h3><pre class="code" tabindex="0">${letter.answer}</pre>` : nothing}</section>
        ${letter.request ? html`<section class="card stack"><h2>The request</h2>${json(letter.request)}</section>` : nothing}
        <section class="card stack"><h2>The event as it came</h2>${json(letter.received)}</section>
      </div>`
  }
  return page
}
