// Numbers and times as people read them. The zone is the browser's, named once at the foot of each page; the title of a time has it in UTC.
import { html } from '../html.js'

const whole = new Intl.NumberFormat('en')
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const hourAndMinute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const DAY = { day: 'numeric', month: 'short', year: 'numeric' }
const day = new Intl.DateTimeFormat('en-GB', DAY)
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** The zone in which all times are shown but those of a report in another zone. */
export const ZONE = clock.resolvedOptions().timeZone

export const count = n => whole.format(n)
export const percent = share => share > 0 && share < 0.001 ? '< 0.1 %' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`

/** @typedef {string | number | Date} When */

/** 25 Nov 2026. @param {When} at */
export const date = at => day.format(new Date(at))

/** The same in a zone such as America/New_York; in UTC, in full, where the browser doesn't know the zone. @param {When} at @param {string} zone */
export function dateIn (at, zone) {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...DAY, timeZone: zone }).format(new Date(at))
  } catch {
    return new Date(at).toISOString()
  }
}

/** 25 Nov. @param {When} at */
export const shortDate = at => dayOfYear.format(new Date(at))

/** 18:30:05. @param {When} at */
export const time = at => clock.format(new Date(at))

/** 18:30. @param {When} at */
export const minute = at => hourAndMinute.format(new Date(at))

/** As text, the day only where it isn't today. @param {When} at */
export const when = at => date(at) === date(Date.now()) ? time(at) : `${date(at)}, ${time(at)}`

/** The same with the whole of it as a title. @param {When} at */
export function moment (at) {
  const iso = new Date(at).toISOString()
  return html`<time datetime=${iso} title=${iso} class="nowrap number">${when(at)}</time>`
}

/** What a `datetime-local` input takes, `2026-11-25T18:30:05`; empty when it is no time. @param {string} text as the API takes times */
export function localTime (text) {
  const at = new Date(/^\d+$/.test(text) ? Number(text) : text)
  return Number.isNaN(at.getTime()) ? '' : `${localDay(at)}T${time(at)}`
}

/** What a `date` input takes, `2026-11-25`. @param {Date} at */
export const localDay = at => `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`

const twoDigits = n => String(n).padStart(2, '0')

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
