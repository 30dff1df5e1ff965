/**
 * @fileoverview IAB's Global Privacy Platform 1.1, as `__gpp` tells it.
 */
import {reach} from './reach.js';

/**
 * @param {!Window} win
 * @param {function(?Object)} heard gets `pingData` whenever it is ready; null while it isn't
 * @return {boolean} whether there is such a platform
 */
export function listenGpp(win, heard) {
  const ask = reach(win, '__gpp', (api, command, callback) => api(command, callback));
  if (ask) {
    heard(null);
    ask('addEventListener', (event, success) => {
      const ping = success && event && event['pingData'];
      if (ping) {
        const ready = ping['signalStatus'] === 'ready' && ping['cmpStatus'] !== 'error';
        heard(ready ? /** @type {!Object} */ (ping) : null);
      }
    });
  }
  return !!ask;
}
