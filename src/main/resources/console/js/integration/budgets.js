// How much of the kit's limits an event's request uses.
import { nothing } from '../html.js'
import { meter } from '../ui/parts.js'
import { cut } from '../ui/format.js'

const UNITS = { 'utf-8': ['bytes', text => new TextEncoder().encode(text).length], 'utf-16': ['UTF-16 units', text => text.length] }
const POINTS = ['characters', text => [...text].length]

/**
 * A meter for each limit that the kit has.
 * @param {{eventName?: number, object?: string, keys?: number, keyLength?: number, valueLength?: number}} limits the kit's
 * @param {{event?: string, request: {body?: any}}} answer of a dry run that sends
 * @param {string} [unit] in which the integration counts lengths
 */
export function budgets (limits, answer, unit) {
  const [units, length] = UNITS[unit] ?? POINTS
  const object = limits.object ? answer.request.body?.[limits.object] : null
  const entries = typeof object === 'object' && object !== null ? Object.entries(object) : []
  const longest = of => entries.reduce((most, entry) => of(entry) > most[1] ? [entry[0], of(entry)] : most, ['', 0])
  const [longName, nameLength] = longest(([name]) => length(name))
  const [longValue, valueLength] = longest(([, value]) => length(typeof value === 'string' ? value : JSON.stringify(value)))
  return [
    limits.keys && object ? meter(`Keys of ${limits.object}`, entries.length, limits.keys) : nothing,
    limits.eventName && answer.event ? meter(`Event name, in ${units}`, length(answer.event), limits.eventName) : nothing,
    limits.keyLength && longName ? meter(`Longest key, ${cut(longName, 30)}`, nameLength, limits.keyLength) : nothing,
    limits.valueLength && longValue ? meter(`Longest value, ${cut(longValue, 30)}`, valueLength, limits.valueLength) : nothing
  ]
}

/** `14 of 20 keys` where the kit limits them; else empty. */
export function keysInWords (limits, answer) {
  const object = limits.object ? answer.request.body?.[limits.object] : null
  return limits.keys && object ? ` with ${Object.keys(object).length} of ${limits.keys} keys` : ''
}
