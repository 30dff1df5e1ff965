/**
 * @fileoverview IAB Europe's TCF 2.2 and 2.3, as `__tcfapi` tells it.
 */
import {reach} from './reach.js';

/**
 * @param {!Window} win
 * @param {function(?Object)} heard gets the data once somebody decided, and at every change; null while a banner asks
 * @return {boolean} whether there is such a platform
 */
export function listenTcf(win, heard) {
  const ask = reach(win, '__tcfapi', (api, command, callback) => api(command, 2, callback));
  if (ask) {
    heard(null);
    let exempt = false;
    ask('addEventListener', (data, success) => {
      const status = data && data['eventStatus'];
      const decided = status === 'tcloaded' || status === 'useractioncomplete';
      if (success && data && (decided && data['gdprApplies'] != null || data['gdprApplies'] === false)) {
        exempt = data['gdprApplies'] === false;
        heard(/** @type {!Object} */ (data));
      } else if (exempt && data && data['gdprApplies']) {
        // That the GDPR doesn't apply was no decision of the person's to hold on to.
        exempt = false;
        heard(null);
      }
      // Else a banner that was opened once more, or a failure, changes nothing of what was decided before.
    });
  }
  return !!ask;
}
