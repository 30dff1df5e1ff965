package dev.waybill.segments;

/// What a reader meets: a frame, or a range of sequences that can't be read any more.
public sealed interface Item permits SegmentedLog.Frame, Item.Lost {

    /// Frames that are gone.
    ///
    /// @param first the first lost sequence
    /// @param next the sequence behind the last lost one
    /// @param where file and byte position, for people
    record Lost(long first, long next, String where) implements Item {}
}
