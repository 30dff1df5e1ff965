// Asks again and again, but not while nobody looks, and slower while the server fails. What is shown meanwhile is said
// to be old.
import { html, nothing } from '../html.js'
import { time } from './format.js'
import { Latest } from './latest.js'

/** What fails now: of each poll why, and since when what it shows is old. @type {Map<object, {since: number, failure: Error}>} */
const failing = new Map()
let redraw = () => {}

/** Says that the page is not up to date, and why. @param {() => void} refresh */
export function stale (refresh) {
  redraw = refresh
  const [oldest] = [...failing.values()].sort((a, b) => a.since - b.since)
  return html`<div role="status" class="stale">${oldest
    ? html`<div class="notice warn"><b>Not up to date since ${time(oldest.since)}.</b><span>${oldest.failure.message} It is tried again by itself.</span></div>`
    : nothing}</div>`
}

/**
 * A turn that begins while another is under way gives that one up.
 * @param {(signal: AbortSignal) => Promise<void>} work throws when it fails; the page then says that it is not up to date
 * @param {number} seconds before the first turn, and between the end of one and the next
 * @returns {{now: () => Promise<void>, stop: () => void}}
 */
export function poll (work, seconds) {
  const latest = new Latest()
  const self = {}
  let timer = 0
  let failures = 0
  let since = Date.now()
  let stopped = false
  const turn = async () => {
    clearTimeout(timer)
    if (stopped) return
    const signal = latest.next()
    if (!document.hidden) {
      try {
        await work(signal)
        if (signal.aborted) return
        failures = 0
        since = Date.now()
        if (failing.delete(self)) redraw()
      } catch (failure) {
        if (signal.aborted) return
        failures = Math.min(failures + 1, 5)
        failing.set(self, { since, failure })
        redraw()
      }
    }
    timer = setTimeout(turn, seconds * 1000 * 2 ** failures)
  }
  const seen = () => { if (!document.hidden) turn() }
  document.addEventListener('visibilitychange', seen)
  timer = setTimeout(turn, seconds * 1000)
  return {
    now: turn,
    stop () {
      stopped = true
      latest.end()
      clearTimeout(timer)
      failing.delete(self)
      document.removeEventListener('visibilitychange', seen)
    }
  }
}
