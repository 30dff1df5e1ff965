// Consent platforms as the tests need them, in the shapes of IAB's and OneTrust's APIs. Each is driven by the test.
window.platform = {
  tcf(data) {
    const listeners = [];
    let now = Object.assign({eventStatus: 'cmpuishown', gdprApplies: true, tcString: ''}, data);
    window.__tcfapi = (command, version, callback) => {
      if (command === 'addEventListener') {
        listeners.push(callback);
        callback(Object.assign({listenerId: listeners.length}, now), true);
      }
    };
    return (next) => {
      now = next;
      listeners.forEach((callback) => callback(next, true));
    };
  },
  tcData(consents, vendor, restrictions) {
    return {
      eventStatus: 'useractioncomplete', gdprApplies: true, tcString: 'CTESTSTRING', isServiceSpecific: true,
      purpose: {consents: Object.fromEntries(consents.map((id) => [id, true]))},
      vendor: {consents: vendor ? {972: true} : {}},
      publisher: {restrictions: restrictions || {}}
    };
  },
  gpp(ping) {
    const listeners = [];
    let now = ping;
    window.__gpp = (command, callback) => {
      if (command === 'addEventListener') {
        listeners.push(callback);
        callback({eventName: 'listenerRegistered', listenerId: listeners.length, data: true, pingData: now}, true);
      }
    };
    return (next) => {
      now = next;
      listeners.forEach((callback) => callback({eventName: 'signalStatus', pingData: next}, true));
    };
  },
  usp(text) {
    const deletions = [];
    let now = text;
    window.__uspapi = (command, version, callback) => {
      if (command === 'getUSPData') {
        callback({version: 1, uspString: now}, true);
      } else if (command === 'registerDeletion') {
        deletions.push(callback);
      }
    };
    return {say: (next) => now = next, remove: () => deletions.forEach((callback) => callback())};
  },
  // The frame's half of the message protocol, as a platform answers it in the top window.
  answerFrames(name) {
    const locator = document.createElement('iframe');
    locator.name = name + 'Locator';
    locator.style.display = 'none';
    document.body.appendChild(locator);
    addEventListener('message', (message) => {
      const call = message.data && message.data[name + 'Call'];
      if (call) {
        const answer = (value, success) => message.source.postMessage(
            {[name + 'Return']: {returnValue: value, success: success, callId: call.callId}}, '*');
        if (name === '__gpp') {
          window[name](call.command, answer, call.parameter);
        } else {
          window[name](call.command, call.version, answer, call.parameter);
        }
      }
    });
  }
};
// The module's answer, and every change that it told of. The second file is there at once, unless a test says otherwise.
window.begin = async (config, load) => {
  const {createConsent} = await import('/js/consent/consent.js');
  const {createPlatforms} = await import('/js/consent/platforms.js');
  window.changes = [];
  window.deletions = 0;
  let begun = false;
  window.loads = 0;
  window.consent = createConsent(window, Object.assign({
    scope: 'us', category: [], signals: {tcf: true, gpp: true, usp: true, gpc: true}, vendor: 972,
    purposes: [1, 2, 3, 4, 7, 9, 10], waitMs: 1000
  }, config), (take, failed) => {
    loads++;
    (load || ((take) => take(createPlatforms)))(take, failed, createPlatforms);
  }, (state) => begun && changes.push(say(state)), () => deletions++);
  begun = true;
  return say(consent.state());
};
window.say = (state) => state.rule + ': ' + (state.sync ? 'sync' : '-') + ' ' + (state.send ? 'send' : '-') +
    (state.decided ? '' : ' undecided');
