package dev.waybill.log;

/// One event as it is kept: the original bytes and what the collector found out about them.
///
/// @param receivedAt milliseconds of the epoch
/// @param header what the collector found out
/// @param body the bytes of one event exactly as received; never rewritten. Not copied: nobody changes it.
@SuppressWarnings("ArrayRecordComponent")
public record LogRecord(long receivedAt, RecordHeader header, byte[] body) {}
