package dev.waybill.kit;

import dev.waybill.config.Section;

/// What a user may say about limits: `limits: {policy, unit}`.
record LimitSettings(Policy policy, LengthUnit unit) {
    enum Policy {
        /// Make the event fit, and say so in notices.
        TRIM,
        /// Reject an event that does not fit.
        REJECT
    }

    static LimitSettings read(Section section) {
        LimitSettings settings =
                new LimitSettings(section.oneOf("policy", Policy.TRIM), section.oneOf("unit", LengthUnit.CODE_POINTS));
        section.done();
        return settings;
    }
}
