/**
 * @fileoverview Consent categories: OneTrust's groups.
 */

/**
 * @param {!Window} win
 * @return {{choices: ?Object<string, boolean>, closed: boolean}|undefined} undefined without OneTrust; no choices while
 *     it loads; `closed`: somebody answered the banner
 */
export function oneTrust(win) {
  const cookies = '; ' + win.document.cookie;
  const kept = /; OptanonConsent=([^;]*)/.exec(cookies);
  const active = win['OnetrustActiveGroups'];
  if (!kept && typeof active !== 'string') {
    return win['OneTrust'] || win.document.querySelector('script[src*=otSDKStub]') ?
        {choices: null, closed: false} : undefined;
  }
  /** @type {!Object<string, boolean>} */
  const choices = {};
  let groups;
  try {
    groups = /(?:^|&)groups=([^&]*)/.exec(kept ? kept[1] : '');
    groups = groups && decodeURIComponent(groups[1]);
  } catch (e) {
    // A cookie that somebody else broke says nothing.
  }
  (groups || '').split(',').forEach((group) => {
    const pair = group.split(':');
    if (pair[1]) {
      choices[pair[0]] = pair[1] === '1';
    }
  });
  if (typeof active === 'string') {
    // What runs in the page counts over what a cookie kept.
    const names = active.split(',').map((name) => name.trim()).filter((name) => name);
    Object.keys(choices).forEach((name) => choices[name] = names.includes(name));
    names.forEach((name) => choices[name] = true);
  }
  return {choices: choices, closed: cookies.includes('; OptanonAlertBoxClosed=')};
}
