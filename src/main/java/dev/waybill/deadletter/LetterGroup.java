package dev.waybill.deadletter;

import dev.waybill.journal.LaneKey;
import dev.waybill.outcome.Reason;

/// How many dead letters have lane, reason and event in common.
///
/// @param event the name to count by; `other` for all beyond the number of groups that are told apart
/// @param count those that are kept
/// @param redelivered those of them that a replay delivered since
/// @param newest when the last one was rejected, milliseconds of the epoch
public record LetterGroup(LaneKey lane, Reason reason, String event, long count, long redelivered, long newest) {}
