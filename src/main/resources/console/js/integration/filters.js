// Filters of a section: conditions in CEL that keep events back, checked as they are typed.
import { html, nothing } from '../html.js'
import { keyOf, said, sectionFor, tidy } from './playbook.js'

/** @param {import('./page.js').IntegrationPage} page @param {import('./playbook.js').Section} section */
export function filtersView (page, section) {
  const { file, may } = page
  const list = said(file, section)?.filters ?? []
  const base = section.kind === 'event' ? `/playbook/events/${keyOf(file, section.name)}/filters` : `/playbook/${section.kind}/filters`
  const changed = () => { tidy(file); page.changed() }
  const add = () => {
    const target = sectionFor(file, section)
    ;(target.filters ??= []).push({ name: `filter-${list.length + 1}`, deny: 'event.properties.test == true' })
    changed()
  }
  return html`<section class="card stack" aria-label="Filters of ${section.name}"><div class="row spread"><h2>Filters</h2>${may ? html`<button class="small" @click=${add}>Add a filter</button>` : nothing}</div>
    ${list.length === 0 ? html`<p class="muted">None. A filter keeps events back by a condition, and the ledger counts them by its name.</p>` : nothing}
    ${list.map((filter, i) => {
      const kind = 'allow' in filter ? 'allow' : 'deny'
      const wrong = page.problems.filter(one => one.path?.startsWith(`${base}/${i}`))
      const id = `filter-${section.name.replaceAll(/[^A-Za-z0-9]/g, '-')}-${i}`
      return html`<fieldset class="filters" ?disabled=${!may}><legend class="unseen">Filter ${filter.name}</legend>
        <div class="field"><label for="${id}-name">Name</label><input id="${id}-name" .value=${filter.name ?? ''} @input=${event => { filter.name = event.target.value; changed() }}></div>
        <div class="field"><label for="${id}-kind">Events where it holds</label><select id="${id}-kind" @change=${event => { const text = filter[kind]; delete filter[kind]; filter[event.target.value] = text; changed() }}>
          <option value="deny" ?selected=${kind === 'deny'}>are kept back</option><option value="allow" ?selected=${kind === 'allow'}>alone are sent</option></select></div>
        <div class="field wide-field"><label for="${id}-if">Condition (CEL over event)</label><input id="${id}-if" class="mono" spellcheck="false" aria-invalid=${wrong.length ? 'true' : 'false'} .value=${filter[kind] ?? ''}
          @input=${event => { filter[kind] = event.target.value; changed() }}>${wrong.map(one => html`<span class="error small" role="alert">${one.message}</span>`)}</div>
        <div class="row end wide-field"><button class="small" @click=${() => { const target = sectionFor(file, section); target.filters.splice(i, 1); changed() }}>Remove ${filter.name}</button></div></fieldset>`
    })}</section>`
}
