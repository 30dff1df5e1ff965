package dev.waybill.event;

/// How event names are compared: trimmed, lower-cased, each run of spaces, `_` or `-` one `_`, nothing else. So
/// `Product Viewed`, `product-viewed` and `product_viewed` are one name.
public final class EventName {
    private EventName() {}

    public static String normalise(String name) {
        String lower = LetterCase.lower(name.strip());
        StringBuilder normal = new StringBuilder(lower.length());
        boolean inRun = false;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            boolean separator = c == ' ' || c == '_' || c == '-';
            if (!separator) {
                normal.append(c);
            } else if (!inRun) {
                normal.append('_');
            }
            inRun = separator;
        }
        return normal.toString();
    }
}
