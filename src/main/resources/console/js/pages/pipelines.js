// Pipelines: the list, a new one, and one with its settings.
import { html, nothing } from '../html.js'
import { encode, get } from '../api.js'
import { href } from '../router.js'
import { session } from '../session.js'
import { NameFilter } from '../ui/namefilter.js'
import { badge, empty, head, table } from '../ui/parts.js'
import { plural } from '../ui/format.js'
import { poll } from '../ui/poll.js'
import { PipelinePage } from '../pipeline/page.js'
import { fileProblems } from '../workspace/problems.js'

/** @param {{path: string[], query: URLSearchParams, refresh: () => void, reopen: () => void}} around */
export async function open (around) {
  const [workspace, { integrations }] = await Promise.all([get('pipelines'), get('integrations')])
  const name = around.path[0]
  if (name === undefined) return new Pipelines(workspace, around.refresh)
  if (name === 'new') return PipelinePage.fresh(workspace, integrations, around)
  const pipeline = workspace.pipelines.find(one => one.name === name)
  if (!pipeline) throw new Error(`There is no pipeline named ${name}.`)
  return PipelinePage.of(pipeline, workspace, integrations, around)
}

class Pipelines {
  title = 'Pipelines'

  constructor (workspace, refresh) {
    this.workspace = workspace
    this.filter = new NameFilter(refresh)
    this.polling = poll(async signal => {
      this.workspace = await get('pipelines', {}, signal)
      refresh()
    }, 4)
  }

  close () { this.polling.stop() }

  view () { return list(this.workspace, this.filter) }
}

/** One that is not in force, because its file is broken, has only its name and what its file says. */
const inWords = pipeline => ({ writeKey: pipeline.file?.writeKey ?? '', origins: [pipeline.file?.origins ?? []].flat(), integrations: [], ...pipeline })

const list = (workspace, filter) => html`
  ${head('Pipelines', 'A site’s write key, and the integrations that its events go to.', session.may('deploy') ? html`<a class="button main" href=${href('pipelines/new')}>New pipeline</a>` : nothing)}
  <div class="stack">
    ${fileProblems(workspace)}
    ${filter.view(workspace.pipelines)}
    ${workspace.pipelines.length === 0
      ? empty('No pipeline yet', 'A pipeline takes a site’s events and sends them on.', session.may('deploy') ? html`<a class="button main" href=${href('pipelines/new')}>New pipeline</a>` : nothing)
      : html`<div class="card flush">${table('Pipelines', ['Pipeline', 'Write key', 'Origins', 'Integrations'], filter.kept(workspace.pipelines).map(inWords).map(pipeline => html`<tr>
          <td><a class="strong" href=${href('pipelines/' + encode(pipeline.name))}>${pipeline.name}</a> ${pipeline.inForce ? nothing : badge('medium', 'not in force')}</td><td class="mono small">${pipeline.writeKey}</td>
          <td>${pipeline.origins.length === 0 ? badge('medium', 'any origin') : pipeline.origins.length > 2 ? plural(pipeline.origins.length, 'origin') : pipeline.origins.join(', ')}</td>
          <td><div class="stack tight">${pipeline.integrations.map(one => html`<span><a href=${href(`integrations/${encode(one.integration)}/${one.revision}`)}>${one.integration}</a>
            <span class="muted small">revision ${one.revision}${one.latest > one.revision ? ` of ${one.latest}` : ''}</span> ${one.state ? badge(one.state) : nothing}</span>`)}</div></td></tr>`))}</div>`}
  </div>`
