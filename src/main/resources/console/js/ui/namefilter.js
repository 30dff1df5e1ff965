// A field that narrows a list to the names with what is typed in them. It stands only above a long list.
import { html, nothing } from '../html.js'

const LONG = 20

export class NameFilter {
  /** @param {() => void} refresh */
  constructor (refresh) {
    this.refresh = refresh
    this.typed = ''
  }

  /** @param {unknown[]} all */
  view (all) {
    return all.length <= LONG
      ? nothing
      : html`<div class="field narrow"><label for="name-filter">Only names with</label><input id="name-filter" type="search" autocomplete="off" spellcheck="false"
        @input=${event => { this.typed = event.target.value; this.refresh() }}></div>`
  }

  /** @template {{name: string}} T @param {T[]} all @returns {T[]} */
  kept (all) {
    const wanted = this.typed.trim().toLowerCase()
    return all.length <= LONG || !wanted ? all : all.filter(one => one.name.toLowerCase().includes(wanted))
  }
}
