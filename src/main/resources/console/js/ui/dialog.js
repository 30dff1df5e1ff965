// Questions before something is done. The browser's own dialog keeps the focus and closes on Escape.
import { html, render, nothing } from '../html.js'
import { placeToasts } from './toast.js'

/** Those that wait for an answer, the topmost last: each closes by being called. @type {Set<(answer: null) => void>} */
const waiting = new Set()

/** Closes whatever is open, unanswered. */
export function closeDialogs () { [...waiting].reverse().forEach(close => close(null)) }

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
      waiting.delete(close)
      box.close()
      placeToasts()
      box.remove()
      if (before instanceof HTMLElement) before.focus()
      resolve(answer)
    }
    // The messages stand behind this mark, out of the template's reach.
    const end = box.appendChild(document.createComment(''))
    const redraw = () => render(view(close, redraw), box, { renderBefore: end })
    box.addEventListener('cancel', event => { event.preventDefault(); close(null) })
    document.body.append(box)
    redraw()
    box.showModal()
    placeToasts()
    waiting.add(close)
  })
}

/**
 * Asks to go on. Where that destroys something, Enter alone doesn't do it: the focus is on Cancel.
 * @param {string} title
 * @param {unknown} text
 * @param {string} action what the button says
 * @param {{danger?: boolean}} [options]
 * @returns {Promise<boolean>}
 */
export async function ask (title, text, action, { danger = false } = {}) {
  return (await dialog(close => html`
    <div class="stack"><h2>${title}</h2><div>${text}</div>
      <div class="row end"><button ?autofocus=${danger} @click=${() => close(null)}>Cancel</button>
        <button class=${danger ? 'danger' : 'main'} ?autofocus=${!danger} @click=${() => close(true)}>${action}</button></div></div>`, { label: title })) === true
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
