// Starts the console: finds the session, shows the page that the address names, and shows it again when it changes.
import { render } from './html.js'
import { whenSignedOut } from './api.js'
import { session } from './session.js'
import { follow, located, note } from './router.js'
import { shell } from './shell.js'
import { signIn } from './pages/signin.js'
import { closeDialogs } from './ui/dialog.js'
import { failed, head, loading } from './ui/parts.js'
import { toast } from './ui/toast.js'
import { changesAreSafe, forgetChanges } from './ui/unsaved.js'

const app = document.getElementById('app')
/** @typedef {{title: string, view: () => unknown, close?: () => void}} Page */
/** @type {Page | null} */
let page = null
let opening = 0
let asked = 0

/** Draws at most once a frame, however often it is asked. */
function refresh () {
  if (asked) return
  asked = requestAnimationFrame(() => { asked = 0; draw() })
}

function draw () {
  if (!session.current) {
    document.title = 'Sign in · Waybill'
    render(signIn({ refresh, done: open }), app)
    return
  }
  document.title = page ? `${page.title} · Waybill` : 'Waybill'
  render(shell({ page, module: located().module, refresh, signOut }), app)
}

async function open () {
  const turn = ++opening
  page?.close?.()
  page = { title: 'Loading', view: loading }
  draw()
  if (!session.current) return
  const { module, path, query } = located()
  let opened
  try {
    const code = await import(`./pages/${module}.js`)
    opened = await code.open({ path, query, refresh, reopen: open, note: choices => { if (turn === opening) note(choices) } })
  } catch (failure) {
    opened = { title: 'Not shown', view: () => [head('Not shown', ''), failed(failure, open)] }
  }
  if (turn !== opening) {
    opened.close?.()
    return
  }
  page = opened
  draw()
  document.getElementById('page')?.focus({ preventScroll: true })
  scrollTo(0, 0)
}

/** The session is over: what it showed, asked and was about to show goes with it. */
function leave () {
  opening++
  session.forget()
  forgetChanges()
  closeDialogs()
  page?.close?.()
  page = null
  refresh()
}

async function signOut () {
  if (!changesAreSafe()) return
  try {
    await session.signOut()
    leave()
  } catch (failure) {
    toast(`You are still signed in. ${failure.message}`, 'bad')
  }
}

whenSignedOut(leave)
follow(() => { forgetChanges(); open() }, changesAreSafe)

session.find().then(open, failure => render(failed(failure, () => location.reload()), app))
