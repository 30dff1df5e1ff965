// A playbook as the editor sees it: the kit's rows with the user's changes on top. Pure functions over the file's JSON.

/**
 * @typedef {{output: string, description?: string, input: string | null, value: string | null, required: boolean}} KitRow
 * @typedef {Record<string, any>} File a revision as CONTRACT's JSON
 * @typedef {{kind: 'global' | 'event' | 'default', name: string}} Section
 * @typedef {{key: string, output: string, kit: KitRow | null, list: 'mappings' | 'enrichments' | null, index: number, own: Record<string, any> | null}} Row
 *   key stays while a row is edited; own is the user's mapping or enrichment, at `index` of `list`
 */

export const SECTIONS = /** @type {Section[]} */ ([{ kind: 'global', name: 'Global' }, { kind: 'default', name: 'Default' }])

/** Names as Waybill compares them. @param {string} name */
export const normal = name => name.trim().toLowerCase().replace(/[ _-]+/g, '_')

/** The key under which the file has an event, or the name itself. @param {File} file @param {string} event */
export const keyOf = (file, event) => Object.keys(file.playbook?.events ?? {}).find(key => normal(key) === normal(event)) ?? event

/** All sections: Global, the kit's events, the user's own, Default. @returns {(Section & {custom: boolean})[]} */
export function sections (file, kit) {
  const known = kit.events.map(one => one.event)
  const own = Object.keys(file.playbook?.events ?? {}).filter(key => !known.some(event => normal(event) === normal(key)))
  return [
    { kind: 'global', name: 'Global', custom: false },
    ...known.map(name => ({ kind: 'event', name, custom: false })),
    ...own.map(name => ({ kind: 'event', name, custom: true })),
    { kind: 'default', name: 'Default', custom: false }
  ]
}

/** What the user says in a section; null when nothing. @param {File} file @param {Section} section */
export function said (file, section) {
  if (section.kind !== 'event') return file.playbook?.[section.kind] ?? null
  const events = file.playbook?.events ?? {}
  const key = keyOf(file, section.name)
  return Object.hasOwn(events, key) ? events[key] : null
}

/** The section to write into, made where it is missing. @param {File} file @param {Section} section */
export function sectionFor (file, section) {
  file.playbook ??= {}
  if (section.kind !== 'event') return (file.playbook[section.kind] ??= {})
  const events = file.playbook.events ??= {}
  const key = keyOf(file, section.name)
  // Strangers choose events' names; one that an object has already is none of the file's.
  if (!Object.hasOwn(events, key)) Object.defineProperty(events, key, { value: {}, enumerable: true, configurable: true, writable: true })
  return events[key]
}

/** A section for an event that has none yet, sent under its own name with its properties. @param {File} file @param {string} name @returns {Section & {custom: boolean}} */
export function addEvent (file, name) {
  const section = { kind: 'event', name: name.trim(), custom: true }
  Object.assign(sectionFor(file, section), { enrichments: [{ output: 'event', value: normal(name) }], mappings: [{ output: 'params', input: 'properties' }] })
  return section
}

/** The section that a text names: Global, Default, or an event, compared as Waybill compares names. @param {string} name */
export const sectionNamed = (all, name) => all.find(one => one.kind !== 'event' && one.name === name) ?? all.find(one => one.kind === 'event' && normal(one.name) === normal(name))

/** The names of the parts that two files say otherwise. @returns {string[]} */
export function changedParts (before, after, kit) {
  const differ = (a, b) => JSON.stringify(a ?? null) !== JSON.stringify(b ?? null)
  const all = [...sections(after, kit), ...sections(before, kit).filter(one => !sectionNamed(sections(after, kit), one.name))]
  const changed = all.filter(section => differ(said(before, section), said(after, section))).map(section => section.name)
  return differ(before.parameters, after.parameters) ? [...changed, 'the connection'] : changed
}

/** Takes out what says nothing, so that the saved file is as short as one written by hand. @param {File} file */
export function tidy (file) {
  const book = file.playbook
  if (!book) return
  const clean = section => {
    for (const [key, value] of Object.entries(section)) if (Array.isArray(value) && value.length === 0) delete section[key]
    return Object.keys(section).length > 0
  }
  for (const kind of ['global', 'default']) if (book[kind] && !clean(book[kind])) delete book[kind]
  for (const [name, section] of Object.entries(book.events ?? {})) if (!clean(section)) delete book.events[name]
  if (book.events && Object.keys(book.events).length === 0) delete book.events
  if (Object.keys(book).length === 0) delete file.playbook
}

/** The kit's rows of a section. @returns {KitRow[]} */
export function kitRows (kit, section) {
  if (section.kind === 'global') return kit.tables.global
  if (section.kind === 'default') return kit.tables.default
  const event = Object.keys(kit.tables.events).find(name => normal(name) === normal(section.name))
  return event ? kit.tables.events[event] : []
}

const keys = new WeakMap()
let made = 0

/** What a row of the user's is known by, wherever an edit moves it. @param {Record<string, any>} own */
function ownKey (own) {
  if (!keys.has(own)) keys.set(own, 'own-' + ++made)
  return keys.get(own)
}

/** The table of a section: the kit's rows, overridden where the user says so, then the user's own. @returns {Row[]} */
export function rows (file, kit, section) {
  const own = said(file, section) ?? {}
  const mine = ['mappings', 'enrichments'].flatMap(list => (own[list] ?? []).map((one, index) => ({ list, index, one })))
  const taken = new Set()
  const ofKit = kitRows(kit, section).map((row, i) => {
    const found = mine.find(({ one }) => one.output === row.output && !taken.has(one))
    if (found) taken.add(found.one)
    return { key: 'kit-' + i, output: row.output, kit: row, list: found?.list ?? null, index: found?.index ?? -1, own: found?.one ?? null }
  })
  return [...ofKit, ...mine.filter(({ one }) => !taken.has(one)).map(({ list, index, one }) => ({ key: ownKey(one), output: one.output, kit: null, list, index, own: one }))]
}

const SOURCES = ['value', 'timestamp', 'messageId', 'template', 'expression']
const OF_ENRICHMENTS = ['value', 'timestamp', 'messageId']

/** Where a row gets its value from. @param {Record<string, any>} own */
export const sourceOf = own => SOURCES.find(source => source in own) ?? 'input'

/** What the kit fills a row with, as a file says it; the kit's table has words for it. @param {KitRow} row */
export function presumed ({ input, value }) {
  if (input === null) return { value }
  const time = /^the time it was (\w+) as (\w+)$/.exec(input)
  if (time) return { timestamp: time[2], of: time[1] }
  if (input.startsWith('the expression ')) return { expression: input.slice('the expression '.length) }
  if (input.startsWith("the template '")) return { template: input.slice("the template '".length, -1) }
  return { input: input.includes(', else ') ? input.split(', else ') : input }
}

/** Changes a row to say something else; a kit's row becomes the user's own. @param {Record<string, unknown>} changes undefined takes a key out */
export function change (file, section, row, changes) {
  const target = sectionFor(file, section)
  const listOf = own => OF_ENRICHMENTS.includes(sourceOf(own)) ? 'enrichments' : 'mappings'
  if (!row.own) {
    row.own = { output: row.output, ...presumed(row.kit) }
    row.list = listOf(row.own)
    ;(target[row.list] ??= []).push(row.own)
  }
  const own = row.own
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) delete own[key]
    else own[key] = value
  }
  const list = listOf(own)
  if (list !== row.list) {
    target[row.list] = target[row.list].filter(one => one !== own)
    ;(target[list] ??= []).push(own)
    row.list = list
  }
}

/** Takes the user's row out; a kit's row is then as the kit says. */
export function reset (file, section, row) {
  const target = sectionFor(file, section)
  target[row.list] = target[row.list].filter(one => one !== row.own)
  tidy(file)
}

/** The JSON pointer of a row in the file. */
export function pointer (file, section, row) {
  const parts = section.kind === 'event' ? ['playbook', 'events', keyOf(file, section.name)] : ['playbook', section.kind]
  return '/' + [...parts, row.list, row.index].map(part => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')
}

/** A path or several, as one text and back. */
export const pathText = input => Array.isArray(input) ? input.join(', ') : input ?? ''
export const pathValue = text => text.includes(',') && !text.includes("'") ? text.split(',').map(part => part.trim()).filter(Boolean) : text
