// The effect of what is edited on a real event: the very request that would go out, by the code that sends it.
import { html, nothing } from '../html.js'
import { encode, get, post } from '../api.js'
import { segments } from '../ui/parts.js'
import { date, time, words } from '../ui/format.js'
import { json } from '../ui/json.js'
import { notices, steps } from '../events/trace.js'
import { budgets, keysInWords } from './budgets.js'
import { normal } from './playbook.js'
import { STAND_IN, wholeEvent } from './whole.js'

const RECENT = 12

export class Preview {
  /** @param {import('./page.js').IntegrationPage} page @param {string | null} messageId an event to begin with */
  constructor (page, messageId) {
    this.page = page
    this.pipeline = page.pipelines[0] ?? ''
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

  /** What a lane had to do with the events: those of the pipeline that is chosen, where one pins the integration. */
  get lane () { return this.pipeline ? { pipeline: this.pipeline, integration: this.page.integration.name } : {} }

  /** Takes an event that belongs to the section. */
  async follow (section) {
    const turn = this.turn = (this.turn ?? 0) + 1
    this.section = section
    let recent = []
    try {
      const name = section.kind === 'event' ? section.name : ''
      recent = (await get('events', { ...this.lane, event: name, outcome: this.outcome, limit: RECENT })).events
    } catch { /* The preview then begins with a made-up event. */ }
    if (turn !== this.turn) return
    this.recent = recent
    const first = this.wanted ?? recent[0]?.messageId
    this.wanted = null
    if (first) await this.take(first)
    else this.makeUp()
  }

  async take (messageId) {
    const turn = this.turn = (this.turn ?? 0) + 1
    try {
      const trace = await get('events/' + encode(messageId))
      if (turn !== this.turn) return
      if (this.page.pipelines.includes(trace.pipeline)) this.pipeline = trace.pipeline
      if (!this.recent.some(one => one.messageId === messageId)) this.recent = [trace, ...this.recent]
      this.use(wholeEvent(trace, this.laneOf(trace), this.page.kit.name), messageId)
    } catch (failure) {
      if (turn !== this.turn) return
      this.failure = failure.message
      this.page.refresh()
    }
  }

  makeUp () {
    this.turn = (this.turn ?? 0) + 1
    this.use(madeUp(this.section, this.page.kit), null)
  }

  laneOf (event) { return event.lanes.find(lane => lane.integration === this.page.integration.name) }

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
      const answer = await post('map', { file, integration: this.page.integration.name, ...this.lane, event: this.event, explain: true })
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
    const { pipelines } = this.page
    const again = key => event => { this[key] = event.target.value; this.follow(this.section) }
    return html`<section class="card stack" aria-label="Preview"><h2>Preview</h2>
      <div class="filters">
        ${pipelines.length > 1 ? html`<div class="field"><label for="preview-pipeline">In the pipeline</label><select id="preview-pipeline" @change=${again('pipeline')}>
          ${pipelines.map(one => html`<option value=${one} ?selected=${one === this.pipeline}>${one}</option>`)}</select></div>` : nothing}
        <div class="field"><label for="preview-event">On a real event</label><select id="preview-event" @change=${event => event.target.value ? this.take(event.target.value) : this.makeUp()}>
          ${this.recent.map(one => html`<option value=${one.messageId} ?selected=${one.messageId === this.messageId}>${this.title(one)}</option>`)}
          <option value="" ?selected=${!this.messageId}>a made-up one</option></select></div>
        <div class="field"><label for="preview-outcome">That ended as</label><select id="preview-outcome" @change=${again('outcome')}>
          <option value="">anything</option>${['delivered', 'filtered', 'rejected'].map(one => html`<option ?selected=${one === this.outcome}>${one}</option>`)}</select></div>
      </div>
      ${pipelines.length === 0 ? html`<p class="muted small">No pipeline runs this integration yet; it is judged by a pipeline’s default settings.</p>` : nothing}
      ${segments('What is shown', [['effect', 'Request'], ['event', 'Event']], this.editing ? 'event' : 'effect', chosen => { this.editing = chosen === 'event'; this.page.refresh() })}
      ${this.editing
        ? html`<div class="field"><label for="preview-text">The event; change it as you like</label><textarea id="preview-text" rows="18" spellcheck="false" .value=${this.text} @input=${event => this.edit(event)}></textarea></div>`
        : nothing}
      <p role="status" class="unseen">${this.failure || (this.answer ? this.inWords(this.answer) : '')}</p>
      ${this.failure ? html`<div class="notice bad">${this.failure}</div>` : nothing}${this.answer && !this.editing ? this.effect(this.answer) : nothing}
    </section>`
  }

  title (event) { return `${event.event || event.type}, ${words(this.laneOf(event)?.outcome ?? 'not of this lane')}, ${date(event.receivedAt)} ${time(event.receivedAt)}` }

  /** For those who hear it: the whole request would be too much after each key. */
  inWords (answer) {
    return answer.outcome === 'deliver' ? `Sent${keysInWords(this.page.kit.limits ?? {}, answer)}` : `Not sent: ${words(answer.reason ?? answer.outcome)}`
  }

  effect (answer) {
    if (answer.outcome !== 'deliver') {
      return html`<div class="notice warn"><b>${this.inWords(answer)}</b>${answer.detail ? html`<span>${answer.detail}</span>` : nothing}</div>${notices(answer.notices)}`
    }
    return html`
      ${budgets(this.page.kit.limits ?? {}, answer, this.page.file.limits?.unit)}
      ${notices(answer.notices)}
      ${json(answer.request.body ?? {})}
      ${answer.steps?.length ? html`<details><summary>Which rule made which key</summary>${steps(answer.steps)}</details>` : nothing}`
  }
}

function madeUp (section, kit) {
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
      providers: { [kit.name]: { puid: STAND_IN } }
    }
  }
}

