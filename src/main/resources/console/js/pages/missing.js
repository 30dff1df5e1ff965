// An address that names no page.
import { html } from '../html.js'
import { href } from '../router.js'
import { empty } from '../ui/parts.js'

export const open = () => ({
  title: 'No such page',
  view: () => empty('There is no such page', 'The address names no page of the console.', html`<a class="button" href=${href('')}>Go to the overview</a>`)
})
