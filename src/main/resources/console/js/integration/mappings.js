// The mappings editor: a section's table beside its effect on a real event.
import { html, nothing, repeat } from '../html.js'
import { get } from '../api.js'
import { ask, askText } from '../ui/dialog.js'
import { badge, field } from '../ui/parts.js'
import { cut, percent, plural } from '../ui/format.js'
import { filtersView } from './filters.js'
import { newRow, rowView } from './row.js'
import { addEvent, kitRows, rows, said, sectionFor, sectionNamed, sections, tidy } from './playbook.js'

export class Mappings {
  /**
   * @param {import('./page.js').IntegrationPage} page
   * @param {string | null} section to open; an event that has none gets one
   * @param {{type: string, event: string | null} | null} tried an event whose section is opened where none is named
   */
  constructor (page, section, tried) {
    this.page = page
    const all = sections(page.file, page.kit)
    const wanted = section?.trim() ? sectionNamed(all, section) : null
    this.added = page.may && section?.trim() && !wanted ? addEvent(page.file, section) : null
    const its = tried ? sectionNamed(all, tried.type === 'track' ? tried.event ?? '' : tried.type) ?? all.at(-1) : null
    this.section = wanted ?? this.added ?? its ?? all[Math.min(1, all.length - 1)]
    this.opened = new Set()
    this.fields = []
    this.adding = null
    this.loadFields()
    page.preview.follow(this.section)
  }

  /** What recent events of the section really have, for the inputs' completion. */
  async loadFields () {
    const section = this.section
    try {
      const { fields } = await get('events/fields', { pipeline: this.page.preview.pipeline, event: section.kind === 'event' ? section.name : '', sample: 500 })
      if (section === this.section) this.fields = fields
    } catch { /* Completion is a help; without it a path is typed. */ }
    this.page.refresh()
  }

  pick (section) {
    this.section = section
    this.opened.clear()
    this.adding = null
    this.fields = []
    this.loadFields()
    this.page.preview.follow(section)
    this.page.refresh()
  }

  async addEvent () {
    const name = await askText('Add an event', 'The name that the site tracks it by, such as Newsletter Signed Up', 'Add')
    if (!name?.trim()) return
    const known = sectionNamed(sections(this.page.file, this.page.kit).filter(one => one.kind === 'event'), name)
    if (known) return this.pick(known)
    const section = addEvent(this.page.file, name)
    this.page.changed()
    this.pick(section)
  }

  view () {
    const { page } = this
    return html`<div class="editor">
      ${this.sectionList()}
      <div class="stack">${this.sectionView()}</div>
      <div class="sticky">${page.preview.view()}</div>
    </div>
    <datalist id="fields">${this.fields.map(one => html`<option value=${one.path}>${percent(one.share)} of events, such as ${cut(one.example ?? '', 40)}</option>`)}</datalist>`
  }

  sectionList () {
    const { file, kit, may } = this.page
    return html`<nav class="card sections" aria-label="Sections"><ul>${sections(file, kit).map(section => {
      const own = said(file, section)
      const current = section.kind === this.section.kind && section.name === this.section.name
      return html`<li><button class="plain" aria-current=${current ? 'true' : nothing} @click=${() => this.pick(section)}>
        <span class="grow" title=${section.name}>${section.name}</span>${own?.send === false ? badge('off', 'off') : own?.filters?.length ? badge('medium', 'filter') : own ? badge('info', 'yours') : nothing}</button></li>`
    })}</ul>${may ? html`<button class="small" @click=${() => this.addEvent()}>Add an event</button>` : nothing}</nav>`
  }

  sectionView () {
    const { page, section } = this
    const { file, kit, may } = page
    const own = said(file, section) ?? {}
    const off = own.send === false
    const changed = () => { tidy(file); page.changed() }
    return html`
      <section class="card stack" aria-label=${section.name}>
        <div class="row spread"><h2>${section.name}</h2>
          ${section.kind === 'event' ? html`<label class="check"><input type="checkbox" role="switch" .checked=${!off} ?disabled=${!may}
            @change=${event => { const target = sectionFor(file, section); if (event.target.checked) delete target.send; else target.send = false; changed() }}> Send this event</label>` : nothing}</div>
        <p class="muted">${ABOUT[section.kind](section)}</p>
        ${off ? html`<div class="notice warn">These events are filtered as event disabled.</div>` : nothing}
        ${section.kind === 'default' ? this.unmapped(own, changed) : nothing}
      </section>
      ${off ? nothing : html`
        <section class="card flush" aria-label="Mappings of ${section.name}">
          <div class="card-head"><h2>Mappings</h2>${may ? html`<button class="small" @click=${() => { this.adding = newRow(); page.refresh() }}>Add a key</button>` : nothing}</div>
          <div class="mapping-rows">${repeat(rows(file, kit, section), row => row.key, row => rowView(page, this, section, row))}
          ${kitRows(kit, section).length === 0 && rows(file, kit, section).length === 0 ? html`<p class="card-text muted">Nothing here; Global and Default apply.</p>` : nothing}
          ${this.adding ? this.addView() : nothing}</div>
        </section>
        ${this.excluded(own, changed)}
        ${filtersView(page, section)}`}
      ${section.custom && may ? html`<div class="row"><button class="danger" @click=${() => this.removeEvent(own, changed)}>Remove this event</button></div>` : nothing}`
  }

  async removeEvent (own, changed) {
    const { page, section } = this
    const keys = (own.mappings ?? []).length + (own.enrichments ?? []).length
    const filters = (own.filters ?? []).length
    const lost = `${plural(keys, 'key')}${filters ? ` and ${plural(filters, 'filter')}` : ''}`
    if (!await ask(`Remove ${section.name}?`, `What it says goes with it: ${lost}. Saved revisions keep theirs.`, 'Remove it', { danger: true })) return
    delete page.file.playbook?.events?.[section.name]
    this.pick(sections(page.file, page.kit)[0])
    changed()
  }

  addView () {
    const add = event => {
      event.preventDefault()
      const form = new FormData(event.target)
      const output = String(form.get('output')).trim()
      if (!output) return
      const target = sectionFor(this.page.file, this.section)
      const constant = form.get('kind') === 'value'
      const list = constant ? 'enrichments' : 'mappings'
      ;(target[list] ??= []).push(constant ? { output, value: String(form.get('source')) } : { output, input: String(form.get('source')).trim() })
      this.adding = null
      this.page.changed()
    }
    return html`<form class="mapping-row stack tight" @submit=${add}><div class="filters">
      ${field({ id: 'add-output', label: 'Output key', help: 'Such as params.order_value', control: html`<input id="add-output" name="output" class="mono" required autofocus aria-describedby="add-output-help" spellcheck="false">` })}
      ${field({ id: 'add-kind', label: 'From', control: html`<select id="add-kind" name="kind"><option value="input">a field of the event</option><option value="value">a constant</option></select>` })}
      ${field({ id: 'add-source', label: 'Path or constant', control: html`<input id="add-source" name="source" class="mono" list="fields" required spellcheck="false">` })}</div>
      <div class="row end"><button type="button" @click=${() => { this.adding = null; this.page.refresh() }}>Cancel</button><button class="main">Add</button></div></form>`
  }

  unmapped (own, changed) {
    const { page, section } = this
    return field({ id: 'unmapped', label: 'Events in no section', help: 'Filtered ones are counted by name, and the overview offers to map them.',
      control: html`<select id="unmapped" aria-describedby="unmapped-help" ?disabled=${!page.may} @change=${event => { sectionFor(page.file, section).unmapped = event.target.value; changed() }}>
        <option value="filter" ?selected=${(own.unmapped ?? 'filter') === 'filter'}>are filtered as unmapped event</option>
        <option value="pass" ?selected=${own.unmapped === 'pass'}>are sent under their own name</option></select>` })
  }

  excluded (own, changed) {
    const { page, section } = this
    return html`<section class="card stack"><h2>Left out</h2>${field({ id: 'exclude', label: 'Keys that are not copied', help: 'Separated by commas. Their mappings still apply.',
      control: html`<input id="exclude" class="mono" aria-describedby="exclude-help" ?disabled=${!page.may} spellcheck="false" .value=${(own.exclude ?? []).join(', ')}
        @change=${event => { sectionFor(page.file, section).exclude = event.target.value.split(',').map(key => key.trim()).filter(Boolean); changed() }}>` })}</section>`
  }
}

const ABOUT = {
  global: () => 'For every event. A key that an event’s own section gives goes over this.',
  default: () => 'What no section of its own fills, and what becomes of events in no section.',
  event: section => section.custom ? 'An event of your own.' : 'What you say goes over what the kit presumes.'
}
