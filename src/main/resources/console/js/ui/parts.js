// Small parts that every page is made of.
import { html, nothing } from '../html.js'
import { words } from './format.js'
import { toast } from './toast.js'

const KIND = { delivered: 'good', filtered: 'warn', rejected: 'bad', pending: 'info', running: 'good', waiting: 'warn', paused: 'bad', disabled: '', removed: '', live: 'good', shadow: 'info', high: 'bad', medium: 'warn', low: 'info' }

/** What became of an event, or how a lane is. @param {string} state @param {string} [text] */
export const badge = (state, text = words(state)) => html`<span class="badge ${KIND[state] ?? ''}">${text}</span>`

export const loading = () => html`<div class="empty"><span class="spinner"></span><span>Loading …</span></div>`

/** @param {string} title @param {unknown} text @param {unknown} [action] */
export const empty = (title, text, action = nothing) => html`<div class="empty"><h2>${title}</h2><p>${text}</p>${action}</div>`

/** Why something isn't shown, and a way to try again. @param {Error} failure @param {() => void} [again] */
export const failed = (failure, again) => html`
  <div class="notice bad" role="alert"><span>${failure.message}</span>${problems(failure.problems || [])}
    ${again ? html`<span><button class="small" @click=${again}>Try again</button></span>` : nothing}</div>`

/** All that is wrong with a file. @param {{path?: string, message: string, severity?: string}[]} list */
export const problems = list => list.length === 0
  ? nothing
  : html`<ul class="problems">${list.map(one => html`<li>${one.path ? html`<code>${one.path}</code>: ` : nothing}${one.message}</li>`)}</ul>`

/** The head of a page. @param {string} title @param {unknown} text @param {unknown} [actions] */
export const head = (title, text, actions = nothing) => html`
  <div class="page-head"><div><h1>${title}</h1>${text ? html`<p class="muted">${text}</p>` : nothing}</div><div class="actions">${actions}</div></div>`

/**
 * A labelled control.
 * @param {{id: string, label: string, help?: unknown, error?: string, must?: boolean, control: unknown}} field the control
 *   has the id, and `aria-describedby` of `${id}-help`
 */
export const field = ({ id, label, help, error, must, control }) => html`
  <div class="field"><label for=${id}>${label}${must ? html` <span class="must" aria-hidden="true">*</span><span class="unseen">(required)</span>` : nothing}</label>
    ${control}
    <span id="${id}-help" class="below">${help ? html`<span class="help">${help}</span>` : nothing}${error ? html` <span class="error" role="alert">${error}</span>` : nothing}</span></div>`

/**
 * A table that scrolls inside itself.
 * @param {string} caption read out, not shown
 * @param {unknown[]} columns a text, or `{text, number: true}`
 * @param {unknown} rows
 */
export const table = (caption, columns, rows) => html`
  <div class="table" tabindex="0" role="region" aria-label=${caption}><table><caption class="unseen">${caption}</caption>
    <thead><tr>${columns.map(column => typeof column === 'object' && column !== null && 'number' in column
      ? html`<th scope="col" class="number">${column.text}</th>`
      : html`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${rows}</tbody></table></div>`

/** Choices of which one is pressed. @param {string} label @param {[string, string][]} choices @param {string} chosen @param {(value: string) => void} pick */
export const segments = (label, choices, chosen, pick) => html`
  <div class="segments" role="group" aria-label=${label}>${choices.map(([value, text]) => html`
    <button type="button" aria-pressed=${value === chosen} @click=${() => pick(value)}>${text}</button>`)}</div>`

/** How much of a limit is used. @param {string} label @param {number} used @param {number} most */
export function meter (label, used, most) {
  const share = Math.min(1, used / most)
  const state = used > most ? 'over' : share > 0.85 ? 'near' : ''
  return html`<div class="meter ${state}"><span>${label}: <b>${used}</b> of ${most}</span>
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="used" width=${share * 100} height="4"></rect></svg></div>`
}

/** A text to copy. @param {string} text @param {string} [label] */
export const copyable = (text, label = 'Copy') => html`
  <div class="with-copy"><pre class="code" tabindex="0">${text}</pre><button class="small copy" @click=${() => copy(text)}>${label}</button></div>`

/** @param {string} text */
export async function copy (text) {
  try {
    await navigator.clipboard.writeText(text)
    toast('Copied.')
  } catch {
    toast('The browser did not let the page copy; select the text instead.', 'bad')
  }
}
