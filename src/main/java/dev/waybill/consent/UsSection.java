package dev.waybill.consent;

import com.iab.gpp.encoder.section.EncodableSection;
import com.iab.gpp.encoder.section.UsCa;
import com.iab.gpp.encoder.section.UsCo;
import com.iab.gpp.encoder.section.UsCt;
import com.iab.gpp.encoder.section.UsDe;
import com.iab.gpp.encoder.section.UsFl;
import com.iab.gpp.encoder.section.UsIa;
import com.iab.gpp.encoder.section.UsMt;
import com.iab.gpp.encoder.section.UsNat;
import com.iab.gpp.encoder.section.UsNe;
import com.iab.gpp.encoder.section.UsNh;
import com.iab.gpp.encoder.section.UsNj;
import com.iab.gpp.encoder.section.UsOr;
import com.iab.gpp.encoder.section.UsTn;
import com.iab.gpp.encoder.section.UsTx;
import com.iab.gpp.encoder.section.UsUt;
import com.iab.gpp.encoder.section.UsVa;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The sections of US law in a GPP string. Those that the library can't read have no
/// reader, and deny where they apply. The rules are those of Prebid's activity controls for the MSPA.
enum UsSection {
    USNAT(7, UsNat::new),
    USCA(8, UsCa::new),
    USVA(9, UsVa::new),
    USCO(10, UsCo::new),
    USUT(11, UsUt::new),
    USCT(12, UsCt::new),
    USFL(13, UsFl::new),
    USMT(14, UsMt::new),
    USOR(15, UsOr::new),
    USTX(16, UsTx::new),
    USDE(17, UsDe::new),
    USIA(18, UsIa::new),
    USNE(19, UsNe::new),
    USNH(20, UsNh::new),
    USNJ(21, UsNj::new),
    USTN(22, UsTn::new),
    USMN(23, null),
    USMD(24, null),
    USIN(25, null),
    USKY(26, null),
    USRI(27, null);

    private static final Map<Integer, UsSection> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(UsSection::id, one -> one));
    private static final String UNREADABLE = "it can't be read";
    private static final List<String> SALES = List.of("Sale", "Sharing", "TargetedAdvertising");

    /// Whether a person opted out, or was told, in the values of the framework.
    private static final int YES = 1;

    private static final int NO = 2;

    private final int id;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor
    private final @Nullable Function<String, EncodableSection> reader;

    UsSection(int id, @Nullable Function<String, EncodableSection> reader) {
        this.id = id;
        this.reader = reader;
    }

    static @Nullable UsSection of(int id) {
        return BY_ID.get(id);
    }

    int id() {
        return id;
    }

    /// As the framework writes it, such as `usnat`.
    String title() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// Why the section forbids; null when it doesn't.
    @Nullable
    String refusal(String text) {
        if (reader == null) {
            return UNREADABLE;
        }
        try {
            EncodableSection section = reader.apply(text);
            return value(section, "Version") == section.getVersion() ? refusal(section) : UNREADABLE;
        } catch (RuntimeException e) {
            // The library throws many kinds for the many ways of being broken; all mean the same here.
            return UNREADABLE;
        }
    }

    private static @Nullable String refusal(EncodableSection section) {
        if (section.hasField("Gpc") && Boolean.TRUE.equals(section.getFieldValue("Gpc"))) {
            return "Gpc is set";
        }
        if (value(section, "MspaServiceProviderMode") == YES) {
            return "MspaServiceProviderMode is 1";
        }
        if (section.hasField("MspaCoveredTransaction") && value(section, "MspaCoveredTransaction") == 0) {
            return "MspaCoveredTransaction is 0";
        }
        if (value(section, "PersonalDataConsents") == NO) {
            return "PersonalDataConsents is 2";
        }
        if (value(section, "SharingNotice") == NO) {
            return "SharingNotice is 2";
        }
        for (String kind : SALES) {
            String optOut = kind + "OptOut";
            String notice = kind + "OptOutNotice";
            if (value(section, optOut) == YES) {
                return optOut + " is 1";
            }
            if (value(section, notice) == NO) {
                return notice + " is 2";
            }
            if (value(section, optOut) == NO && section.hasField(notice) && value(section, notice) == 0) {
                return optOut + " is 2 while " + notice + " is 0";
            }
        }
        return child(section) ? "KnownChildSensitiveDataConsents is set" : null;
    }

    private static boolean child(EncodableSection section) {
        if (!section.hasField("KnownChildSensitiveDataConsents")) {
            return false;
        }
        return switch (section.getFieldValue("KnownChildSensitiveDataConsents")) {
            case Integer one -> one != 0;
            case List<?> many ->
                many.stream().anyMatch(one -> !Integer.valueOf(0).equals(one));
            default -> true;
        };
    }

    /// A number of the section; -1 when it has no such field.
    private static int value(EncodableSection section, String field) {
        return section.hasField(field) && section.getFieldValue(field) instanceof Integer value ? value : -1;
    }
}
