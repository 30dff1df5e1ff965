package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Reads `consent` of a kit, and the purposes to which an integration narrows it.
final class KitConsentReader {
    /// Vendor ids are written with 16 bits.
    private static final int MAX_VENDOR = (1 << 16) - 1;

    /// The framework's purposes are 1 to 11.
    private static final int MAX_PURPOSE = 11;

    private KitConsentReader() {}

    static KitConsent kit(Section kit, Problems problems) {
        Section consent = kit.section("consent");
        consent.together("vendor", "purposes");
        int vendor = consent.integer("vendor", 0, 1, MAX_VENDOR);
        List<Integer> purposes = purposes(consent, problems);
        boolean one = consent.has("vendor");
        if (one != consent.has("purposes")) {
            problems.error(
                    consent.node(),
                    "found " + (one ? "vendor" : "purposes") + " alone; write vendor and purposes, or neither");
        } else if (one && purposes.isEmpty()) {
            problems.error(consent.place("purposes"), "found no purpose; write those that the vendor needs, from 1");
        }
        consent.done();
        return vendor == 0 ? KitConsent.NONE : new KitConsent(vendor, purposes);
    }

    /// Empty when the integration keeps the kit's.
    static List<Integer> purposes(Section consent, Problems problems) {
        List<Integer> purposes = new ArrayList<>();
        consent.itemsTake("purposes", new Form.Whole(1, MAX_PURPOSE));
        for (ConfigNode item : consent.list("purposes")) {
            String text =
                    item instanceof ConfigNode.Scalar scalar ? scalar.text().strip() : "";
            if (text.matches("[1-9]|1[01]")) {
                purposes.add(Integer.valueOf(text));
            } else {
                problems.error(
                        item, "found " + item.kind() + "; allowed: a purpose of the framework, 1 to " + MAX_PURPOSE);
            }
        }
        return purposes;
    }

    /// The kit's, with an integration's own purposes in place of its; a problem when these are not among them.
    static KitConsent narrowed(KitConsent kit, List<Integer> own, ConfigNode at, Problems problems) {
        if (own.isEmpty()) {
            return kit;
        }
        if (!kit.hasVendor()) {
            problems.error(at, "found purposes, but the kit names no vendor of the framework; leave them out");
            return kit;
        }
        List<Integer> strange =
                own.stream().filter(one -> !kit.purposes().contains(one)).toList();
        if (!strange.isEmpty()) {
            problems.error(
                    at,
                    "found purpose " + words(strange) + ", which the kit doesn't declare; allowed: "
                            + words(kit.purposes()));
            return kit;
        }
        return kit.withPurposes(own);
    }

    static String words(List<Integer> purposes) {
        return purposes.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
