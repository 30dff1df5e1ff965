// Connection parameters of an integration: what the kit asks for, with help; secrets can be written, never read.
import { html, nothing } from '../html.js'
import { field } from '../ui/parts.js'

/**
 * @typedef {{name: string, required: boolean, secret: boolean, help?: string, example?: string, default?: string}} Parameter
 * @typedef {{parameters: Record<string, string>, secrets: Record<string, string>}} Connection secrets are those typed now
 */

/**
 * @param {Parameter[]} parameters of the kit
 * @param {Connection} connection changed in place
 * @param {{changed: () => void, problems?: {path: string, message: string}[], disabled?: boolean}} around
 */
export function connectionFields (parameters, connection, { changed, problems = [], disabled = false }) {
  return html`<div class="stack">${parameters.map(parameter => {
    const id = 'parameter-' + parameter.name
    const error = problems.filter(one => one.path === '/parameters/' + parameter.name).map(one => one.message).join(' ')
    const kept = parameter.secret && connection.parameters[parameter.name]
    const help = html`${sentence(parameter.help ?? '')} ${parameter.default ? html`Absent, it is <code>${parameter.default}</code>.` : nothing} ${parameter.secret
      ? kept
        ? 'A value is kept; type another to replace it. It can’t be read again.'
        : 'It is kept in the data directory, not in the workspace’s files, and can’t be read again.'
      : nothing}`
    const write = event => {
      const into = parameter.secret ? connection.secrets : connection.parameters
      if (event.target.value) into[parameter.name] = event.target.value
      else delete into[parameter.name]
      changed()
    }
    return field({
      id,
      label: parameter.name,
      must: parameter.required,
      help,
      error,
      control: html`<input id=${id} class="mono" type=${parameter.secret ? 'password' : 'text'} autocomplete="off" spellcheck="false" ?disabled=${disabled}
        .value=${parameter.secret ? connection.secrets[parameter.name] ?? '' : connection.parameters[parameter.name] ?? ''} placeholder=${parameter.example ?? ''}
        aria-describedby="${id}-help" aria-invalid=${error ? 'true' : 'false'} @input=${write}>`
    })
  })}</div>`
}

const sentence = text => text.charAt(0).toUpperCase() + text.slice(1)
