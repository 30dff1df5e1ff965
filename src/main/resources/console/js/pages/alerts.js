// Alerts: one webhook that is told when something needs attention, and when it has recovered.
import { html, nothing } from '../html.js'
import { get, post, put } from '../api.js'
import { session } from '../session.js'
import { dialog } from '../ui/dialog.js'
import { copyable, failed, field, head } from '../ui/parts.js'
import { moment, words } from '../ui/format.js'
import { toast } from '../ui/toast.js'

/** What each kind is about; a kind that is not here yet is shown by its name. */
const KINDS = {
  lane_paused: 'A lane is paused',
  breaker_open: 'A destination keeps failing, so the lane waits',
  near_max_age: 'Pending events will soon be too old to send',
  intake_closed: 'The collector accepts no events',
  disk_low: 'The disk is nearly full',
  broken_workspace: 'The workspace’s files are broken',
  backlog_growing: 'More waits than is sent',
  reason_jump: 'One reason’s share has jumped',
  expected_event_quiet: 'An expected event has gone quiet',
  unmapped_names: 'Events come that nothing maps',
  trimmed_keys: 'Keys are cut or left out to fit',
  without_consent_signal: 'Events come without a consent signal',
  not_confirmed: 'Kargo has not confirmed an integration'
}

/** @param {{refresh: () => void}} around */
export async function open ({ refresh }) {
  const page = new Alerts(refresh)
  page.settings = await get('alerts')
  return page
}

class Alerts {
  title = 'Alerts'

  constructor (refresh) {
    this.refresh = refresh
    this.failure = null
    this.busy = false
  }

  async save (event) {
    event.preventDefault()
    const form = new FormData(event.target)
    const body = { enabled: form.get('enabled') === 'on', kinds: form.getAll('kind') }
    for (const name of ['url', 'secret']) if (form.get(name)) body[name] = form.get(name)
    await this.doing(async () => {
      this.settings = await put('alerts', body)
      // Not reset(): the boxes have no default state in the markup, so it would clear them all.
      for (const name of ['url', 'secret']) event.target.elements[name].value = ''
      toast('Saved.')
      if (this.settings.secret) await showSecret(this.settings.secret)
    })
  }

  test () {
    return this.doing(async () => {
      const result = await post('alerts/test')
      toast(result.sent ? `The webhook took the test message: ${result.detail}.` : `The test message did not arrive: ${result.detail}.`, result.sent ? 'good' : 'bad')
    })
  }

  async doing (work) {
    this.busy = true
    this.failure = null
    this.refresh()
    try {
      await work()
    } catch (failure) {
      this.failure = failure
    }
    this.busy = false
    this.refresh()
  }

  view () {
    const { settings } = this
    const may = session.may('admin')
    return html`
      ${head('Alerts', 'A message when something needs attention, once until it has recovered, and one when it has.')}
      <div class="stack">
        ${this.failure ? failed(this.failure) : nothing}
        ${may ? nothing : html`<div class="notice">Only an admin changes alerts.</div>`}
        <form class="card stack narrow" @submit=${event => this.save(event)}><fieldset class="stack" ?disabled=${!may || this.busy}><legend class="unseen">Webhook</legend>
          <label class="check"><input type="checkbox" role="switch" name="enabled" .checked=${settings.enabled ?? false}> Send alerts</label>
          ${field({ id: 'url', label: 'Webhook URL', help: settings.host ? html`It goes to <code>${settings.host}</code>. The URL is a secret: type another to replace it.` : 'Slack’s incoming webhooks fit, and whatever takes JSON with a text.',
            control: html`<input id="url" name="url" type="password" autocomplete="off" aria-describedby="url-help" placeholder="https://hooks.example.com/…">` })}
          ${field({ id: 'secret', label: 'Signing secret', help: settings.secretSet ? 'One is kept; type another to replace it.' : 'Each message is signed with it, in the header Waybill-Signature. Left empty, one is made and shown once.',
            control: html`<input id="secret" name="secret" type="password" autocomplete="off" aria-describedby="secret-help">` })}
          <fieldset class="stack tight"><legend>Tell of</legend>${settings.allKinds.map(kind => html`
            <label class="check"><input type="checkbox" name="kind" value=${kind} .checked=${settings.kinds.includes(kind)}> ${KINDS[kind] ?? words(kind)}</label>`)}</fieldset>
          <div class="row end"><button type="button" @click=${() => this.test()} ?disabled=${!settings.host}>Send a test message</button><button class="main">Save</button></div></fieldset></form>
        ${settings.open.length ? html`<section class="card stack narrow" aria-label="The case now"><h2>The case now</h2><ul class="stack tight">${settings.open.map(one => html`
          <li>${one.text} <span class="muted small">since ${moment(one.since)}${one.told ? '' : ', not told yet'}</span></li>`)}</ul></section>` : nothing}
        ${settings.last ? html`<p class="muted">The last message, ${moment(settings.last.at)}: ${words(settings.last.result)}, ${settings.last.detail}.</p>` : nothing}
      </div>`
  }
}

const showSecret = secret => dialog(close => html`<div class="stack"><h2>The signing secret</h2>
  <p>Keep it where the webhook checks signatures. It is shown only now.</p>${copyable(secret)}
  <div class="row end"><button class="main" @click=${() => close(null)}>I have it</button></div></div>`, { label: 'The signing secret' })
