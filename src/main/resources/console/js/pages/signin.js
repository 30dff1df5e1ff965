// Sign-in: with the admin token, or with a name and a password.
import { html, nothing } from '../html.js'
import { session } from '../session.js'

let byToken = false
let error = ''
let busy = false

/** @param {{refresh: () => void, done: () => void}} around */
export function signIn ({ refresh, done }) {
  const submit = async event => {
    event.preventDefault()
    const form = new FormData(event.target)
    busy = true
    error = ''
    refresh()
    try {
      await session.signIn(byToken ? { token: form.get('token') } : { name: form.get('name'), password: form.get('password') })
      busy = false
      done()
    } catch (refused) {
      busy = false
      error = refused.message
      refresh()
    }
  }
  return html`<main class="signin" id="page"><form class="card stack" @submit=${submit}>
    <div class="row"><img src="/console/icon.svg" alt="" width="32" height="32"><h1>Sign in to Waybill</h1></div>
    ${byToken
      ? html`<div class="field"><label for="token">Admin token</label><input id="token" name="token" type="password" autocomplete="current-password" required autofocus aria-describedby="token-help">
          <span class="help" id="token-help">It stands in the file <code>admin-token</code> of the data directory; <code>./waybill demo</code> prints it.</span></div>`
      : html`<div class="field"><label for="name">Name</label><input id="name" name="name" autocomplete="username" required autofocus></div>
          <div class="field"><label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required></div>`}
    ${error ? html`<div class="notice bad" role="alert">${error}</div>` : nothing}
    <button class="main" ?disabled=${busy}>${busy ? 'Signing in …' : 'Sign in'}</button>
    <button type="button" class="plain" @click=${() => { byToken = !byToken; error = ''; refresh() }}>${byToken ? 'Use a name and password' : 'Use the admin token'}</button>
  </form></main>`
}
