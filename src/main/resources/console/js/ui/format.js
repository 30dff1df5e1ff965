// Numbers and times as people read them. The zone is the browser's; the title of a time has the whole of it.
import { html } from '../html.js'

const whole = new Intl.NumberFormat('en')
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

export const count = n => whole.format(n)
export const brief = n => n < 100000 ? whole.format(n) : short.format(n)
export const percent = share => share > 0 && share < 0.001 ? '< 0.1 %' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
export const date = at => day.format(new Date(at))
export const time = at => clock.format(new Date(at))

/** The day only where it isn't today. @param {string | number} at */
export function moment (at) {
  const when = new Date(at)
  const text = when.toDateString() === new Date().toDateString() ? time(when) : `${date(when)}, ${time(when)}`
  return html`<time datetime=${when.toISOString()} title=${when.toISOString()} class="nowrap number">${text}</time>`
}

/** @param {number} seconds */
export function duration (seconds) {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  if (seconds < 172800) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86400)} days`
}

/** `missing_identity` as words. @param {string} code */
export const words = code => code.replaceAll('_', ' ')

/** Cuts a long text in the middle of a page. @param {unknown} value @param {number} [most] characters */
export function cut (value, most = 120) {
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? ''
  const points = [...text.slice(0, most * 2 + 2)]
  return points.length > most || text.length > most * 2 ? points.slice(0, most).join('') + '…' : text
}

/** 1 event, 2 events. @param {number} n @param {string} one @param {string} [many] */
export const plural = (n, one, many = one + 's') => `${count(n)} ${n === 1 ? one : many}`
