/**
 * @fileoverview Whether a page has a consent platform, and where.
 */
import {cookie} from '../store.js';

/**
 * @param {!Window} win
 * @param {string} name such as `__tcfapi`
 * @return {?Window} the nearest window, from this one upwards, that holds a frame named `…Locator`
 */
export function located(win, name) {
  try {
    if (win.frames[name + 'Locator']) {
      return win;
    }
  } catch (e) {
    // A window of another site may be looked through; one that can't be has no locator that we could see.
  }
  return win === win.parent ? null : located(win.parent, name);
}

/**
 * @param {!Window} win
 * @param {{tcf: boolean, gpp: boolean, usp: boolean, gpc: boolean}} on the signals that count
 * @return {boolean} whether there is any platform to ask, be it one that is still loading
 */
export function present(win, on) {
  const has = (name) => !!win[name] || !!located(win, name);
  return on.tcf && has('__tcfapi') || on.gpp && has('__gpp') || on.usp && has('__uspapi') ||
      !!win['OneTrust'] || !!win['OnetrustActiveGroups'] || !!win.document.querySelector('script[src*=otSDKStub]') ||
      !!cookie('OptanonConsent');
}
