package dev.waybill.segments;

import java.nio.file.Path;

/// One segment as it is now. All but the last of a log are sealed.
///
/// @param first the first sequence
/// @param next the sequence behind the last readable frame; equal to `first` in an empty segment
/// @param bytes the size on disk, without its index
/// @param oldest the lowest time, milliseconds of the epoch; Long.MAX_VALUE in an empty segment
/// @param newest the highest time, milliseconds of the epoch; Long.MIN_VALUE in an empty segment
/// @param file its file
public record Segment(long first, long next, long bytes, long oldest, long newest, Path file) {}
