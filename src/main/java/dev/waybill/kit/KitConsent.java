package dev.waybill.kit;

import java.util.List;

/// What a destination needs a person's consent to under IAB Europe's framework. Immutable.
///
/// @param vendor its id in the Global Vendor List, from 1; 0: it isn't in it, and nothing but a readable string is
/// asked
/// @param purposes the framework's purposes that it works on, each by consent and never by legitimate interest; in
///     rising order, each once, empty only without a vendor
public record KitConsent(int vendor, List<Integer> purposes) {
    /// For a destination that names no vendor.
    public static final KitConsent NONE = new KitConsent(0, List.of());

    /// The purpose to store or read something on the person's device, without which no identifier may be asked for.
    public static final int STORAGE = 1;

    public KitConsent {
        purposes = purposes.stream().distinct().sorted().toList();
    }

    public boolean hasVendor() {
        return vendor > 0;
    }

    /// The same vendor with other purposes.
    public KitConsent withPurposes(List<Integer> others) {
        return new KitConsent(vendor, others);
    }
}
