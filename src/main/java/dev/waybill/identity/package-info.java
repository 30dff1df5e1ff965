/// What browsers report about a destination's identifier: that they have it, or why not. Reports are kept in a log of
/// their own beside each pipeline's events, in the order in which they were acknowledged, so that a lane can join them
/// to events by the time at which both were received.
@NullMarked
package dev.waybill.identity;

import org.jspecify.annotations.NullMarked;
