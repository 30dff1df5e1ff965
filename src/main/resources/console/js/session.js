// Who is signed in, and what that person may do.
import { call, useCsrf } from './api.js'

/** @typedef {{name: string, role: string, permissions: string[], csrf: string}} Session */

/** @type {Session | null} */
let current = null

export const session = {
  /** @returns {Session | null} */
  get current () { return current },

  /** @param {string} permission such as `edit`: CONSOLE and API name them alike */
  may (permission) { return current !== null && current.permissions.includes(permission) },

  /** Whether there is a session already. */
  async find () {
    try {
      return take((await call('GET', 'session')).body)
    } catch (refused) {
      if (refused.status === 401) return take(null)
      throw refused
    }
  },

  /** @param {{token: string} | {name: string, password: string}} credentials */
  async signIn (credentials) { return take((await call('POST', 'session', { body: credentials })).body) },

  /** Throws when the server was not told: then the session goes on. One that has ended already is no failure. */
  async signOut () {
    try {
      await call('DELETE', 'session')
    } catch (refused) {
      if (refused.status !== 401) throw refused
    }
  },

  forget () { take(null) }
}

function take (found) {
  current = found
  useCsrf(found ? found.csrf : '')
  return found
}
