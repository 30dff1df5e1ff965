/**
 * @fileoverview Consent categories: OneTrust's groups.
 */

/**
 * @param {!Window} win
 * @return {{categories: ?Object<string, boolean>, answered: boolean}|undefined} undefined without OneTrust; null in place
 *     of categories while it loads; `answered`: somebody closed the banner
 */
export function oneTrust(win) {
  let cookies = '';
  try {
    cookies = win.document.cookie;
  } catch (denied) {
    // A sandboxed page has none.
  }
  const kept = /OptanonConsent=[^;]*?groups=([^;&]*)/.exec(cookies);
  const active = win['OnetrustActiveGroups'];
  /** @type {!Object<string, boolean>} */
  const choices = {};
  // The cookie lists every group; what runs in the page is newer.
  (kept ? kept[1].replace(/%3A/gi, ':').replace(/%2C/gi, ',') : '').split(',').forEach((group) => {
    const pair = group.split(':');
    if (pair[1]) {
      choices[pair[0]] = pair[1] === '1' && !active;
    }
  });
  (active || '').split(',').forEach((name) => {
    if (name) {
      choices[name] = true;
    }
  });
  if (kept || active) {
    return {categories: choices, answered: cookies.includes('OptanonAlertBoxClosed=')};
  }
  return win['OneTrust'] || win.document.querySelector('script[src*=otSDKStub]') ?
      {categories: null, answered: false} : undefined;
}
