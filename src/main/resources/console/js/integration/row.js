// One output key: where its value comes from, what is done to it, and when.
import { html, nothing } from '../html.js'
import { askText } from '../ui/dialog.js'
import { badge } from '../ui/parts.js'
import { change, pathText, pathValue, pointer, presumed, reset, sourceOf } from './playbook.js'

const SOURCES = [['input', 'field'], ['value', 'constant'], ['template', 'template'], ['expression', 'expression']]
/** Those that a file may say and this page shows, but does not write. */
const FIXED = { timestamp: 'time of the event', messageId: 'messageId' }

/** A row that is being added. */
export const newRow = () => ({ output: '' })

/**
 * @param {import('./page.js').IntegrationPage} page
 * @param {{opened: Set<string>}} mappings
 * @param {import('./playbook.js').Section} section
 * @param {import('./playbook.js').Row} row
 */
export function rowView (page, mappings, section, row) {
  const { file, may } = page
  const own = row.own ?? presumed(row.kit)
  const source = sourceOf(own)
  const id = 'row-' + row.key
  const open = mappings.opened.has(id)
  const set = changes => { change(file, section, row, changes); page.changed() }
  const toggle = () => { open ? mappings.opened.delete(id) : mappings.opened.add(id); page.refresh() }
  const at = row.own ? pointer(file, section, row) : null
  const wrong = at ? page.problems.filter(one => one.path === at || one.path?.startsWith(at + '/')) : []
  return html`<div class="mapping-row stack tight" data-yours=${row.own !== null}>
    <div class="mapping">
      <div class="stack tight"><code class="strong">${row.output}</code><span class="small muted">${row.kit?.description ?? ''} ${row.kit?.required ? badge('required', 'required') : nothing}</span></div>
      <div class="stack tight"><label class="unseen" for=${id}>Expected input of ${row.output}</label>${sourceInput(source, own, { id, disabled: !may, invalid: wrong.length > 0, set })}
        ${row.own && row.kit ? html`<span class="small muted">The kit presumes ${row.kit.input === null ? html`the constant <code>${row.kit.value}</code>` : html`<code>${row.kit.input}</code>`}.</span>` : nothing}
        ${(own.transforms ?? []).length ? html`<span class="small">then ${own.transforms.map(one => html`<code>${transformText(one)}</code> `)}</span>` : nothing}</div>
      <div class="row end"><button class="small plain" aria-expanded=${open} aria-label="More about ${row.output}" @click=${toggle}>${open ? 'Less' : 'More'}</button>
        ${row.own && may ? html`<button class="small" aria-label="${row.kit ? 'Reset' : 'Remove'} ${row.output}" @click=${() => { reset(file, section, row); page.changed() }}>${row.kit ? 'Reset' : 'Remove'}</button>` : nothing}</div>
    </div>
    ${wrong.map(one => html`<span class="error small" role="alert">${one.message}</span>`)}
    ${open ? more(page, own, { id, source, set }) : nothing}
  </div>`
}

function sourceInput (source, own, { id, disabled, invalid, set }) {
  if (source in FIXED) return html`<input id=${id} class="mono" readonly .value=${source === 'timestamp' ? `${own.of ?? 'received'}, as ${own.timestamp}` : 'messageId'}>`
  const write = event => set({ [source]: source === 'input' ? pathValue(event.target.value) : event.target.value })
  const shown = source === 'input' ? pathText(own.input) : String(own[source] ?? '')
  const list = source === 'input' ? 'fields' : nothing
  return html`<input id=${id} class="mono" list=${list} ?disabled=${disabled} spellcheck="false" autocomplete="off" aria-invalid=${invalid ? 'true' : 'false'} .value=${shown} @input=${write}>`
}

function more (page, own, { id, source, set }) {
  const { may, transforms } = page
  const pick = event => {
    const kept = source in FIXED ? '' : source === 'input' ? pathText(own.input) : String(own[source] ?? '')
    const none = Object.fromEntries([...SOURCES.map(([name]) => name), ...Object.keys(FIXED), 'of'].map(name => [name, undefined]))
    set({ ...none, [event.target.value]: kept, ...(event.target.value === 'value' ? { transforms: undefined, default: undefined, required: undefined } : {}) })
  }
  const constant = source === 'value' || source in FIXED
  const choices = source in FIXED ? [[source, FIXED[source]], ...SOURCES] : SOURCES
  return html`<fieldset class="filters more" ?disabled=${!may}><legend class="unseen">More</legend>
    <div class="field"><label for="${id}-source">Value from</label><select id="${id}-source" @change=${pick}>${choices.map(([name, text]) => html`<option value=${name} ?selected=${name === source}>${text}</option>`)}</select></div>
    ${constant ? nothing : html`
      <div class="field"><label for="${id}-default">If there is none</label><input id="${id}-default" .value=${String(own.default ?? '')} placeholder="leave the key out" @change=${event => set({ default: event.target.value === '' ? undefined : scalar(event.target.value) })}></div>
      <label class="check"><input type="checkbox" .checked=${own.required === true} @change=${event => set({ required: event.target.checked || undefined })}> Reject the event without it</label>`}
    <div class="field"><label for="${id}-when">Only when (CEL)</label><input id="${id}-when" class="mono" spellcheck="false" .value=${own.when ?? ''} placeholder="event.properties.total > 0" @input=${event => set({ when: event.target.value || undefined })}></div>
    ${constant ? nothing : html`<div class="field wide-field"><label for="${id}-transforms">Transforms, one after the other</label>
      <div class="row">${(own.transforms ?? []).map((one, i) => html`<span class="badge bare"><code>${transformText(one)}</code>
          <button class="plain small" aria-label="Remove ${transformText(one)}" @click=${() => { const left = own.transforms.toSpliced(i, 1); set({ transforms: left.length ? left : undefined }) }}>×</button></span>`)}
        <select id="${id}-transforms" .value=${''} @change=${event => addTransform(event, transforms, own, set)}><option value="">Add …</option>${transforms.map(one => html`<option value=${one.name} title=${one.description}>${one.name}</option>`)}</select></div></div>`}
  </fieldset>`
}

async function addTransform (event, transforms, own, set) {
  const chosen = transforms.find(one => one.name === event.target.value)
  event.target.value = ''
  if (!chosen) return
  let step = chosen.name
  if (chosen.arguments.length > 0) {
    const help = chosen.arguments.map(one => `${one.name}${one.required ? '' : ' (optional)'}: ${one.help}`).join('; ')
    const text = await askText(chosen.name, `${chosen.description} ${help}`, 'Add')
    if (text === null) return
    if (text !== '' || chosen.arguments.some(one => one.required)) step = { [chosen.name]: structured(text) }
  }
  set({ transforms: [...(own.transforms ?? []), step] })
}

/** `trim`, `hash: sha256`. */
const transformText = one => typeof one === 'string' ? one : Object.entries(one).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(', ')

const scalar = text => text === 'true' ? true : text === 'false' ? false : text.trim() !== '' && /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text

/** What was typed, as JSON where it is JSON. */
function structured (text) {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
