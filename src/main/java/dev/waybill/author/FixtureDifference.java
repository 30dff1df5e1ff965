package dev.waybill.author;

import java.util.List;

/// A fixture that would show something else.
///
/// @param name its folder
/// @param diff lines as `waybill test` prints them
public record FixtureDifference(String name, List<String> diff) {
    public FixtureDifference {
        diff = List.copyOf(diff);
    }
}
