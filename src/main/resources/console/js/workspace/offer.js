// A workspace that can't be written: the file to put into it by hand.
import { html } from '../html.js'
import { dialog } from '../ui/dialog.js'
import { copyable } from '../ui/parts.js'

/** @param {{path: string, yaml: string}} file */
export function offerFile ({ path, yaml }) {
  return dialog(close => html`<div class="stack">
    <h2>The workspace can’t be written</h2>
    <p>The server may only read it. Put this file into the workspace, or into its repository, as <code>${path}</code>; the server takes it within two seconds.</p>
    ${copyable(yaml)}
    <div class="row end"><button @click=${() => close(null)}>Close</button><button class="main" @click=${() => save(path, yaml)}>Download</button></div></div>`, { wide: true, label: 'The workspace can’t be written' })
}

/** @param {string} path @param {string} text */
export function save (path, text, type = 'text/plain') {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = path.split('/').pop()
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
