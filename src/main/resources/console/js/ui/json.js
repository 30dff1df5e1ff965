// JSON as people read it. Each part is text in a template, so nothing in it can become markup.
import { html } from '../html.js'

const MOST = 20000

/** @param {unknown} value */
export function json (value) {
  const text = JSON.stringify(value, null, 2) ?? ''
  const shown = text.length > MOST ? text.slice(0, MOST) : text
  return html`<pre class="code" tabindex="0" dir="ltr">${coloured(shown)}${text.length > MOST ? html`
<span class="muted">… ${text.length - MOST} characters more; the API answers it whole.</span>` : ''}</pre>`
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

function coloured (text) {
  const parts = []
  let from = 0
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > from) parts.push(text.slice(from, match.index))
    const kind = match[1] ? (match[2] ? 'key' : 'text') : 'literal'
    parts.push(html`<span class=${kind}>${match[1] || match[0]}</span>${match[2] || ''}`)
    from = match.index + match[0].length
  }
  parts.push(text.slice(from))
  return parts
}
