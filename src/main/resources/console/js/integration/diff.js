// What two revisions say otherwise, whatever their files look like.
import { html } from '../html.js'
import { table } from '../ui/parts.js'

/** @param {{groups: {events: string[], every: boolean, changes: {what: string, before: string | null, after: string | null}[]}[]}} diff */
export const diffView = ({ groups }) => groups.length === 0
  ? html`<div class="notice good">Both mean the same.</div>`
  : groups.map(group => html`<h3>${title(group)}</h3>${table(title(group), ['What', 'Was', 'Is'], group.changes.map(change => html`<tr><td class="mono small">${change.what}</td>
      <td class=${change.before === null ? '' : 'removed'}>${change.before === null ? html`<span class="muted">not said</span>` : change.before}</td>
      <td class=${change.after === null ? '' : 'added'}>${change.after === null ? html`<span class="muted">not said</span>` : change.after}</td></tr>`))}`)

const title = ({ events, every }) => events.length === 0 ? 'Settings' : every ? 'All events' : events.join(', ')
