// Asks again and again, but not while nobody looks, and slower while the server fails.

/**
 * @param {(signal: AbortSignal) => Promise<void>} work
 * @param {number} seconds before the first turn, and between the end of one and the next
 * @returns {{now: () => Promise<void>, stop: () => void}}
 */
export function poll (work, seconds) {
  const ended = new AbortController()
  let timer = 0
  let failures = 0
  let running = Promise.resolve()
  const turn = async () => {
    clearTimeout(timer)
    if (ended.signal.aborted) return
    if (!document.hidden) {
      try {
        await work(ended.signal)
        failures = 0
      } catch (failure) {
        failures = Math.min(failures + 1, 5)
      }
    }
    if (!ended.signal.aborted) timer = setTimeout(() => { running = turn() }, seconds * 1000 * 2 ** failures)
  }
  const seen = () => { if (!document.hidden) running = turn() }
  document.addEventListener('visibilitychange', seen)
  timer = setTimeout(() => { running = turn() }, seconds * 1000)
  return {
    now: () => (running = turn()),
    stop () {
      ended.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', seen)
    }
  }
}
