package dev.waybill.config;

import java.util.List;

/// What a single value may look like, said by the code that reads it; the schemas for editors are made of this.
public sealed interface Form {
    /// Any single value, taken as the text that stands there.
    Form TEXT = Plain.TEXT;

    enum Plain implements Form {
        TEXT,
        /// A text that is not blank.
        FILLED_TEXT,
        BOOLEAN,
        /// See [Quantity#duration(String)].
        DURATION,
        /// See [Quantity#bytes(String)].
        SIZE
    }

    /// A text that matches as a whole.
    ///
    /// @param pattern what Java and ECMAScript read alike: no flags, no possessive quantifiers
    record Matching(String pattern) implements Form {}

    /// A whole number, both ends taken.
    record Whole(int min, int max) implements Form {}

    /// A number, both ends taken.
    record Decimal(double min, double max) implements Form {}

    /// What is described once for all places, under a name, because it can be written in so many ways.
    ///
    /// @param name as the schemas' definitions call it
    record Described(String name) implements Form {}

    /// One of some words.
    record Words(List<String> words) implements Form {
        public Words {
            words = List.copyOf(words);
        }

        public static Words of(String... words) {
            return new Words(List.of(words));
        }
    }
}
