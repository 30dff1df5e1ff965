package dev.waybill.ledger;

import java.time.ZoneId;
import java.util.List;

/// A lane's counts per minute (kept 25 hours) and per quarter of an hour (kept 400 days), by the time of reading and
/// of deciding. Safe for threads.
public final class LaneSeries {
    /// The last minutes up to and with the current one, oldest first, empty ones too. Reads the disk.
    ///
    /// @param minutes 1 to 1500
    public List<SeriesRow> minutes(int minutes, long now) {
        throw new UnsupportedOperationException();
    }

    /// The last days of that zone up to and with today, oldest first, empty ones too. Reads the disk.
    ///
    /// @param days 1 to 400
    public List<SeriesRow> days(int days, ZoneId zone, long now) {
        throw new UnsupportedOperationException();
    }
}
