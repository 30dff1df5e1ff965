// After a roll back: how many events the bad revision took, and sending them again by the one that runs now.
import { html } from '../html.js'
import { encode, get, post, serverTime } from '../api.js'
import { go, href } from '../router.js'
import { dialog } from '../ui/dialog.js'
import { count, date, plural, time } from '../ui/format.js'
import { toast } from '../ui/toast.js'

/** What may be sent again, the least first; each holds those before it. */
const CHOICES = [
  ['Rejected', { outcome: 'rejected' }, ''],
  ['All that was not delivered', {}, 'With what was filtered; repeats of an event are sent, too.'],
  ['All', { includeDelivered: true }, 'Delivered events would be sent again: Kargo can’t tell a repeat and counts them twice.']
]

/**
 * Offers to replay what came while the bad revision ran, if anything did.
 * @param {{pipeline: string, integration: string, bad: number, good: number}} change
 */
export async function offerReplay ({ pipeline, integration, bad, good }) {
  const path = `lanes/${encode(pipeline)}/${encode(integration)}/replay`
  const range = await ran({ pipeline, integration, bad, good })
  if (range === null) return
  const counts = await Promise.all(CHOICES.map(async ([, which]) => (await post(path, { ...range, ...which, dryRun: true })).selected))
  if (counts.at(-1) === 0) return
  const chosen = await dialog(question({ pipeline, bad, good, range, counts }), { label: 'Replay what the revision took?' })
  if (chosen === null) return
  const started = await post(path, { ...range, ...CHOICES[chosen][1] })
  toast(`Replaying ${plural(started.selected, 'event')} by revision ${good}.`)
  go(href('replays', { id: started.id }))
}

function question ({ pipeline, bad, good, range, counts }) {
  // What was delivered is sent again only when somebody chooses so.
  let chosen = counts.findIndex((n, i) => n > 0 && !CHOICES[i][1].includeDelivered)
  return (close, redraw) => html`<form class="stack" @submit=${event => { event.preventDefault(); close(chosen) }}>
    <h2>${pipeline} runs revision ${good} now</h2>
    <p>Revision ${bad} ran from ${words(range.from)} to ${words(range.to)}. What was received then can be sent by revision ${good}:</p>
    <fieldset class="stack tight"><legend class="unseen">What to replay</legend>${CHOICES.map(([title, , help], i) => html`
      <label class="check"><input type="radio" name="which" value=${i} .checked=${i === chosen} ?disabled=${counts[i] === 0} @change=${() => { chosen = i; redraw() }}>
        <span>${title}: ${count(counts[i])}${help ? html`<br><span class="muted small">${help}</span>` : ''}</span></label>`)}</fieldset>
    <div class="row end"><button type="button" @click=${() => close(null)}>Don’t replay</button>
      <button class=${CHOICES[chosen]?.[1].includeDelivered ? 'danger' : 'main'} ?disabled=${chosen < 0}>Replay ${chosen < 0 ? '' : count(counts[chosen])}</button></div></form>`
}

const words = at => `${date(at)}, ${time(at)}`

/** From when to when the bad revision was live last; null when it was not, or more than a month ago. */
async function ran ({ pipeline, integration, bad, good }) {
  const { lanes } = await get('overview', { window: 'month' })
  const lane = lanes.find(one => one.pipeline === pipeline && one.integration === integration)
  const pins = (lane?.marks ?? []).filter(mark => mark.kind === 'pinned')
  // The lane marks the new pin when it begins to work by it, which may be a moment later.
  const end = pins.at(-1)?.text.startsWith(`revision ${good} `) ? pins.pop().at : serverTime().toISOString()
  const last = pins.findLastIndex(mark => mark.text !== `revision ${bad} live`)
  const from = pins[last + 1]?.at
  return from && from < end ? { from, to: end } : null
}
