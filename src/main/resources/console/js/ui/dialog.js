// Questions before something is done. The browser's own dialog keeps the focus and closes on Escape.
import { html, render, nothing } from '../html.js'

/**
 * Shows a dialog until it is answered.
 * @template T
 * @param {(close: (answer: T | null) => void, redraw: () => void) => unknown} view
 * @param {{wide?: boolean, label: string}} options
 * @returns {Promise<T | null>} null when it was closed without an answer
 */
export function dialog (view, { wide = false, label }) {
  return new Promise(resolve => {
    const box = document.createElement('dialog')
    box.className = wide ? 'wide' : ''
    box.setAttribute('aria-label', label)
    const before = document.activeElement
    const close = answer => {
      box.close()
      box.remove()
      if (before instanceof HTMLElement) before.focus()
      resolve(answer)
    }
    const redraw = () => render(view(close, redraw), box)
    box.addEventListener('cancel', event => { event.preventDefault(); close(null) })
    document.body.append(box)
    redraw()
    box.showModal()
  })
}

/**
 * Asks to go on.
 * @param {string} title
 * @param {unknown} text
 * @param {string} action what the button says
 * @param {{danger?: boolean}} [options]
 * @returns {Promise<boolean>}
 */
export async function ask (title, text, action, { danger = false } = {}) {
  return (await dialog(close => html`
    <div class="stack"><h2>${title}</h2><div>${text}</div>
      <div class="row end"><button @click=${() => close(null)}>Cancel</button>
        <button class=${danger ? 'danger' : 'main'} autofocus @click=${() => close(true)}>${action}</button></div></div>`, { label: title })) === true
}

/** Asks for one line of text. @returns {Promise<string | null>} */
export function askText (title, label, action, initial = '') {
  return dialog(close => html`
    <form class="stack" @submit=${event => { event.preventDefault(); close(new FormData(event.target).get('text')) }}>
      <h2>${title}</h2>
      <div class="field"><label for="ask-text">${label}</label><input id="ask-text" name="text" .value=${initial} autofocus></div>
      <div class="row end"><button type="button" @click=${() => close(null)}>Cancel</button><button class="main">${action}</button></div>
    </form>${nothing}`, { label: title })
}
