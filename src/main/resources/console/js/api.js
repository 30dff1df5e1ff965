// Requests to the server. The session's cookie goes by itself; its CSRF token goes with every change.
let csrf = ''
let onSignedOut = () => {}
/** By how many milliseconds this machine's clock goes before the server's. */
let ahead = 0

/** What the server refused, in its own words. */
export class ApiError extends Error {
  /**
   * @param {number} status 0 when the server was not reached
   * @param {{reason?: string, detail?: string, problems?: {path: string, message: string, severity?: string}[]}} body
   * @param {number} retryAfter seconds, 0 when not told
   */
  constructor (status, body, retryAfter = 0) {
    super(body.detail || body.reason || `the server answered ${status}`)
    this.status = status
    this.reason = body.reason || ''
    this.problems = body.problems || []
    this.body = body
    this.retryAfter = retryAfter
  }
}

/** @param {string} token of the session, empty when signed out */
export function useCsrf (token) { csrf = token }

/** @param {() => void} listener called when the session has ended */
export function whenSignedOut (listener) { onSignedOut = listener }

/**
 * @param {string} method
 * @param {string} path below `/api/`, encoded
 * @param {{body?: unknown, headers?: Record<string, string>, signal?: AbortSignal, opens?: boolean}} [options] with `opens`
 *   only whether it is answered, not the answer: for one without end
 * @returns {Promise<{status: number, etag: string, body: any}>}
 */
export async function call (method, path, { body, headers = {}, signal, opens = false } = {}) {
  const sent = { ...headers }
  if (body !== undefined) sent['Content-Type'] = 'application/json'
  if (method !== 'GET' && csrf) sent['X-Waybill-CSRF'] = csrf
  let response
  try {
    response = await fetch('/api/' + path, {
      method, headers: sent, signal, credentials: 'same-origin', body: body === undefined ? undefined : JSON.stringify(body)
    })
  } catch (failure) {
    if (signal?.aborted) throw failure
    throw new ApiError(0, { reason: 'unreachable', detail: 'The server was not reached. Is it running?' })
  }
  const date = Date.parse(response.headers.get('Date') || '')
  if (date) ahead = Date.now() - date
  if (opens && response.ok) {
    await response.body?.cancel()
    return { status: response.status, etag: '', body: null }
  }
  const text = await response.text()
  const json = /[/+]json\b/.test(response.headers.get('Content-Type') || '')
  const answer = json && text ? JSON.parse(text) : { detail: text }
  if (response.ok) return { status: response.status, etag: response.headers.get('ETag') || '', body: json ? answer : text }
  if (response.status === 401 && path !== 'session') onSignedOut()
  throw new ApiError(response.status, answer, Number(response.headers.get('Retry-After')) || 0)
}

/** Asks for something. @param {string} path @param {Record<string, unknown>} [query] empty values are left out */
export async function get (path, query, signal) {
  return (await call('GET', path + search(query), { signal })).body
}

/** @param {string} path @param {unknown} [body] @param {Record<string, string>} [headers] */
export async function post (path, body = {}, headers) { return (await call('POST', path, { body, headers })).body }

/** @param {string} path @param {unknown} body @param {Record<string, string>} [headers] */
export async function put (path, body, headers) { return (await call('PUT', path, { body, headers })).body }

/** A query string of what isn't empty, with its question mark. @param {Record<string, unknown>} [query] */
export function search (query = {}) {
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString()
  return text ? '?' + text : ''
}

/** Now by the server's clock, at most about a second early. */
export const serverTime = () => new Date(Date.now() - ahead)

/** One segment of a path. @param {string | number} segment */
export const encode = segment => encodeURIComponent(String(segment))
