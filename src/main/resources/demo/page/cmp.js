// A consent management platform in the shape of IAB's TCF 2.3, small enough to read: what a real one would put on the
// page before every other script. It offers two answers, all or nothing, to one vendor: Kargo, number 972.
//
// The TC strings are real ones: CMP 4095, English, publisher in Germany, vendor 972 disclosed. Accepting consents to it
// and to its purposes; rejecting consents to nothing.
(() => {
  const VENDOR = 972;
  const PURPOSES = [1, 2, 3, 4, 7, 9, 10];
  const TC_STRINGS = {
    accept: 'CQXENQAQXENQA__ABBENCWFgAPLAAAAAAAYgHmQAQHmAAAAA.IHmQAQHmAA',
    reject: 'CQXENQAQXENQA__ABBENCWFgAAAAAAAAAAYgAAAAAAAA.IHmQAQHmAA',
  };
  const KEYS = { choice: 'demo_choice', region: 'demo_region' };
  const listeners = new Map();
  const changed = [];
  let lastListener = 0;
  let open = false;
  let answered = false;
  let choice = stored(KEYS.choice);
  let region = stored(KEYS.region) ?? 'eu';

  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function store(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Asked again on the next page.
    }
  }

  const applies = () => region === 'eu';

  function eventStatus() {
    if (applies() && choice === null) {
      return 'cmpuishown';
    }
    return answered ? 'useractioncomplete' : 'tcloaded';
  }

  function tcData(listenerId) {
    const known = applies() && choice !== null;
    const accepted = known && choice === 'accept';
    return {
      tcString: known ? TC_STRINGS[choice] : '',
      tcfPolicyVersion: 5,
      cmpId: 4095,
      cmpVersion: 1,
      gdprApplies: applies(),
      eventStatus: eventStatus(),
      cmpStatus: 'loaded',
      listenerId,
      isServiceSpecific: true,
      useNonStandardTexts: false,
      publisherCC: 'DE',
      purposeOneTreatment: false,
      purpose: {
        consents: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [i + 1, accepted && PURPOSES.includes(i + 1)])),
        legitimateInterests: {},
      },
      vendor: {
        consents: { [VENDOR]: accepted },
        legitimateInterests: {},
        disclosedVendors: { [VENDOR]: true },
      },
      specialFeatureOptins: {},
      publisher: { consents: {}, legitimateInterests: {}, customPurpose: { consents: {}, legitimateInterests: {} }, restrictions: {} },
    };
  }

  const commands = {
    ping(callback) {
      callback({
        gdprApplies: applies(), cmpLoaded: true, cmpStatus: 'loaded', displayStatus: eventStatus() === 'cmpuishown' ? 'visible' : 'hidden',
        apiVersion: '2.3', cmpVersion: 1, cmpId: 4095, gvlVersion: 150, tcfPolicyVersion: 5,
      });
    },
    addEventListener(callback) {
      lastListener += 1;
      listeners.set(lastListener, callback);
      callback(tcData(lastListener), true);
    },
    removeEventListener(callback, listenerId) {
      callback(listeners.delete(listenerId));
    },
  };

  window.__tcfapi = (command, version, callback, parameter) => {
    if (commands[command] && (version === 0 || version === 2)) {
      commands[command](callback, parameter);
    } else {
      callback(null, false);
    }
  };

  function tell() {
    for (const [listenerId, callback] of listeners) {
      callback(tcData(listenerId), true);
    }
    show();
  }

  function show() {
    changed.forEach((listener) => listener());
  }

  // For the banner and the panel alone; no script that asks for consent needs it.
  window.demoCmp = {
    state: () => ({ applies: applies(), choice, asks: applies() && (open || choice === null), tcString: tcData(0).tcString }),
    onChange: (listener) => changed.push(listener),
    answer(given) {
      choice = given;
      store(KEYS.choice, given);
      open = false;
      answered = true;
      tell();
    },
    // Until there is another answer, the one given before holds.
    ask() {
      open = true;
      show();
    },
    visitFrom(place) {
      region = place;
      store(KEYS.region, place);
      open = false;
      tell();
    },
  };
})();
