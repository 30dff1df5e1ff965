// Changes that were made to one revision, made again to a newer one. Pure functions over the files' JSON.

/** @typedef {import('./playbook.js').File} File */

/**
 * Both people's changes in one file. Where both changed the same thing, mine stands: it is what the editor then shows.
 * @param {File} base what both began from
 * @param {File} mine
 * @param {File} theirs the newer revision
 * @returns {File}
 */
export const carryOver = (base, mine, theirs) => structuredClone(merged(base, mine, theirs))

function merged (base, mine, theirs) {
  if (same(mine, base)) return theirs
  if (same(theirs, base) || same(mine, theirs)) return mine
  const key = keyOfRows(base, mine, theirs)
  if (key) {
    const [was, my, their] = [base, mine, theirs].map(rows => Object.fromEntries((rows ?? []).map(row => [row[key], row])))
    return Object.values(mergedObject(was, my, their))
  }
  return plain(mine) && plain(theirs) ? mergedObject(plain(base) ? base : {}, mine, theirs) : mine
}

function mergedObject (base, mine, theirs) {
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine)])
  const all = [...names].map(name => [name, merged(base[name], mine[name], theirs[name])])
  return Object.fromEntries(all.filter(([, value]) => value !== undefined))
}

/** What tells the rows of a list apart; null for other lists, and where it does not. */
function keyOfRows (base, mine, theirs) {
  const lists = [base ?? [], mine, theirs]
  if (!lists.every(Array.isArray)) return null
  return ['output', 'name'].find(key => lists.every(list => list.every(row => plain(row) && typeof row[key] === 'string') &&
    new Set(list.map(row => row[key])).size === list.length)) ?? null
}

const plain = value => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whatever the order of the keys. */
const same = (a, b) => text(a) === text(b)
const text = value => JSON.stringify(value, (_, part) => plain(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1)) : part)
