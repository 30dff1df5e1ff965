/** @fileoverview How long an answer is waited for. */

/** @return {!AbortSignal|undefined} ends a call that takes longer than a sync may; a browser without it waits on */
export function patience() {
  return AbortSignal.timeout && AbortSignal.timeout(CONFIG.sync.timeoutMs);
}
