// What stands around every page.
import { html, nothing } from './html.js'
import { session } from './session.js'
import { href } from './router.js'
import { ZONE } from './ui/format.js'
import { stale } from './ui/poll.js'

const NAV = [
  ['Watch', [['', 'overview', 'Overview'], ['events', 'events', 'Events'], ['dead-letters', 'deadletters', 'Dead letters'], ['replays', 'replays', 'Replays']]],
  ['Set up', [['library', 'library', 'Library'], ['integrations', 'integrations', 'Integrations'], ['pipelines', 'pipelines', 'Pipelines']]],
  ['Look after', [['confirm', 'confirm', 'Confirm with Kargo'], ['alerts', 'alerts', 'Alerts'], ['audit', 'audit', 'Access and audit']]]
]

let open = false

/** @param {{page: import('./main.js').Page | null, module: string, refresh: () => void, signOut: () => void}} around */
export function shell ({ page, module, refresh, signOut }) {
  return html`
    <a class="skip" href="#page">Skip to the page</a>
    <div class="shell">
      <header class="side" data-open=${open}>
        <a class="brand" href=${href('')}><img src="/console/icon.svg" alt="">Waybill</a>
        <button class="narrow-only small" aria-expanded=${open} aria-controls="nav" @click=${() => { open = !open; refresh() }}>Menu</button>
        <nav class="nav" id="nav" aria-label="Pages" @click=${() => { open = false }}>
          ${NAV.map(([title, links]) => html`<h2>${title}</h2>${links.map(([path, name, text]) => html`
            <a href=${href(path)} aria-current=${module === name ? 'page' : nothing}>${text}</a>`)}`)}
        </nav>
        <div class="side-foot small">
          <div class="row"><span><span class="strong">${session.current.name}</span><br><span class="muted">${session.current.role}</span></span>
            <button class="small" @click=${signOut}>Sign out</button></div>
          <button class="small plain" @click=${() => { switchTheme(); refresh() }}>${isDark() ? 'Light' : 'Dark'} colours</button>
        </div>
      </header>
      <main class="page" id="page" tabindex="-1">${stale(refresh)}${page ? page.view() : nothing}
        <p class="small muted zone">Times in ${ZONE}.</p></main>
    </div>`
}

const isDark = () => document.documentElement.dataset.theme === 'dark'

function switchTheme () {
  const next = isDark() ? 'light' : 'dark'
  localStorage.setItem('waybill.theme', next)
  document.documentElement.dataset.theme = next
  dispatchEvent(new Event('waybill:theme'))
}
