// One pipeline: its settings, its integrations with their pinned revisions, what to paste where, and its first event.
import { html, nothing, repeat } from '../html.js'
import { call, encode, get } from '../api.js'
import { go, href } from '../router.js'
import { session } from '../session.js'
import { ask, dialog } from '../ui/dialog.js'
import { badge, copyable, field, head, problems } from '../ui/parts.js'
import { poll } from '../ui/poll.js'
import { toast } from '../ui/toast.js'
import { markUnsaved } from '../ui/unsaved.js'
import { offerFile } from '../workspace/offer.js'
import { snippets } from '../workspace/snippets.js'
import { FirstEvent } from './firstevent.js'
import { SyncCheck } from './synccheck.js'
import { fileProblems } from '../workspace/problems.js'

const LOOK_SECONDS = 4

export class PipelinePage {
  static fresh (workspace, integrations, around) {
    const page = new PipelinePage({ name: '', file: { writeKey: newKey(), integrations: [] } }, workspace, integrations, around)
    page.created = false
    page.title = 'New pipeline'
    const wanted = around.query.get('integration')
    if (wanted) page.add(wanted)
    return page
  }

  static of (pipeline, workspace, integrations, around) {
    const page = new PipelinePage(pipeline, workspace, integrations, around)
    if (around.query.get('first') === 'yes' && pipeline.integrations?.length > 0) page.first.watch(pipeline)
    return page
  }

  constructor (pipeline, workspace, integrations, { refresh, reopen }) {
    this.name = pipeline.name
    this.take(pipeline, workspace)
    this.integrations = integrations
    this.refresh = refresh
    this.reopen = reopen
    this.created = true
    this.watching = poll(signal => this.created ? this.look(signal) : Promise.resolve(), LOOK_SECONDS)
    this.title = pipeline.name
    this.problems = []
    this.failure = null
    this.tab = 'Tracker'
    this.first = new FirstEvent(refresh)
    this.sync = new SyncCheck(refresh)
    this.busy = false
  }

  /** @param {any} pipeline as the API tells it @param {any} workspace with all of them */
  take (pipeline, workspace) {
    this.saved = pipeline
    this.workspace = workspace
    /** The file as it lies on disk, without the defaults, so that a save changes only what was changed here. */
    this.file = structuredClone(pipeline.file ?? {})
    if (!Array.isArray(this.file.integrations)) this.file.integrations = []
    this.dirty = false
    this.newer = false
  }

  /** Whether the file is still the one that is shown. Another hand's is shown, unless something was changed here. */
  async look (signal) {
    const workspace = await get('pipelines', {}, signal)
    const now = workspace.pipelines.find(one => one.name === this.saved.name)
    if (this.busy) return
    if (now && now.etag === this.saved.etag) Object.assign(this, { workspace, saved: now })
    else if (now && !this.dirty) this.take(now, workspace)
    else this.newer = true
    this.refresh()
  }

  close () {
    this.first.close()
    this.watching?.stop()
  }

  changed () {
    markUnsaved(true)
    this.dirty = true
    this.refresh()
  }

  /** Sets a key of a section, or takes it out. @param {'consent' | 'cookie'} section */
  setIn (section, key, value) {
    const kept = { ...this.file[section], [key]: value }
    if (value === null) delete kept[key]
    if (Object.keys(kept).length > 0) this.file[section] = kept
    else delete this.file[section]
    this.changed()
  }

  async save (confirm = false) {
    const name = this.name.trim()
    this.busy = true
    this.problems = []
    this.failure = null
    this.refresh()
    try {
      await call('PUT', `pipelines/${encode(name)}${confirm ? '?confirm=true' : ''}`, {
        body: this.file, headers: this.created ? { 'If-Match': this.saved.etag } : { 'If-None-Match': '*' }
      })
      markUnsaved(false)
      toast(this.created ? 'Saved; it is in force.' : `${name} takes events now.`)
      go(href('pipelines/' + encode(name), this.created ? {} : { first: 'yes' }))
    } catch (refused) {
      this.busy = false
      this.refresh()
      if (refused.reason === 'fixtures_differ') {
        if (await this.differs(refused.body.fixtures)) return this.save(true)
      } else if (refused.reason === 'read_only') offerFile(refused.body)
      else {
        this.problems = refused.problems ?? []
        this.failure = refused
        this.refresh()
      }
    }
  }

  differs (fixtures) {
    return dialog(close => html`<div class="stack"><h2>The workspace’s tests differ with this revision</h2>
      <p>Some events would be sent otherwise than their fixtures say. That may be what you want; then mend the fixtures too.</p>
      ${fixtures.map(one => html`<h3>${one.name}</h3><pre class="code" tabindex="0">${one.diff}</pre>`)}
      <div class="row end"><button @click=${() => close(null)}>Don’t save</button><button class="danger" @click=${() => close(true)}>Save all the same</button></div></div>`,
    { wide: true, label: 'The workspace’s tests differ' })
  }

  add (name) {
    const integration = this.integrations.find(one => one.name === name)
    if (!integration || this.file.integrations.some(one => one.integration === name)) return
    this.file.integrations.push({ integration: name, revision: integration.latest })
    this.changed()
  }

  view () {
    const may = session.may('deploy')
    return html`
      ${head(this.created ? this.saved.name : 'New pipeline', this.created ? html`Write key <code>${this.writeKey}</code>` : 'A name, the site’s origins, and where its events go.',
        html`<button class="main" ?disabled=${this.busy || !may || !(this.dirty || !this.created)} @click=${() => this.save()}>${this.busy ? 'Saving …' : this.created ? 'Save' : 'Create the pipeline'}</button>`)}
      <div class="stack loose">
        ${fileProblems(this.workspace)}
        ${may ? nothing : html`<div class="notice">Your role can look at pipelines, but not change them.</div>`}
        ${this.workspace.readOnly ? html`<div class="notice warn">The server can’t write the workspace. On saving you get the file to put there.</div>` : nothing}
        ${this.saved.changedByHand ? html`<div class="notice warn">The file was changed by hand and is not in force. You see it as it lies there; the server still runs the last good one.</div>` : nothing}
        ${this.newer && !this.failure ? html`<div class="notice warn" role="status"><b>The file was changed meanwhile.</b>
          <span>It is not overwritten. What you changed here is kept on this page until you load the file.</span>${this.loadIt()}</div>` : nothing}
        ${this.failure ? this.failureView() : nothing}
        <div class="beside">
          <div class="stack loose">
            ${this.settings(!may)}
            ${this.lanes(may)}
          </div>
          <div class="stack loose">${this.created ? html`${this.first.view(this.saved)}${this.install()}${this.sync.view(this.saved)}` : nothing}</div>
        </div>
      </div>`
  }

  loadIt () { return html`<span><button class="small" @click=${() => { markUnsaved(false); this.reopen() }}>Load it, without my changes</button></span>` }

  failureView () {
    if (this.failure.reason === 'changed') {
      return html`<div class="notice warn" role="alert"><b>Somebody saved this pipeline meanwhile.</b><span>${this.failure.message}</span>
        ${this.loadIt()}</div>`
    }
    return html`<div class="notice bad" role="alert">${this.failure.message}${problems(this.problems)}</div>`
  }

  settings (locked) {
    const { file } = this
    const set = (key, read = value => value) => event => { file[key] = read(event.target.value); this.changed() }
    return html`<section class="card stack"><h2>The site</h2><fieldset class="stack" ?disabled=${locked}><legend class="unseen">The site</legend>
      ${this.created ? nothing : field({ id: 'name', label: 'Name', must: true, help: 'Also the name of its file: letters, digits, - and _.', error: this.problem('/name'),
        control: html`<input id="name" .value=${this.name} required aria-describedby="name-help" @input=${event => { this.name = event.target.value; this.changed() }}>` })}
      ${field({ id: 'write-key', label: 'Write key', must: true, help: 'What the site’s pages and servers send with each event. It is no secret.', error: this.problem('/writeKey'),
        control: html`<input id="write-key" class="mono" .value=${file.writeKey ?? ''} aria-describedby="write-key-help" @input=${set('writeKey')}>` })}
      ${field({ id: 'origins', label: 'Origins', help: 'One a line: https://www.example.com or https://*.example.com. Without any, every site may send, and browsers keep no cookie.', error: this.problem('/origins'),
        control: html`<textarea id="origins" rows="3" spellcheck="false" aria-describedby="origins-help" .value=${listed(file.origins).join('\n')} @input=${set('origins', text => text.split(/\s+/).filter(Boolean))}></textarea>` })}
      <div class="columns">
        ${field({ id: 'scope', label: 'Without any consent signal', help: 'What counts on a page without a consent platform.',
          control: html`<select id="scope" aria-describedby="scope-help" @change=${event => this.setIn('consent', 'scope', event.target.value)}>${[['us', 'send (US)'], ['gdpr', 'don’t send (GDPR)']].map(([value, text]) => html`<option value=${value} ?selected=${(file.consent?.scope ?? 'us') === value}>${text}</option>`)}</select>` })}
        ${field({ id: 'category', label: 'Consent category', help: 'Such as C0004 or Advertising; empty: none is asked for.',
          control: html`<input id="category" aria-describedby="category-help" .value=${listed(file.consent?.category).join(', ')} @change=${event => this.setIn('consent', 'category', category(event.target.value))}>` })}
        ${field({ id: 'domain', label: 'Cookie domain', help: 'Such as example.com, to share the identifier between hosts of the site.', error: this.problem('/cookie/domain'),
          control: html`<input id="domain" aria-describedby="domain-help" .value=${file.cookie?.domain ?? ''} @change=${event => this.setIn('cookie', 'domain', event.target.value.trim() || null)}>` })}
      </div></fieldset></section>`
  }

  lanes (may) {
    const others = this.integrations.filter(one => !this.file.integrations.some(lane => lane.integration === one.name))
    return html`<section class="card stack"><h2>Integrations</h2>
      ${this.file.integrations.length === 0 ? html`<p class="muted">None yet: events are kept, but go nowhere.</p>` : nothing}
      ${repeat(this.file.integrations, lane => lane.integration, (lane, i) => this.lane(lane, i, may))}
      ${this.problems.filter(one => one.path?.startsWith('/integrations')).map(one => html`<div class="notice bad"><code>${one.path}</code> ${one.message}</div>`)}
      ${may && others.length > 0 ? html`<form class="row" @submit=${event => { event.preventDefault(); this.add(String(new FormData(event.target).get('integration'))) }}>
        <label class="unseen" for="add">Integration</label><select id="add" name="integration" class="fit">${others.map(one => html`<option value=${one.name}>${one.name}</option>`)}</select><button>Add integration</button></form>` : nothing}
      ${this.integrations.length === 0 ? html`<a class="button" href=${href('library')}>Create one from the library</a>` : nothing}
    </section>`
  }

  lane (lane, i, may) {
    const integration = this.integrations.find(one => one.name === lane.integration)
    const revisions = integration ? [...integration.revisions].sort((a, b) => b.revision - a.revision) : []
    const state = this.saved.integrations?.find(one => one.integration === lane.integration)?.state
    const on = lane.enabled !== false
    const set = (key, value) => { lane[key] = value; this.changed() }
    const remove = async () => {
      if (!this.created || !this.saved.integrations?.some(one => one.integration === lane.integration) ||
        await ask(`Take ${lane.integration} out of the pipeline?`, 'Its pending events end as filtered, lane_disabled. To keep them, pause the lane instead.', 'Take it out', { danger: true })) {
        this.file.integrations.splice(i, 1)
        this.changed()
      }
    }
    return html`<fieldset class="lane stack tight" ?disabled=${!may}><legend><a href=${href(`integrations/${encode(lane.integration)}/${lane.revision}`)}>${lane.integration}</a> ${state ? badge(state) : nothing}</legend>
      <div class="filters">
        ${field({ id: 'revision-' + i, label: 'Revision', help: integration && integration.latest > lane.revision ? `${integration.latest} is the newest.` : '',
          control: html`<select id="revision-${i}" aria-describedby="revision-${i}-help" @change=${event => set('revision', Number(event.target.value))}>${revisions.map(one => html`
            <option value=${one.revision} ?selected=${one.revision === lane.revision}>${one.revision}${one.note ? ': ' + one.note : ''}</option>`)}</select>` })}
        ${field({ id: 'mode-' + i, label: 'Mode', help: lane.mode === 'shadow' ? 'All but the send.' : '',
          control: html`<select id="mode-${i}" aria-describedby="mode-${i}-help" @change=${event => set('mode', event.target.value)}>${['live', 'shadow'].map(mode => html`<option ?selected=${mode === (lane.mode ?? 'live')}>${mode}</option>`)}</select>` })}
        <label class="check"><input type="checkbox" role="switch" .checked=${on} @change=${event => set('enabled', event.target.checked)}> On</label>
      </div>
      <p class="small muted">${on ? 'Switching it off filters its events for good; pausing the lane on the overview keeps them.' : 'Off: its events are filtered as lane disabled, and not kept for it.'}</p>
      <div class="row"><a class="button small" href=${href('integrations/' + encode(lane.integration), { tab: 'compare', from: lane.revision, to: integration?.latest ?? '' })}>Compare on real traffic</a>
        ${may ? html`<button class="small danger" @click=${remove}>Take out</button>` : nothing}</div></fieldset>`
  }

  install () {
    const collector = (this.workspace.publicUrl || location.origin).replace(/\/$/, '')
    const all = snippets(this.writeKey, collector)
    const [, text, code] = all.find(([name]) => name === this.tab)
    return html`<section class="card stack"><h2>Install</h2>
      <div class="tabs" role="tablist" aria-label="Kind of source">${all.map(([name]) => html`<button role="tab" aria-selected=${name === this.tab} @click=${() => { this.tab = name; this.refresh() }}>${name}</button>`)}</div>
      <p>${text}</p>${copyable(code)}
      ${this.workspace.publicUrl ? nothing : html`<p class="small muted">Browsers must reach the collector at this address. If it has another one, set <code>publicUrl</code> in <code>waybill.yaml</code>.</p>`}</section>`
  }

  get writeKey () { return this.saved.writeKey ?? this.file.writeKey ?? '' }

  problem (path) { return this.problems.filter(one => one.path === path || one.path?.startsWith(path + '/')).map(one => one.message).join(' ') }
}

/** A text or several, as a list. */
const listed = value => value == null ? [] : [value].flat().map(String)

/** One category as a text, several as a list. */
function category (text) {
  const all = text.split(',').map(part => part.trim()).filter(Boolean)
  return all.length > 1 ? all : all[0] ?? null
}

/** A key that nobody guesses, in letters that stay whole in an address. */
function newKey () {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return 'wk_' + [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

