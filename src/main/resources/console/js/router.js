// Which page an address names. Filters and choices of a page stand in the address, so that it can be sent to others.
const ROOT = '/console/'

/** The pages: the first segment of the path and the module that shows it. */
const PAGES = {
  '': 'overview', overview: 'overview', library: 'library', integrations: 'integrations', pipelines: 'pipelines', events: 'events',
  'dead-letters': 'deadletters', replays: 'replays', confirm: 'confirm', alerts: 'alerts', audit: 'audit'
}

/** @returns {{module: string, path: string[], query: URLSearchParams}} module is `missing` for an unknown page */
export function located () {
  const path = location.pathname.slice(ROOT.length).split('/').filter(Boolean).map(decodeURIComponent)
  const module = Object.hasOwn(PAGES, path[0] || '') ? PAGES[path[0] || ''] : 'missing'
  return { module, path: path.slice(1), query: new URLSearchParams(location.search) }
}

/** The address of a page. @param {string} path below `/console/` @param {Record<string, unknown>} [query] */
export function href (path, query = {}) {
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString()
  return ROOT + path + (text ? '?' + text : '')
}

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

/** Writes a page's choices into the address and leaves the page as it is. @param {Record<string, unknown>} query */
export function note (query) {
  const path = decodeURI(location.pathname.slice(ROOT.length))
  dispatchEvent(new CustomEvent('waybill:go', { detail: { to: href(path, query), replace: true } }))
}
