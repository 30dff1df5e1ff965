// Of several questions only the newest counts: asking anew gives up the one before, so that no late answer is shown
// under another's name.

export class Latest {
  #asked = new AbortController()

  /** Begins a question. @returns {AbortSignal} for its requests; once aborted, neither answer nor failure counts */
  next () {
    this.end()
    this.#asked = new AbortController()
    return this.#asked.signal
  }

  /** Gives up the question that is under way. */
  end () { this.#asked.abort() }
}
