/// The durable log of events: what the collector appends and the lanes read.
///
/// # Invariants
///
/// - [EventLog#append(java.util.List)] returns when all its records are durable, or throws; there is no third
///   way.
/// - Sequences are dense per pipeline. A reader gets every one of them: as an event, as damaged, or, where
///   retention was faster, as a step of [LogItem#sequence()] over what it expected.
/// - A record's bytes are those that were received.
/// - The end never goes back, if the owner says what its journals know.
/// - After a failed write or force nothing is accepted until a restart.
///
/// # On disk
///
/// A [dev.waybill.segments] log. The payload of a frame, whose time is `receivedAt`:
///
/// ```
/// payload = headerLength: u32
///           header:       RecordHeader, see there
///           body:         the event as received
/// ```
///
/// Beside a sealed segment stands `NNN.ids`, so that a restart finds the messageIds of the last hours without
/// reading events. It may be missing or wrong at no cost but time:
///
/// ```
/// ids     = magic:    u32 "WBID"
///           version:  u32 1
///           next:     u64 the sequence behind the segment
///           count:    u32
///           id*:      sequence u64, received in seconds u32, hash of pipeline and messageId 128 bits
///           checksum: u32 CRC32C of all before
/// ```
///
/// # Threads
///
/// One platform thread per log writes. Appenders, many virtual threads, put their records in a queue of
/// bounded size and park; the writer takes all there is, writes once, forces once, shows the new end to
/// readers and wakes the appenders. The slower the disk, the larger the groups. Readers never wait for the
/// writer, nor it for them.
@NullMarked
package dev.waybill.log;

import org.jspecify.annotations.NullMarked;
