package dev.waybill.workspace;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// The settings that a server reads once, at its start.
final class RestartSettings {
    private static final List<Map.Entry<String, Function<Settings, Object>>> READ_ONCE = List.of(
            Map.entry("admin", Settings::admin),
            Map.entry("durability", Settings::durability),
            Map.entry("log", Settings::log),
            Map.entry("deadLetters", Settings::deadLetters),
            Map.entry("dedup", Settings::dedup),
            Map.entry("metrics", Settings::metrics));

    private RestartSettings() {}

    /// The keys of `waybill.yaml` that differ and take effect only at the next start.
    static List<String> changed(Settings started, Settings now) {
        return READ_ONCE.stream()
                .filter(setting -> !Objects.equals(
                        setting.getValue().apply(started), setting.getValue().apply(now)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
