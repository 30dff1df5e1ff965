// Changes that are not saved yet: kept over a reload, and not left without asking.
let dirty = false

/** Tells whether the page shown holds changes that are not saved. @param {boolean} is */
export function markUnsaved (is) { dirty = is }

/** Asks before changes are left. */
export function changesAreSafe () {
  return !dirty || confirm('There are changes that are not saved as a revision. They stay in this browser as a draft. Leave the page?')
}

export function forgetChanges () { dirty = false }

addEventListener('beforeunload', event => { if (dirty) event.preventDefault() })

/** What the kept drafts of a kind are of, such as the revisions of an integration. @param {string} kind @returns {string[]} */
export const draftsOf = kind => Object.keys(localStorage).filter(key => key.startsWith(`waybill.draft.${kind}.`)).map(key => key.slice(`waybill.draft.${kind}.`.length))

/** A draft of something, kept in this browser. @param {string} key what it is a draft of */
export const draft = key => ({
  read () {
    try {
      return JSON.parse(localStorage.getItem('waybill.draft.' + key) || 'null')
    } catch {
      return null
    }
  },
  write (value) {
    try { localStorage.setItem('waybill.draft.' + key, JSON.stringify(value)) } catch { /* A full store keeps no draft; the page still asks. */ }
  },
  drop () { localStorage.removeItem('waybill.draft.' + key) }
})
