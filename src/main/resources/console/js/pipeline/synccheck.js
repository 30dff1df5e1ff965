// Whether pages of each origin would get their identifier, asked of the destination itself; and the letter to Kargo.
import { html, nothing } from '../html.js'
import { encode, get } from '../api.js'
import { session } from '../session.js'
import { dialog } from '../ui/dialog.js'
import { copyable, failed } from '../ui/parts.js'
import { save } from '../workspace/offer.js'

export class SyncCheck {
  /** @param {() => void} refresh */
  constructor (refresh) {
    this.refresh = refresh
    this.answer = null
    this.failure = null
    this.busy = false
  }

  async run (pipeline) {
    this.busy = true
    this.answer = this.failure = null
    this.refresh()
    try {
      this.answer = await get(`pipelines/${encode(pipeline.name)}/sync-check`)
    } catch (failure) {
      this.failure = failure
    }
    this.busy = false
    this.refresh()
  }

  async letter (pipeline) {
    try {
      const { text } = await get(`pipelines/${encode(pipeline.name)}/letter`)
      await dialog(close => html`<div class="stack"><h2>The letter to Kargo</h2>${copyable(text)}
        <div class="row end"><button @click=${() => close(null)}>Close</button><button class="main" @click=${() => save('letter-to-kargo.txt', text)}>Download</button></div></div>`, { wide: true, label: 'The letter to Kargo' })
    } catch (failure) {
      this.failure = failure
      this.refresh()
    }
  }

  view (pipeline) {
    return html`<section class="card stack" aria-label="ID sync"><h2>ID sync</h2>
      <p class="muted">Kargo must allow each origin of the site, or its browsers get no identifier and no event may be sent.</p>
      <div role="status" class="stack tight">${this.answer ? found(this.answer, pipeline) : nothing}</div>
      ${this.failure ? failed(this.failure) : nothing}
      <div class="row">${session.may('try') ? html`<button ?disabled=${this.busy} @click=${() => this.run(pipeline)}>${this.busy ? 'Asking …' : 'Check the sync'}</button>` : nothing}
        <button class="plain" @click=${() => this.letter(pipeline)}>The letter to Kargo</button></div></section>`
  }
}

/** What was found for each origin, and what could not be asked. */
function found ({ origins, missing }, pipeline) {
  if (origins.length + missing.length === 0) {
    const listed = pipeline.origins ?? []
    return html`<p>${listed.length === 0 ? 'The pipeline lists no origins, so there is none to ask for.' : 'No integration here has an ID sync, so there is nothing to ask.'}</p>`
  }
  const several = new Set(origins.map(one => one.integration)).size > 1
  return html`
    ${origins.length > 0 ? html`<ul class="stack tight">${origins.map(one => html`<li>
      <b>${one.origin}</b>${several ? html` <span class="muted">by ${one.integration}</span>` : nothing}: ${one.ok ? 'allowed.' : one.sentence}
      ${one.notes.map(text => html`<br><span class="small muted">${text}</span>`)}</li>`)}</ul>` : nothing}
    ${missing.map(text => html`<p class="notice warn">${text}</p>`)}`
}
