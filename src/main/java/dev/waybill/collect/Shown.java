package dev.waybill.collect;

import dev.waybill.json.JsonText;

/// Texts from outside as error texts show them: short, and never a whole identifier.
final class Shown {
    private static final int LONGEST = 8;

    private Shown() {}

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : JsonText.wellFormed(text.substring(0, LONGEST)) + "…";
    }
}
