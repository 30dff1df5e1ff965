/// HTTP in, log out: takes web events in the forms that Segment's and RudderStack's SDKs send, checks their shape, and
/// answers only once they are durable.
///
/// - An event's bytes are a slice of the body as received, never rewritten. What the collector finds out stands in the
///   [dev.waybill.log.RecordHeader].
/// - Each event is parsed once, by a stream ([dev.waybill.collect.ShapeReader]); no tree is built.
/// - Whatever doesn't enter the log is told to the sender with a reason and counted. Nothing is dropped silently.
/// - A 200 is sent after [dev.waybill.collect.EventSink#append] returned, and never otherwise.
///
/// A request is handled on the virtual thread of its connection from reading to answering. State between requests: the
/// index of pipelines, replaced when the workspace is, and a token bucket per write key.
@NullMarked
package dev.waybill.collect;

import org.jspecify.annotations.NullMarked;
