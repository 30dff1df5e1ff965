// Whether pages of each origin would get their identifier, asked of the destination itself; and the letter to Kargo.
import { html, nothing } from '../html.js'
import { encode, get } from '../api.js'
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
    this.refresh()
    try {
      this.answer = await get(`pipelines/${encode(pipeline.name)}/sync-check`)
      this.failure = null
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
      ${this.answer ? html`<ul class="stack tight">${this.answer.origins.map(one => html`<li><b>${one.origin}</b>: ${one.ok ? 'allowed.' : one.sentence}</li>`)}</ul>` : nothing}
      ${this.answer && this.answer.origins.length === 0 ? html`<p>The pipeline lists no origins, so there is none to ask for.</p>` : nothing}
      ${this.failure ? failed(this.failure) : nothing}
      <div class="row"><button ?disabled=${this.busy} @click=${() => this.run(pipeline)}>${this.busy ? 'Asking …' : 'Check the sync'}</button>
        <button class="plain" @click=${() => this.letter(pipeline)}>The letter to Kargo</button></div></section>`
  }
}
