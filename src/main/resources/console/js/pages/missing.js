// An address that names no page.
import { html } from '../html.js'
import { href } from '../router.js'
import { head } from '../ui/parts.js'

export const open = () => ({
  title: 'No such page',
  view: () => head('There is no such page', 'The address names no page of the console.', html`<a class="button" href=${href('')}>Go to the overview</a>`)
})
