/// What `waybill demo` shows: a small shop page whose events can be watched on their way, sample traffic, and the
/// workspace that both run on.
///
/// It holds no part of the flow. It sends events as any site does, sets faults on the sandbox, and reads outcomes
/// through
/// [dev.waybill.demo.DemoFeed], which the server provides.
@NullMarked
package dev.waybill.demo;

import org.jspecify.annotations.NullMarked;
