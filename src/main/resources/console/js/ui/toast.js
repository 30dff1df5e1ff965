// Short messages that go away by themselves, and are read out.
import { html, repeat } from '../html.js'

let shown = []
let next = 1
let redraw = () => {}

/** @param {string} text @param {'good' | 'bad'} [kind] */
export function toast (text, kind = 'good') {
  const message = { id: next++, text, kind }
  shown = [...shown.slice(-3), message]
  document.getElementById('live').textContent = text
  if (kind === 'good') setTimeout(() => close(message), 6000)
  redraw()
}

function close (message) {
  shown = shown.filter(one => one !== message)
  redraw()
}

/** @param {() => void} refresh */
export function toasts (refresh) {
  redraw = refresh
  return html`<div class="toasts">${repeat(shown, one => one.id, one => html`
    <div class="fade ${one.kind}"><span>${one.text}</span><button class="plain small" @click=${() => close(one)}>Close</button></div>`)}</div>`
}
