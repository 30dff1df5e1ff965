/// What can become of an event and why: the one list of reasons and notices that code, console, metrics and docs share.
/// Names never change; the lists may grow. Pure values, safe for threads.
@NullMarked
package dev.waybill.outcome;

import org.jspecify.annotations.NullMarked;
