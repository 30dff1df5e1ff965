// Short messages that go away by themselves, and are read out.
import { html, keyed, render, repeat } from '../html.js'

const box = document.createElement('div')
box.className = 'toasts'
let shown = []
let next = 1
let last = { id: 0, text: '' }

/** @param {string} text @param {'good' | 'bad'} [kind] */
export function toast (text, kind = 'good') {
  last = { id: next++, text, kind }
  shown = [...shown.slice(-3), last]
  const message = last
  if (kind === 'good') setTimeout(() => close(message), 6000)
  draw()
}

/** Puts the messages where they are seen and heard: everything beside an open dialog is neither. */
export function placeToasts () {
  const host = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body
  if (box.parentNode !== host) host.append(box)
}

function close (message) {
  shown = shown.filter(one => one !== message)
  draw()
}

function draw () {
  render(html`<span class="unseen" role="status">${keyed(last.id, html`<span>${last.text}</span>`)}</span>
    ${repeat(shown, one => one.id, one => html`
      <div class="fade ${one.kind}"><span>${one.text}</span><button class="plain small" @click=${() => close(one)}>Close</button></div>`)}`, box)
}

placeToasts()
draw()
