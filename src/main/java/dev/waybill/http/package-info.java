/// What every HTTP door of Waybill shares: a listener with limits, bounded reading of bodies, JSON answers, the
/// address of the client and the admin token.
///
/// Everything from the network is hostile: sizes, times and counts are bounded here, so that handlers needn't. A
/// handler runs on the virtual thread of its connection and may block. It refuses by throwing
/// [dev.waybill.http.Refusal]; every error that leaves a listener is JSON with `reason` and `detail`.
///
/// A connection that sends nothing, drips its headers or stays idle is closed after
/// [dev.waybill.http.Listener.Waits], one that drips its body by its [dev.waybill.http.BodyReader], so that none holds
/// a place for ever.
@NullMarked
package dev.waybill.http;

import org.jspecify.annotations.NullMarked;
