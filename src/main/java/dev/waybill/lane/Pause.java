package dev.waybill.lane;

/// Why a lane is paused.
///
/// @param why one sentence for people
/// @param byHand whether a person did it: then only a person ends it
/// @param since milliseconds of the epoch
record Pause(String why, boolean byHand, long since) {}
