/**
 * @fileoverview What consent allows now, with an end to each wait for a banner that nobody answers: `waitMs` after
 * the question came up the sync counts as denied until somebody does.
 */
import {createConsent} from './consent/consent.js';
import {loadPlatforms} from './consent/load.js';

/**
 * `wait`: undecided, and the wait isn't over. `drop`: decided against sending.
 * @typedef {{wait: boolean, sync: boolean, send: boolean, drop: boolean, decided: boolean, asked: boolean, rule: string,
 *     signals: !Object, address: function(string): string}}
 */
export let Allowed;

/** @typedef {{now: function(): !Allowed, give: function(!Object)}} */
export let Permission;

/**
 * @param {function()} changed
 * @param {function()} deleted a person asked for deletion
 * @return {!Permission}
 */
export function createPermission(changed, deleted) {
  let over = false;
  let timer = 0;
  const consent = createConsent(window, CONFIG.consent, loadPlatforms, changed, deleted);
  return {
    now() {
      const found = consent.state();
      if (found.decided) {
        clearTimeout(timer);
        timer = 0;
        over = false;
      } else if (!timer) {
        timer = setTimeout(() => {
          over = true;
          changed();
        }, CONFIG.consent.waitMs);
      }
      return {
        wait: !found.decided && !found.failed && !over,
        drop: found.decided && !found.send,
        ...found
      };
    },
    give: consent.give
  };
}
