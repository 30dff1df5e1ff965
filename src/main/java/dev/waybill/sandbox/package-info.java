/// The stand-in for Kargo: an event endpoint that enforces every documented rule, an ID endpoint, and faults on demand.
///
/// It is the independent check of what Waybill sends, so it shares no code with the kit:
/// [dev.waybill.sandbox.KargoRules]
/// states the limits anew. It keeps what it answered ([dev.waybill.sandbox.ReceivedLog]) and forgets the oldest beyond
/// a
/// bound of requests and of bytes. A fault in force ([dev.waybill.sandbox.Fault]) decides the answer before any rule is
/// looked at.
///
/// Threading: every request runs on its own virtual thread; a hanging one waits there and costs nothing else.
@NullMarked
package dev.waybill.sandbox;

import org.jspecify.annotations.NullMarked;
