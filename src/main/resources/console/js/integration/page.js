// One integration: its connection, its mappings, its revisions, and what a new revision would change.
import { html, nothing } from '../html.js'
import { call, encode, get, post } from '../api.js'
import { go, href, note } from '../router.js'
import { session } from '../session.js'
import { ask, askText } from '../ui/dialog.js'
import { badge, head, problems } from '../ui/parts.js'
import { poll } from '../ui/poll.js'
import { toast } from '../ui/toast.js'
import { draft, draftsOf, markUnsaved } from '../ui/unsaved.js'
import { connectionFields } from '../workspace/connection.js'
import { offerFile } from '../workspace/offer.js'
import { carryOver } from './carry.js'
import { Compare } from './compare.js'
import { Mappings } from './mappings.js'
import { changedParts, tidy } from './playbook.js'
import { Preview } from './preview.js'
import { Revisions } from './revisions.js'
import { Verify } from './verify.js'

const TABS = [['mappings', 'Event mappings'], ['connection', 'Connection'], ['revisions', 'Revisions'], ['compare', 'Compare'], ['verify', 'Verify']]
const CHECK_AFTER_MS = 350
const LOOK_SECONDS = 4

export class IntegrationPage {
  /** @param {string} name @param {number | null} revision the newest when null */
  static async load (name, revision, around) {
    const [{ integrations, readOnly }, { kits }, { transforms }] = await Promise.all([get('integrations'), get('kits'), get('transforms')])
    const integration = integrations.find(one => one.name === name)
    if (!integration) throw new Error(`There is no integration named ${name}.`)
    const base = revision ?? integration.latest
    const saved = await get(`integrations/${encode(name)}/${base}`)
    const kit = kits.find(one => one.name === saved.file.kit)
    // A save follows the newest revision, whichever it was made from.
    const { etag } = base === integration.latest ? saved : await get(`integrations/${encode(name)}/${integration.latest}`)
    const tried = around.query.get('try') ? await get('events/' + encode(around.query.get('try'))).catch(() => null) : null
    const page = new IntegrationPage({ integration, readOnly, kit, transforms, base, saved, etag, tried }, around)
    // What is doubtful in it stands there from the start: nothing moves away under the first click.
    await page.check()
    return page
  }

  constructor ({ integration, readOnly, kit, transforms, base, saved, etag, tried }, { query, refresh, reopen }) {
    Object.assign(this, { integration, readOnly, kit, transforms, base, saved, etag, refresh, reopen })
    this.title = integration.name
    this.tab = TABS.some(([name]) => name === query.get('tab')) ? query.get('tab') : 'mappings'
    this.kept = draft(`integration.${integration.name}.${base}`)
    this.findDrafts()
    /** Another tab edits this, too: there is one draft for both. */
    this.elsewhere = false
    this.unwatch = this.kept.watch(there => { this.elsewhere = there; this.refresh() })
    const unsaved = this.may ? this.kept.read() : null
    this.file = unsaved?.file ?? structuredClone(saved.file)
    /** Secrets that were typed into the draft, which keeps none. */
    this.retype = unsaved?.secrets ?? []
    this.connection = { parameters: this.file.parameters ?? {}, secrets: {} }
    this.dirty = unsaved !== null
    this.problems = []
    this.failure = null
    this.busy = false
    this.preview = new Preview(this, query.get('try'))
    this.mappings = new Mappings(this, query.get('section'), tried)
    this.revisions = new Revisions(this)
    this.compare = new Compare(this, query)
    this.verify = new Verify(this)
    if (this.mappings.added) this.changed()
    if (this.dirty) markUnsaved(true)
    this.watching = poll(signal => this.look(signal), LOOK_SECONDS)
  }

  get may () { return session.may('edit') }

  /** The pipelines that run the integration. */
  get pipelines () { return [...new Set(this.integration.revisions.flatMap(one => one.pinnedBy ?? []))].sort() }

  /** The revisions after the one that is edited: nothing of them is in it. */
  get later () { return this.integration.revisions.map(one => one.revision).filter(one => one > this.base && one <= this.integration.latest).sort((a, b) => a - b) }

  /** Whether somebody saved a revision meanwhile. */
  async look (signal) {
    const { integrations } = await get('integrations', {}, signal)
    const now = integrations.find(one => one.name === this.integration.name)
    if (now && now.latest > this.integration.latest) this.newer = now.latest
    if (now) Object.assign(this.integration, now, { latest: this.integration.latest })
    this.refresh()
  }

  close () {
    this.watching.stop()
    this.unwatch()
    clearTimeout(this.checking)
    this.preview.close()
  }

  /** Something in the file was changed: keeps the draft, checks it, and shows the effect. */
  changed () {
    this.dirty = true
    const typed = Object.keys(this.connection.secrets)
    this.retype = this.retype.filter(name => !typed.includes(name))
    this.kept.write({ file: this.file, secrets: [...this.retype, ...typed] })
    markUnsaved(true)
    clearTimeout(this.checking)
    this.checking = setTimeout(() => { this.check(); this.preview.run() }, CHECK_AFTER_MS)
    this.refresh()
  }

  async check () {
    const turn = this.turn = (this.turn ?? 0) + 1
    try {
      const found = (await post(`integrations/${encode(this.integration.name)}/check`, this.body())).problems
      if (turn === this.turn) this.problems = found
    } catch (failure) {
      if (turn === this.turn) this.problems = failure.problems ?? []
    }
    this.refresh()
  }

  body () {
    const file = structuredClone(this.file)
    file.parameters = this.connection.parameters
    tidy(file)
    if (Object.keys(this.connection.secrets).length > 0) file.secrets = this.connection.secrets
    return file
  }

  /** Drafts of other revisions, which this one may take over. A name without a number behind it is another integration's. */
  findDrafts () {
    this.drafts = draftsOf(`integration.${this.integration.name}`).map(Number).filter(of => Number.isInteger(of) && of !== this.base)
  }

  async carry (of) {
    const kept = draft(`integration.${this.integration.name}.${of}`)
    try {
      const { file } = await get(`integrations/${encode(this.integration.name)}/${of}`)
      const mine = kept.read()
      this.file = carryOver(file, mine?.file ?? file, this.file)
      this.retype = [...new Set([...this.retype, ...mine?.secrets ?? []])]
      this.connection.parameters = this.file.parameters ?? {}
      kept.drop()
      this.findDrafts()
      this.changed()
    } catch (failure) {
      this.failure = failure
      this.refresh()
    }
  }

  async dropDraft (of) {
    if (!await ask('Throw the changes away?', `What was changed of revision ${of} in this browser is then lost.`, 'Throw them away', { danger: true })) return
    draft(`integration.${this.integration.name}.${of}`).drop()
    this.findDrafts()
    this.refresh()
  }

  async discard () {
    const parts = [...changedParts(this.saved.file, this.file, this.kit), ...Object.keys(this.connection.secrets)]
    const lost = parts.length > 0 ? `What was changed since revision ${this.base} is then lost: ${parts.join(', ')}.` : 'Then revision ' + this.base + ' is shown as it is saved.'
    if (!await ask('Discard the changes?', lost, 'Discard', { danger: true })) return
    this.kept.drop()
    markUnsaved(false)
    note({ tab: this.tab })
    this.reopen()
  }

  async save () {
    const older = this.later.length > 0 ? ` ${this.startsFrom()}` : ''
    const text = await askText('Save as a new revision', `What is new? It stands in the file and in the list of revisions.${older}`, 'Save as new revision', this.dirty ? '' : `Revision ${this.base} again`)
    if (text === null) return
    this.busy = true
    this.failure = null
    this.refresh()
    try {
      const body = this.body()
      if (text.trim()) body.note = text.trim()
      else delete body.note
      const { body: made } = await call('POST', `integrations/${encode(this.integration.name)}/revisions`, { body, headers: { 'If-Match': this.etag } })
      this.kept.drop()
      markUnsaved(false)
      toast(`Saved as revision ${made.revision}. No pipeline runs it yet.`)
      go(href(`integrations/${encode(this.integration.name)}`, { tab: 'revisions' }))
    } catch (refused) {
      this.busy = false
      this.failure = refused
      if (refused.reason === 'read_only') offerFile(refused.body)
      if (refused.problems?.length) this.problems = refused.problems
      this.refresh()
    }
  }

  startsFrom () {
    const { later } = this
    return `This starts from revision ${this.base}; ${later.length > 3 ? `${later[0]} to ${later.at(-1)}` : later.join(', ')} ${later.length > 1 ? 'are' : 'is'} not in it.`
  }

  view () {
    const errors = this.problems.filter(one => one.severity !== 'warning')
    const warnings = this.problems.filter(one => one.severity === 'warning')
    const older = this.later.length > 0
    return html`
      ${head(this.integration.name, html`${this.kit.title}, revision ${this.base}${older ? ` (the newest is ${this.integration.latest})` : ''} ${this.dirty ? badge('medium', 'not saved') : nothing}`, html`
        ${this.dirty ? html`<button ?disabled=${this.busy} @click=${() => this.discard()}>Discard</button>` : nothing}
        ${this.may ? html`<button class="main" ?disabled=${!(this.dirty || older) || this.busy || errors.length > 0 || this.retype.length > 0} @click=${() => this.save()}>${this.busy ? 'Saving …' : 'Save as new revision'}</button>` : nothing}`)}
      <div class="stack" ?inert=${this.busy}>
        <nav class="tabs" aria-label="Parts of the integration">${TABS.map(([name, text]) => html`
          <a href=${href(`integrations/${encode(this.integration.name)}/${this.base}`, { tab: name })} aria-current=${name === this.tab ? 'page' : nothing}
            @click=${event => { event.preventDefault(); event.stopPropagation(); this.show(name) }}>${text}</a>`)}</nav>
        ${this.may ? nothing : html`<div class="notice">Your role can look at integrations, but not edit them.</div>`}
        ${this.readOnly && this.may ? html`<div class="notice warn">The server can’t write the workspace. On saving you get the file to put there.</div>` : nothing}
        ${this.may ? this.drafts.map(of => this.draftView(of)) : nothing}
        ${older && this.may ? html`<div class="notice info"><b>${this.startsFrom()}</b>
          <span>A save makes it the newest all the same. <a href=${href('integrations/' + encode(this.integration.name))} @click=${() => markUnsaved(false)}>Open revision ${this.integration.latest}</a> to start from that${this.dirty ? '; your changes are kept as a draft, and you can carry them over there' : ''}.</span></div>` : nothing}
        ${this.newer && !this.failure ? html`<div class="notice info" role="status"><b>Revision ${this.newer} was saved meanwhile.</b>
          <span><a href=${href('integrations/' + encode(this.integration.name))} @click=${() => markUnsaved(false)}>Open it</a>${this.dirty ? '; your changes are kept as a draft, and you can carry them over there' : ''}.</span></div>` : nothing}
        ${this.elsewhere && this.may ? html`<div class="notice warn" role="status"><b>Another tab of this browser edits this, too.</b>
          <span>Only what is changed last in either is kept as the draft. Save one, then go on there.</span></div>` : nothing}
        ${this.retype.length > 0 ? this.retypeView() : nothing}
        ${this.failure ? this.failureView() : nothing}
        ${errors.length ? html`<div class="notice bad" role="alert"><b>Not right yet</b>${problems(errors)}</div>` : nothing}
        ${warnings.length ? html`<details class="notice warn"><summary><b>${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}</b></summary>${problems(warnings)}</details>` : nothing}
        ${this.content()}
      </div>`
  }

  show (tab) {
    this.tab = tab
    note({ tab })
    this.refresh()
  }

  content () {
    switch (this.tab) {
      case 'connection': return this.connectionView()
      case 'revisions': return this.revisions.view()
      case 'compare': return this.compare.view()
      case 'verify': return this.verify.view()
      default: return this.mappings.view()
    }
  }

  connectionView () {
    return html`<section class="card stack narrow"><h2>Connection parameters</h2>
      ${connectionFields(this.kit.parameters, this.connection, { changed: () => { this.file.parameters = this.connection.parameters; this.changed() }, problems: this.problems, disabled: !this.may })}
      <p class="muted small">They are part of the revision: changing them makes a new one.</p></section>`
  }

  retypeView () {
    const leave = () => { this.retype = []; this.changed() }
    return html`<div class="notice warn"><b>Type ${this.retype.join(', ')} again.</b><span>A new value was typed, and a draft keeps no secrets.</span>
      <div class="row"><button class="small" @click=${() => this.show('connection')}>Type it again</button>
        <button class="small" @click=${leave}>Leave it as it is saved</button></div></div>`
  }

  draftView (of) {
    return html`<div class="notice info"><b>This browser keeps unsaved changes of revision ${of}.</b>
      <div class="row"><button class="small" @click=${() => this.carry(of)}>Carry them over</button>
        <a class="button small" href=${href(`integrations/${encode(this.integration.name)}/${of}`)}>Open them</a>
        <button class="small" @click=${() => this.dropDraft(of)}>Throw them away</button></div></div>`
  }

  failureView () {
    if (this.failure.reason === 'changed') {
      return html`<div class="notice warn" role="alert"><b>Somebody saved a revision meanwhile.</b><span>${this.failure.message}</span>
        <span>Your changes are kept as a draft of revision ${this.base}. <a href=${href('integrations/' + encode(this.integration.name))} @click=${() => markUnsaved(false)}>Open the newest revision</a> and carry them over there.</span></div>`
    }
    return html`<div class="notice bad" role="alert">${this.failure.message}${problems(this.failure.problems ?? [])}</div>`
  }
}
