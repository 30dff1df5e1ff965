/// The only wiring: what a running server consists of and in which order it starts and stops. It decides nothing.
///
/// Starting: data directory and its lock, workspace, journals, logs, lanes, then the listeners: no event comes in
/// before
/// its lanes stand. Stopping is the other way round: intake closes first, then the lanes finish what is under way, then
/// everything is made durable.
///
/// Threading: [dev.waybill.server.Waybill] is started and closed by one thread; the parts say what they allow.
@NullMarked
package dev.waybill.server;

import org.jspecify.annotations.NullMarked;
