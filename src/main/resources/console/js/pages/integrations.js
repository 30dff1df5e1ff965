// Integrations: the list, and one with its editor.
import { html, nothing } from '../html.js'
import { encode, get } from '../api.js'
import { href } from '../router.js'
import { session } from '../session.js'
import { NameFilter } from '../ui/namefilter.js'
import { badge, empty, head, table } from '../ui/parts.js'
import { IntegrationPage } from '../integration/page.js'

/** @param {{path: string[], query: URLSearchParams, refresh: () => void, reopen: () => void}} around */
export async function open (around) {
  const [name, revision] = around.path
  if (name !== undefined) return IntegrationPage.load(name, revision ? Number(revision) : null, around)
  const { integrations } = await get('integrations')
  const wanted = around.query.get('try')
  if (wanted && integrations.length === 1) return IntegrationPage.load(integrations[0].name, null, around)
  const filter = new NameFilter(around.refresh)
  return { title: 'Integrations', view: () => list(integrations, wanted, filter) }
}

const list = (integrations, wanted, filter) => html`
  ${head('Integrations', wanted ? 'Choose the integration to try the event on.' : 'Your instances of the kits, each with its revisions.',
    session.may('edit') ? html`<a class="button main" href=${href('library')}>Add from the library</a>` : nothing)}
  ${integrations.length === 0
    ? empty('No integration yet', 'Add one from the library: choose a kit, fill in its parameters.', session.may('edit') ? html`<a class="button main" href=${href('library')}>Open the library</a>` : nothing)
    : html`<div class="stack">${filter.view(integrations)}<div class="card flush">${table('Integrations', ['Integration', 'Kit', 'Newest revision', 'Runs in', 'Kargo’s word'], filter.kept(integrations).map(one => html`<tr>
        <td><a class="strong" href=${href('integrations/' + encode(one.name), { try: wanted })}>${one.name}</a></td><td>${one.kit}</td>
        <td>${one.latest}${note(one)}</td>
        <td>${one.revisions.flatMap(revision => (revision.pinnedBy ?? []).map(pipeline => html`<a href=${href('pipelines/' + encode(pipeline))}>${pipeline}</a> <span class="muted small">revision ${revision.revision}</span> `))}</td>
        <td>${one.confirmed ? badge('delivered', `confirmed ${one.confirmed.date}`) : html`<a href=${href('confirm', { integration: one.name })}>not yet confirmed</a>`}</td></tr>`))}</div></div>`}`

function note (integration) {
  const newest = integration.revisions.find(one => one.revision === integration.latest)
  return newest?.note ? html` <span class="muted small">${newest.note}</span>` : nothing
}
