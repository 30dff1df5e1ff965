// A kit's mappings as its documentation shows them.
import { html } from '../html.js'
import { table } from '../ui/parts.js'

/** @typedef {{output: string, description?: string, input: string | null, value: string | null, required: boolean}} Row */

/** @param {string} caption @param {Row[]} rows */
export const kitTable = (caption, rows) => table(caption, ['Output key', 'Description', 'Expected input', 'Required'], rows.map(row => html`<tr>
  <td class="mono nowrap">${row.output}</td><td>${row.description ?? ''}</td>
  <td>${row.input !== null ? html`<code class="nowrap">${row.input}</code>` : html`always <code>${row.value}</code>`}</td><td>${row.required ? 'yes' : 'no'}</td></tr>`))
