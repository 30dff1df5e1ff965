// What a save of a pipeline takes away, so that it is asked about before.
import { plural } from '../ui/format.js'

const lanes = file => Array.isArray(file?.integrations) ? file.integrations : []
const isOn = lane => lane.enabled !== false

/**
 * @param {any} before the file as it lies on disk
 * @param {any} after as it would be saved
 * @param {(integration: string) => number} pending how many events of an integration wait now
 * @returns {string[]} a text for each thing
 */
export function losses (before, after, pending) {
  const found = lanes(before).filter(isOn).flatMap(({ integration }) => {
    const now = lanes(after).find(lane => lane.integration === integration)
    if (now && isOn(now)) return []
    const waiting = `what is pending, ${plural(pending(integration), 'event')} now, ends as filtered`
    const text = now ? `${integration} is switched off: ${waiting}, and so does all that comes.` : `${integration} is taken out: ${waiting}.`
    return [text + ' To keep events, pause it on the overview instead.']
  })
  if (before?.writeKey && before.writeKey !== after.writeKey) {
    found.push(`Pages and servers that send the write key ${before.writeKey} are refused until they have the new one.`)
  }
  return found
}
