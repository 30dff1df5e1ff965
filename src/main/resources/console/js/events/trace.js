// One event's way: what came, who it was about, what consent allowed, how it was mapped, each attempt, the outcome.
import { html, nothing } from '../html.js'
import { encode, get } from '../api.js'
import { href } from '../router.js'
import { session } from '../session.js'
import { badge, head, problems, table } from '../ui/parts.js'
import { cut, moment, words } from '../ui/format.js'
import { json } from '../ui/json.js'
import { poll } from '../ui/poll.js'
import { toast } from '../ui/toast.js'

const LOOK_SECONDS = 2

/** How long the server may look for the event and its repeats before the page shows what it has. */
const WITHIN = 150

/** @param {string} messageId @param {{refresh: () => void}} around */
export async function openTrace (messageId, { refresh }) {
  const page = new Trace(messageId, refresh)
  await page.load()
  return page
}

class Trace {
  title = 'Event'

  constructor (messageId, refresh) {
    this.messageId = messageId
    this.refresh = refresh
  }

  async load () {
    try {
      await this.look()
    } catch (failure) {
      if (failure.status !== 404) throw failure
      await this.further()
    }
    if (this.pending) this.polling = poll(signal => this.look(signal), LOOK_SECONDS)
  }

  /** Until every lane has decided. Identifiers that are shown are not asked for again and again: each time is in the journal. */
  async look (signal, reveal = '') {
    const event = await get('events/' + encode(this.messageId), { reveal, within: this.whole ? '' : WITHIN }, signal)
    this.event = event
    this.title = cut(event.event || event.type, 60)
    if (reveal || !this.pending) this.polling?.stop()
    this.refresh()
  }

  /** For as long as the server looks at most. */
  further () {
    this.whole = true
    return this.look()
  }

  get pending () { return this.event.lanes.some(lane => lane.outcome === 'pending') }

  close () { this.polling?.stop() }

  /** The choice is not in the address: whoever follows a link to this page decides for themselves. */
  async reveal () {
    this.polling?.stop()
    try {
      await this.look(undefined, 'true')
      toast('Identifiers are shown; the audit journal says so.')
    } catch (refused) {
      toast(refused.message, 'bad')
    }
  }

  view () {
    const event = this.event
    const masked = event.masked !== false && session.may('reveal')
    return html`
      ${head(cut(event.event || event.type, 100), html`<span class="mono">${cut(event.messageId, 80)}</span>`, html`
        ${masked ? html`<button @click=${() => this.reveal()}>Reveal identifiers</button>` : nothing}
        <a class="button" href=${href('integrations', { try: event.messageId })}>Try a mapping on it</a>`)}
      <div class="stack loose">
        <section class="card stack"><h2>Received</h2>
          <dl class="pairs"><dt>At</dt><dd>${moment(event.receivedAt)}</dd><dt>Pipeline</dt><dd><a href=${href('pipelines/' + encode(event.pipeline))}>${event.pipeline}</a>, event number ${event.sequence}</dd>
            <dt>Type</dt><dd>${event.type}</dd><dt>User id</dt><dd class="mono">${event.userId ?? 'none'}</dd><dt>Anonymous id</dt><dd class="mono">${event.anonymousId ?? 'none'}</dd></dl>
          <details ?open=${event.lanes.length === 0}><summary>The event as it came</summary>${json(event.received)}</details>
          <details><summary>What the collector added</summary>${json(event.header)}</details>
        </section>
        ${event.lanes.map(lane => this.lane(lane))}
        ${event.complete === false && !this.whole ? html`<p><button class="small" @click=${() => this.further().catch(failure => toast(failure.message, 'bad'))}>Look for more of this messageId</button></p>` : nothing}
        ${event.repeats?.length ? html`<section class="card stack"><h2>Came again</h2>
          <p class="muted">The same messageId came ${event.repeats.length} more times.</p>
          ${table('Repeats', ['Received', 'Outcome'], event.repeats.map(repeat => html`<tr><td>${moment(repeat.receivedAt)}</td>
            <td>${repeat.lanes.map(lane => html`${badge(lane.outcome)} ${lane.reason ? words(lane.reason) : ''} `)}</td></tr>`))}</section>` : nothing}
      </div>`
  }

  lane (lane) {
    const mapped = lane.mapped
    const decision = lane.decision || {}
    const kind = { delivered: 'good', filtered: 'warn', rejected: 'bad', pending: 'info' }[lane.outcome]
    return html`<section class="card stack" aria-label=${lane.integration}>
      <div class="row"><h2><a href=${href(`integrations/${encode(lane.integration)}/${lane.revision ?? ''}`)}>${lane.integration}</a></h2>${badge(lane.outcome)}
        ${lane.reason ? html`<span class="strong">${words(lane.reason)}</span>` : nothing}</div>
      ${lane.detail ? html`<p>${lane.detail}</p>` : nothing}
      <ol class="steps">
        ${decision.identity ? html`<li class="info"><h3>Identity</h3><p>${decision.identity}</p></li>` : nothing}
        ${decision.consent ? html`<li class="info"><h3>Consent</h3><p>${decision.consent}</p></li>` : nothing}
        ${mapped ? html`<li class=${mapped.outcome === 'deliver' ? 'good' : 'warn'}><h3>Mapped by revision ${mapped.revision ?? lane.revision}</h3>
          ${mapped.outcome === 'deliver' ? nothing : html`<p>${words(mapped.reason ?? mapped.outcome)}${mapped.detail ? ': ' + mapped.detail : ''}</p>`}
          ${lane.steps?.length ? html`<details><summary>Which rule made which key</summary>${steps(lane.steps)}</details>` : nothing}
          ${mapped.request ? html`<details><summary>The request as the pinned revision makes it now</summary>${json(mapped.request)}</details>` : nothing}
          ${notices(mapped.notices)}</li>` : nothing}
        ${(lane.history || []).map(attempt => html`<li class=${attempt.status >= 200 && attempt.status < 300 ? 'good' : attempt.attempt ? 'warn' : 'info'}>
          <h3>${attempt.attempt ? `Attempt ${attempt.attempt}` : 'Decided'}</h3>
          <p>${moment(attempt.at)}: ${attempt.status ? `HTTP ${attempt.status}, ` : ''}${attempt.what}${attempt.revision ? html` <span class="muted">by revision ${attempt.revision}</span>` : nothing}</p></li>`)}
        <li class=${kind}><h3>${words(lane.outcome)}</h3>${lane.at ? html`<p>${moment(lane.at)}</p>` : html`<p>Not decided yet.</p>`}
          ${lane.answer ? html`<details><summary>The answer</summary><pre class="code" tabindex="0">${lane.answer}</pre></details>` : nothing}
          ${lane.outcome === 'rejected' ? html`<span><a class="button small" href=${href('dead-letters', { pipeline: this.event.pipeline, integration: lane.integration, reason: lane.reason })}>See the dead letters of this kind</a></span>` : nothing}</li>
      </ol>
    </section>`
  }
}

/** @param {{code: string, path: string, detail: string}[]} [list] */
export const notices = list => list?.length
  ? html`<div class="notice info"><b>Changed to make it fit</b>${problems(list.map(one => ({ path: one.path, message: `${words(one.code)}: ${one.detail}` })))}</div>`
  : nothing

/** @param {{output: string, from: string, rule: string, input?: string, value?: unknown}[]} list */
export const steps = list => table('Which rule made which key', ['Key', 'Value', 'Rule', 'From'], list.map(step => html`<tr>
  <td class="mono">${step.output}</td><td class="mono" dir="auto">${cut(step.value ?? '', 80)}</td><td>${step.rule}${step.input ? html` of <code>${step.input}</code>` : nothing}</td><td class="muted">${step.from}</td></tr>`))
