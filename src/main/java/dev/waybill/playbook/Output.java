package dev.waybill.playbook;

/// One top-level key of the body that a destination takes.
///
/// @param required whether an event without a value for it can't be sent
public record Output(String key, Kind kind, boolean required) {
    public enum Kind {
        /// A string; a number or a boolean becomes its JSON text.
        TEXT,
        /// An object, copied whole or built key by key.
        OBJECT
    }
}
