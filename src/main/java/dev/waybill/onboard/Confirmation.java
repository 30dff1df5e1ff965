package dev.waybill.onboard;

import java.time.LocalDate;

/// The word of somebody at the destination that events, parameters and identifier arrive.
///
/// @param by who said so, 1 to 200 characters
/// @param date when
/// @param note at most 1000 characters; may be empty
/// @param keptBy who wrote it down here
public record Confirmation(String by, LocalDate date, String note, String keptBy) {}
