// The one door to the template library: what the pages may use of it. A value in a template is always text, never
// markup; nothing here makes markup of a string.
export { html, svg, nothing, render } from '../vendor/lit-html/lit-html.js'
export { classMap } from '../vendor/lit-html/directives/class-map.js'
export { ifDefined } from '../vendor/lit-html/directives/if-defined.js'
export { keyed } from '../vendor/lit-html/directives/keyed.js'
export { live } from '../vendor/lit-html/directives/live.js'
export { ref } from '../vendor/lit-html/directives/ref.js'
export { repeat } from '../vendor/lit-html/directives/repeat.js'
