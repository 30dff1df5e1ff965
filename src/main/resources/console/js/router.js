// Which page an address names. Filters and choices of a page stand in the address, so that it can be sent to others.
import { search } from './api.js'

const ROOT = '/console/'

/** The pages: the first segment of the path and the module that shows it. */
const PAGES = {
  '': 'overview', overview: 'overview', library: 'library', integrations: 'integrations', pipelines: 'pipelines', events: 'events',
  'dead-letters': 'deadletters', replays: 'replays', confirm: 'confirm', alerts: 'alerts', audit: 'audit'
}

/** @returns {{module: string, path: string[], query: URLSearchParams}} module is `missing` for an unknown page */
export function located () {
  const [page = '', ...path] = segments()
  const module = Object.hasOwn(PAGES, page) ? PAGES[page] : 'missing'
  return { module, path, query: new URLSearchParams(location.search) }
}

/** The decoded segments of the path; of one that can't be decoded, none that names a page. */
function segments () {
  try {
    return location.pathname.slice(ROOT.length).split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return ['missing']
  }
}

/** The address of a page. @param {string} path below `/console/`, encoded @param {Record<string, unknown>} [query] */
export const href = (path, query) => ROOT + path + search(query)

/** Follows links of the console without loading it anew. @param {() => void} moved @param {() => boolean} mayLeave */
export function follow (moved, mayLeave) {
  document.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const other = event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    if (!link || other || link.target || link.hasAttribute('download') || !link.pathname.startsWith(ROOT) || link.origin !== location.origin) return
    event.preventDefault()
    go(link.href)
  })
  let shown = location.href
  addEventListener('popstate', () => {
    if (samePlace(shown)) return
    if (mayLeave()) { shown = location.href; moved() } else { history.pushState(null, '', shown) }
  })
  addEventListener('waybill:go', event => {
    const { to, replace } = event.detail
    if (!replace && !mayLeave()) return
    history[replace ? 'replaceState' : 'pushState'](null, '', to)
    shown = location.href
    if (!replace) moved()
  })
}

/** Only the part behind `#` differs. @param {string} shown */
function samePlace (shown) {
  const was = new URL(shown)
  return was.pathname === location.pathname && was.search === location.search
}

/** @param {string} to an address of the console */
export function go (to) { dispatchEvent(new CustomEvent('waybill:go', { detail: { to, replace: false } })) }

/**
 * Writes the choices of the page that is shown into the address and leaves the page as it is. After something was
 * waited for another page may be shown: then use the `note` that the page was opened with.
 * @param {Record<string, unknown>} query
 */
export function note (query) {
  dispatchEvent(new CustomEvent('waybill:go', { detail: { to: location.pathname + search(query), replace: true } }))
}
