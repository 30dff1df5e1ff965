package dev.waybill.consent;

import dev.waybill.event.Event;
import dev.waybill.workspace.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Names the consent signals of an event, for people. What came is hostile content: of texts only short ones are shown.
final class SignalWords {
    private static final Pipeline.Signals ALL = new Pipeline.Signals(true, true, true, true);
    private static final int LONGEST = 8;
    private static final int MOST_SECTIONS = 10;

    private SignalWords() {}

    static List<String> of(Event event, Pipeline.Signals counted) {
        ConsentSignals all = ConsentSignals.of(event, ALL);
        List<String> words = new ArrayList<>();
        if (all.gpc()) {
            words.add("Global Privacy Control" + off(counted.gpc(), "gpc"));
        }
        if (all.gdprApplies() != null) {
            words.add("gdprApplies " + all.gdprApplies() + off(counted.tcf(), "tcf"));
        }
        if (all.tcf() != null) {
            words.add("a TC string" + off(counted.tcf(), "tcf"));
        }
        if (all.gpp() != null) {
            words.add("GPP" + sections(all.gpp()) + off(counted.gpp(), "gpp"));
        }
        String usp = all.usp();
        if (usp != null) {
            words.add("US Privacy " + (usp.length() <= LONGEST ? usp : "of " + usp.length() + " characters")
                    + off(counted.usp(), "usp"));
        }
        categories(all.categories(), words);
        return words;
    }

    private static void categories(CategorySignals signals, List<String> words) {
        if (signals.preferences() != null) {
            words.add(CategoryForm.CATEGORY_PREFERENCES.key());
        }
        if (signals.optOut() != null) {
            words.add(CategoryForm.OPT_OUT.key());
        }
        if (signals.management() != null || signals.nestedManagement() != null) {
            words.add(CategoryForm.CONSENT_MANAGEMENT.key());
        }
    }

    private static String sections(GppSignal gpp) {
        return gpp.applicable().isEmpty()
                ? ""
                : gpp.applicable().stream()
                        .limit(MOST_SECTIONS)
                        .map(String::valueOf)
                        .collect(Collectors.joining(
                                ", ", " of section ", gpp.applicable().size() > MOST_SECTIONS ? ", …" : ""));
    }

    private static String off(boolean counted, String kind) {
        return counted ? "" : " (not counted: signals." + kind + " is false)";
    }
}
