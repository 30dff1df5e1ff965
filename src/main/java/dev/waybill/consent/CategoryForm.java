package dev.waybill.consent;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ways in which an event may tell of consent categories. Names are compared to the letter, without the space
/// around them. What can't be read denies, whatever else is granted. Looking costs as much as the form is long.
enum CategoryForm {
    /// Segment: `{"C0004": true}`. Once it is there, whatever it doesn't hold as `true` is not granted.
    CATEGORY_PREFERENCES("categoryPreferences") {
        @Override
        Stance on(String category, CategorySignals signals) {
            if (signals.emptyConsent()) {
                return Stance.NOT_GRANTED;
            }
            return switch (signals.preferences()) {
                case null -> Stance.SILENT;
                case JsonObject preferences ->
                    worst(category, preferences, Stance.NOT_GRANTED, value -> switch (value) {
                        case Json.Bool bool -> bool == Json.Bool.TRUE ? Stance.GRANTED : Stance.REFUSED;
                        case Json.Null _ -> Stance.NOT_GRANTED;
                        default -> Stance.UNREADABLE;
                    });
                default -> Stance.UNREADABLE;
            };
        }
    },

    /// MetaRouter: `{"C0004": "true"}` means opted out.
    OPT_OUT("optOut") {
        @Override
        Stance on(String category, CategorySignals signals) {
            return switch (signals.optOut()) {
                case null -> Stance.SILENT;
                case JsonObject optOut ->
                    worst(category, optOut, Stance.SILENT, value -> switch (Flag.of(value)) {
                        case TRUE -> Stance.REFUSED;
                        case FALSE -> Stance.GRANTED;
                        case ABSENT -> Stance.SILENT;
                        case ODD -> Stance.UNREADABLE;
                    });
                default -> Stance.UNREADABLE;
            };
        }
    },

    /// MetaRouter: `true` means that only what `optOut` holds as `"false"` is granted.
    EXPLICIT("explicit") {
        @Override
        Stance on(String category, CategorySignals signals) {
            return switch (Flag.of(signals.explicit())) {
                case ABSENT, FALSE -> Stance.SILENT;
                case TRUE -> OPT_OUT.on(category, signals) == Stance.SILENT ? Stance.NOT_GRANTED : Stance.SILENT;
                case ODD -> Stance.UNREADABLE;
            };
        }
    },

    /// RudderStack: `{"allowedConsentIds": ["C0001"], "deniedConsentIds": ["C0004"]}`.
    CONSENT_MANAGEMENT("consentManagement") {
        @Override
        Stance on(String category, CategorySignals signals) {
            Stance outer = managed(category, signals.management());
            Stance inner = managed(category, signals.nestedManagement());
            return outer.compareTo(inner) >= 0 ? outer : inner;
        }
    };

    private final String key;

    CategoryForm(String key) {
        this.key = key;
    }

    /// The key of the event that holds it.
    String key() {
        return key;
    }

    abstract Stance on(String category, CategorySignals signals);

    @FunctionalInterface
    private interface Reading {
        Stance of(Json value);
    }

    /// The most forbidding of the values whose keys name the category: two keys may differ in space only.
    private static Stance worst(String category, JsonObject object, Stance absent, Reading reading) {
        Stance worst = null;
        for (int i = 0; i < object.size(); i++) {
            if (object.name(i).strip().equals(category)) {
                Stance one = reading.of(object.value(i));
                worst = worst == null || one.compareTo(worst) > 0 ? one : worst;
            }
        }
        return worst == null ? absent : worst;
    }

    private static Stance managed(String category, @Nullable Json management) {
        if (management == null) {
            return Stance.SILENT;
        }
        if (!(management instanceof JsonObject object)) {
            return Stance.UNREADABLE;
        }
        return switch (listed(category, object.present("deniedConsentIds"))) {
            case GRANTED -> Stance.REFUSED;
            case SILENT -> listed(category, object.present("allowedConsentIds"));
            default -> Stance.UNREADABLE;
        };
    }

    /// [Stance#GRANTED] when the list holds the category, [Stance#SILENT] when it doesn't.
    private static Stance listed(String category, @Nullable Json list) {
        if (list == null) {
            return Stance.SILENT;
        }
        if (!(list instanceof Json.Arr(List<Json> ids))) {
            return Stance.UNREADABLE;
        }
        Stance stance = Stance.SILENT;
        for (Json id : ids) {
            String name = id.asText();
            if (name == null) {
                stance = Stance.UNREADABLE;
            } else if (name.strip().equals(category)) {
                return Stance.GRANTED;
            }
        }
        return stance;
    }
}
