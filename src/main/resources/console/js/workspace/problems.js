// Files of the workspace that are broken or not in force.
import { html, nothing } from '../html.js'
import { plural } from '../ui/format.js'

/** Files that are broken or differ from what runs. @param {{problems?: {path: string, line?: number, message: string}[]}} workspace */
export function fileProblems ({ problems = [] }) {
  const errors = problems.filter(one => one.severity !== 'warning')
  const warnings = problems.filter(one => one.severity === 'warning')
  const list = some => html`<ul>${some.map(one => html`<li><code>${one.path}${one.line ? ':' + one.line : ''}</code>: ${one.message}</li>`)}</ul>`
  return html`
    ${errors.length ? html`<div class="notice bad" role="alert"><b>The workspace’s files are broken, so the server runs the last good ones.</b>${list(errors)}</div>` : nothing}
    ${warnings.length ? html`<details class="notice warn"><summary><b>${plural(warnings.length, 'warning')} about the workspace’s files</b></summary>${list(warnings)}</details>` : nothing}`
}
