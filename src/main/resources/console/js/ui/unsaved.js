// Changes that are not saved yet: kept over a reload, and not left without asking.
import { session } from '../session.js'

const PREFIX = 'waybill.draft.'
let dirty = false

/** Tells whether the page shown holds changes that are not saved. @param {boolean} is */
export function markUnsaved (is) { dirty = is }

/** Asks before changes are left. */
export function changesAreSafe () {
  return !dirty || confirm('There are changes that are not saved. They stay in this browser as a draft. Leave the page?')
}

export function forgetChanges () { dirty = false }

addEventListener('beforeunload', event => { if (dirty) event.preventDefault() })

/** A draft is its writer's: whoever signs in next at this browser doesn't see it. */
const place = key => `${PREFIX}${encodeURIComponent(session.current?.name ?? '')}/${key}`

/** What the kept drafts of a kind are of, such as the revisions of an integration. @param {string} kind @returns {string[]} */
export function draftsOf (kind) {
  const start = place(kind + '.')
  return Object.keys(localStorage).filter(key => key.startsWith(start)).map(key => key.slice(start.length))
}

/** A draft of something by the person who is signed in, kept in this browser. @param {string} key what it is a draft of */
export function draft (key) {
  const at = place(key)
  return {
    read () {
      try {
        return JSON.parse(localStorage.getItem(at) || 'null')
      } catch {
        return null
      }
    },
    write (value) {
      try { localStorage.setItem(at, JSON.stringify(value)) } catch { /* A full store keeps no draft; the page still asks. */ }
    },
    drop () { localStorage.removeItem(at) },

    /** @param {(there: boolean) => void} told when another tab keeps one of the same, or drops it @returns {() => void} ends that */
    watch (told) {
      const listener = event => { if (event.key === at) told(event.newValue !== null) }
      addEventListener('storage', listener)
      return () => removeEventListener('storage', listener)
    }
  }
}
