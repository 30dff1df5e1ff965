// The effect of what is edited on a real event: the very request that would go out, by the code that sends it.
import { html, nothing } from '../html.js'
import { encode, get, post } from '../api.js'
import { meter, segments } from '../ui/parts.js'
import { words } from '../ui/format.js'
import { json } from '../ui/json.js'
import { notices, steps } from '../events/trace.js'
import { normal } from './playbook.js'

const RECENT = 12

export class Preview {
  /** @param {import('./page.js').IntegrationPage} page @param {string | null} messageId an event to begin with */
  constructor (page, messageId) {
    this.page = page
    this.recent = []
    this.outcome = ''
    this.event = null
    this.text = ''
    this.editing = false
    this.answer = null
    this.failure = ''
    this.wanted = messageId
  }

  close () { clearTimeout(this.timer) }

  /** Takes an event that belongs to the section. */
  async follow (section) {
    const turn = this.turn = (this.turn ?? 0) + 1
    this.section = section
    let recent = []
    try {
      const name = section.kind === 'event' ? section.name : ''
      recent = (await get('events', { event: name, outcome: this.outcome, limit: RECENT })).events
    } catch { /* The preview then begins with a made-up event. */ }
    if (turn !== this.turn) return
    this.recent = recent
    const first = this.wanted ?? recent[0]?.messageId
    this.wanted = null
    if (first) await this.take(first)
    else this.use(madeUp(section), null)
  }

  async take (messageId) {
    try {
      const whole = await get('events/' + encode(messageId))
      // The route may have said what the event doesn't.
      this.use({ ...whole.received, type: whole.type }, messageId)
    } catch (failure) {
      this.failure = failure.message
      this.page.refresh()
    }
  }

  use (event, messageId) {
    this.event = event
    this.messageId = messageId
    this.text = JSON.stringify(event, null, 2)
    this.run()
  }

  async run () {
    const turn = this.ran = (this.ran ?? 0) + 1
    if (!this.event) return
    try {
      const { secrets, ...file } = this.page.body()
      const answer = await post('map', { file, event: this.event, explain: true })
      if (turn !== this.ran) return
      this.answer = answer
      this.failure = ''
    } catch (failure) {
      if (turn !== this.ran) return
      this.failure = failure.message
    }
    this.page.refresh()
  }

  edit (event) {
    this.text = event.target.value
    try {
      this.event = JSON.parse(this.text)
      this.failure = ''
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.run(), 250)
    } catch (wrong) {
      this.failure = 'The event is no JSON: ' + wrong.message
      this.page.refresh()
    }
  }

  view () {
    return html`<section class="card stack" aria-label="Preview"><h2>Preview</h2>
      <div class="filters">
        <div class="field"><label for="preview-event">On a real event</label><select id="preview-event" @change=${event => event.target.value ? this.take(event.target.value) : this.use(madeUp(this.section), null)}>
          ${this.recent.map(one => html`<option value=${one.messageId} ?selected=${one.messageId === this.messageId}>${one.event || one.type}, ${new Date(one.receivedAt).toLocaleTimeString()}, ${one.lanes[0]?.outcome ?? ''}</option>`)}
          <option value="" ?selected=${!this.messageId}>a made-up one</option></select></div>
        <div class="field"><label for="preview-outcome">That ended as</label><select id="preview-outcome" @change=${event => { this.outcome = event.target.value; this.follow(this.section) }}>
          <option value="">anything</option>${['delivered', 'filtered', 'rejected'].map(one => html`<option ?selected=${one === this.outcome}>${one}</option>`)}</select></div>
      </div>
      ${segments('What is shown', [['effect', 'Request'], ['event', 'Event']], this.editing ? 'event' : 'effect', chosen => { this.editing = chosen === 'event'; this.page.refresh() })}
      ${this.editing
        ? html`<div class="field"><label for="preview-text">The event; change it as you like</label><textarea id="preview-text" rows="18" spellcheck="false" .value=${this.text} @input=${event => this.edit(event)}></textarea></div>`
        : nothing}
      <div role="status" class="stack">${this.failure ? html`<div class="notice bad">${this.failure}</div>` : nothing}${this.answer && !this.editing ? this.effect(this.answer) : nothing}</div>
    </section>`
  }

  effect (answer) {
    if (answer.outcome !== 'deliver') {
      return html`<div class="notice warn"><b>Not sent: ${words(answer.reason ?? answer.outcome)}</b>${answer.detail ? html`<span>${answer.detail}</span>` : nothing}</div>${notices(answer.notices)}`
    }
    const body = answer.request.body ?? {}
    const limits = this.page.kit.limits ?? {}
    const keys = body.params && typeof body.params === 'object' ? Object.keys(body.params).length : 0
    return html`
      ${limits.keys && body.params ? meter('Keys of params', keys, limits.keys) : nothing}
      ${notices(answer.notices)}
      ${json(body)}
      ${answer.steps?.length ? html`<details><summary>Which rule made which key</summary>${steps(answer.steps)}</details>` : nothing}`
  }
}

function madeUp (section) {
  const name = section.kind === 'event' ? section.name : 'order_completed'
  const type = ['identify', 'page', 'screen', 'group', 'alias'].includes(normal(name)) ? normal(name) : 'track'
  return {
    type,
    ...(type === 'track' ? { event: name } : {}),
    messageId: 'made-up-1',
    anonymousId: 'made-up',
    [type === 'identify' ? 'traits' : 'properties']: { order_id: '4711', total: 30.5, currency: 'USD' },
    context: {
      page: { url: 'https://www.example.com/', referrer: 'https://www.example.com/search' },
      providers: { kargo: { puid: '6c21b7a0-4b5e-4f7a-9a9d-0c3a52d5f1b2' } }
    }
  }
}

