// The question before a revision is pinned that makes the workspace's fixtures differ.
import { html } from '../html.js'
import { dialog } from '../ui/dialog.js'

/** @param {{name: string, diff: string}[]} fixtures @returns {Promise<boolean | null>} whether to save all the same */
export const fixturesDiffer = fixtures => dialog(close => html`<div class="stack"><h2>The workspace’s tests differ with this revision</h2>
  <p>Some events would be sent otherwise than their fixtures say. That may be what you want; then mend the fixtures too.</p>
  ${fixtures.map(one => html`<h3>${one.name}</h3><pre class="code" tabindex="0">${one.diff}</pre>`)}
  <div class="row end"><button @click=${() => close(null)}>Don’t save</button><button class="danger" @click=${() => close(true)}>Save all the same</button></div></div>`,
{ wide: true, label: 'The workspace’s tests differ' })
