package dev.waybill.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The sections of a GPP string by their ids, each as the text that stands there. The header is read here and not by
/// IAB's library, which writes out ranges: a header of 20 characters may name a range of a thousand million ids.
///
/// @param list in the order of the string
/// @param texts the sections' texts, as many as there are ids
record GppSections(List<Integer> list, List<String> texts) {
    static final GppSections NONE = new GppSections(List.of(), List.of());

    /// In characters; real strings are below 2,000. It bounds what reading costs.
    private static final int MAX_LENGTH = 8 << 10;

    private static final int MAX_SECTIONS = 100;
    private static final int HEADER_TYPE = 3;
    private static final int HEADER_VERSION = 1;

    /// Null when the header can't be read, or names another number of sections than there are.
    static @Nullable GppSections read(String gpp) {
        if (gpp.length() > MAX_LENGTH) {
            return null;
        }
        String[] parts = gpp.split("~", -1);
        Bits header = Bits.of(parts[0]);
        if (header == null || header.next(6) != HEADER_TYPE || header.next(6) != HEADER_VERSION) {
            return null;
        }
        List<Integer> ids = new ArrayList<>();
        int entries = header.next(12);
        int last = 0;
        for (int i = 0; i < entries; i++) {
            boolean range = header.next(1) == 1;
            int from = last + header.fibonacci();
            int to = range ? from + header.fibonacci() : from;
            if (header.failed() || to - from + ids.size() >= MAX_SECTIONS) {
                return null;
            }
            for (int id = from; id <= to; id++) {
                ids.add(id);
            }
            last = to;
        }
        return !header.failed() && ids.size() == parts.length - 1
                ? new GppSections(ids, List.of(parts).subList(1, parts.length))
                : null;
    }

    Set<Integer> ids() {
        return new TreeSet<>(list);
    }

    /// Null when the string doesn't hold it.
    @Nullable
    String section(int id) {
        int at = list.indexOf(id);
        return at < 0 ? null : texts.get(at);
    }
}
