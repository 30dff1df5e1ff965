// Whether the connection works, and whether Kargo has confirmed what arrives.
import { html, nothing } from '../html.js'
import { encode, post } from '../api.js'
import { href } from '../router.js'
import { session } from '../session.js'
import { ask } from '../ui/dialog.js'
import { badge, failed } from '../ui/parts.js'
import { json } from '../ui/json.js'

export class Verify {
  /** @param {import('./page.js').IntegrationPage} page */
  constructor (page) {
    this.page = page
    this.answer = null
    this.failure = null
    this.busy = false
  }

  async test (dryRun) {
    if (!dryRun && !await ask('Send a test event?', html`One event goes to the endpoint of revision ${this.page.base}, past every lane: nothing of Waybill’s counts it. The destination can tell it from others by its label alone: the property <code>waybill_test: true</code> and an identifier of zeros.`, 'Send it')) return
    this.busy = true
    this.page.refresh()
    try {
      this.answer = await post(`integrations/${encode(this.page.integration.name)}/${this.page.base}/test`, { dryRun })
      this.failure = null
    } catch (failure) {
      this.failure = failure
      this.answer = null
    }
    this.busy = false
    this.page.refresh()
  }

  view () {
    const { integration, base, pipelines } = this.page
    return html`<div class="stack loose">
      <section class="card stack" aria-label="Test connection"><h2>Test connection</h2>
        <p class="muted">Makes one labelled event by revision ${base}, as it is saved.</p>
        ${session.may('try')
          ? html`<div class="row"><button ?disabled=${this.busy} @click=${() => this.test(true)}>Show the request only</button>
            <button class="main" ?disabled=${this.busy} @click=${() => this.test(false)}>${this.busy ? 'Sending …' : 'Send a test event'}</button></div>`
          : html`<p>Your role can’t send one.</p>`}
        ${this.failure ? failed(this.failure) : nothing}
        <div role="status" class="stack">${this.answer ? this.result(this.answer) : nothing}</div></section>
      <section class="card stack"><h2>ID sync</h2>${pipelines.length === 0
        ? html`<p class="muted">No pipeline runs this integration yet.</p>`
        : html`<p>Each pipeline’s page asks the ID endpoint for each of its origins, and has the letter to Kargo: ${pipelines.map(name => html`<a href=${href('pipelines/' + encode(name))}>${name}</a> `)}</p>`}</section>
      <section class="card stack"><h2>Kargo’s word</h2>
        <p>${integration.confirmed ? html`${badge('delivered', 'confirmed')} by ${integration.confirmed.by} on ${integration.confirmed.date}` : 'Kargo has not yet confirmed that events, parameters and lex_id arrive.'}</p>
        <div class="row"><a class="button" href=${href('confirm', { integration: integration.name })}>Counts and evidence to hold against Kargo’s report</a></div></section>
    </div>`
  }

  result (answer) {
    const [kind, text] = VERDICTS[answer.verdict] ?? []
    return html`${text
      ? html`<div class="notice ${kind}"><b>${answer.status ? `HTTP ${answer.status}` : 'No answer'}: ${text}</b>${answer.detail ? html`<span>${answer.detail}</span>` : nothing}</div>
        ${answer.answer ? html`<h3>The answer</h3><pre class="code" tabindex="0">${answer.answer}</pre>` : nothing}`
      : nothing}
      <h3>The request</h3>${json(answer.request)}`
  }
}

/** What a lane would make of the answer, and what to do. */
const VERDICTS = {
  delivered: ['good', 'delivered.'],
  retry: ['warn', 'not taken now. A lane would try again by itself; if it stays so, ask who runs the endpoint.'],
  setup: ['bad', 'the integration has to change. A lane would stop: check the address and the credentials under Connection, and save a new revision.'],
  rejected: ['bad', 'refused for good. A lane would make it a dead letter: the answer says what the endpoint wants otherwise.']
}
