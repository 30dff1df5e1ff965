/**
 * @fileoverview Reaches a consent platform's function: `__tcfapi`, `__gpp` or `__uspapi`. It stands in the page itself
 * or, when the page is a frame, in a window above that holds a frame named `…Locator` and answers messages.
 */

/**
 * @param {!Window} win
 * @param {string} name such as `__tcfapi`
 * @return {?Window} the nearest window with the locator
 */
function located(win, name) {
  for (let at = win; ; at = at.parent) {
    try {
      if (at.frames[name + 'Locator']) {
        return at;
      }
    } catch (e) {
      // A window of another site may be looked through; one that can't be has no locator that we could see.
    }
    if (at === at.parent) {
      return null;
    }
  }
}

/**
 * @param {!Window} win
 * @param {string} name such as `__tcfapi`
 * @param {function(!Function, string, function(*, boolean))} direct calls the function that stands in the page
 * @return {?function(string, function(*, boolean))} asks it a command; null when there is none. A command that listens
 *     is answered again and again.
 */
export function reach(win, name, direct) {
  const found = win[name];
  if (typeof found === 'function') {
    return (command, callback) => direct(/** @type {!Function} */ (win[name]), command, callback);
  }
  const frame = located(win, name);
  if (!frame) {
    return null;
  }
  /** @type {!Object<string, function(*, boolean)>} */
  const asked = {};
  win.addEventListener('message', (message) => {
    if (message.source !== frame) {
      return;
    }
    let data = message.data;
    try {
      data = typeof data === 'string' ? JSON.parse(data) : data;
    } catch (e) {
      return;
    }
    const answer = data && data[name + 'Return'];
    if (answer && asked[answer['callId']]) {
      asked[answer['callId']](answer['returnValue'], answer['success']);
    }
  });
  let count = 0;
  return (command, callback) => {
    const id = 'wb' + name + ++count;
    asked[id] = callback;
    const call = {};
    call[name + 'Call'] =
        {'command': command, 'parameter': undefined, 'version': name === '__uspapi' ? 1 : name === '__gpp' ? '1.1' : 2,
          'callId': id};
    frame.postMessage(call, '*');
  };
}
