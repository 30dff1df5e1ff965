package dev.waybill.collect;

import dev.waybill.http.Refusal;
import dev.waybill.identity.SyncFailure;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Kit;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What a browser says: it has an identifier, it could not get one, or the person doesn't want one.
sealed interface IdentityReport {
    /// Of the browser, as its events carry it; null only where it may be absent.
    @Nullable
    String anonymousId();

    /// It has an identifier.
    ///
    /// @param consent the page's signals as on events; empty when it says nothing
    record Has(String puid, @Nullable String anonymousId, JsonObject consent) implements IdentityReport {}

    /// It could not get one.
    ///
    /// @param withdrawn whether consent was there before, and was taken back
    record Failed(SyncFailure failure, String anonymousId, boolean withdrawn) implements IdentityReport {}

    /// The person doesn't want one. Which identifier there was is the cookie's to say, not the body's.
    record OptedOut(@Nullable String anonymousId) implements IdentityReport {}

    /// The longest anonymousId, in UTF-8 bytes.
    int LONGEST_ID = 255;

    /// Reads a body.
    ///
    /// @throws Refusal 400 that says what was found and what is allowed
    static IdentityReport read(byte[] body, Kit kit) {
        JsonObject json = object(body);
        String anonymousId = anonymousId(json);
        if (json.present("optOut") != null) {
            if (json.present("optOut") != Json.Bool.TRUE) {
                throw refused("wrong_type", "optOut is not true; leave it out or send true");
            }
            return new OptedOut(anonymousId);
        }
        String failure = text(json, "failure");
        boolean withdrawn = withdrawn(json, failure);
        if (failure != null) {
            return failed(failure, anonymousId, withdrawn);
        }
        String puid = text(json, "puid");
        if (puid == null) {
            throw refused("missing_field", "the body has none of puid, failure and optOut; send one of them");
        }
        if (!kit.takes(puid)) {
            throw refused(
                    "odd_identifier",
                    "puid has not the shape of an identifier of %s%s"
                            .formatted(
                                    kit.about().name(),
                                    kit.usualIdentifier().isEmpty() ? "" : ": " + kit.usualIdentifier()));
        }
        return new Has(puid, anonymousId, consent(json));
    }

    static @Nullable String anonymousId(JsonObject json) {
        String anonymousId = text(json, "anonymousId");
        if (anonymousId != null && Utf8.length(anonymousId) > LONGEST_ID) {
            throw refused("wrong_type", "anonymousId is longer than %d bytes".formatted(LONGEST_ID));
        }
        return anonymousId;
    }

    static JsonObject object(byte[] body) {
        try {
            if (JsonText.read(body) instanceof JsonObject object) {
                return object;
            }
        } catch (JacksonException e) {
            throw refused("invalid_json", JsonText.problem(e));
        }
        throw refused("not_an_object", "a JSON object was expected");
    }

    private static @Nullable String text(JsonObject json, String key) {
        Json value = json.present(key);
        if (value == null) {
            return null;
        }
        String text = value.asText();
        if (text == null) {
            throw refused("wrong_type", "%s is a %s, not a string".formatted(key, value.kind()));
        }
        return text.isBlank() ? null : JsonText.wellFormed(text);
    }

    private static boolean withdrawn(JsonObject json, @Nullable String failure) {
        Json said = json.present("withdrawn");
        if (said == null) {
            return false;
        }
        if (said != Json.Bool.TRUE) {
            throw refused("wrong_type", "withdrawn is not true; leave it out or send true");
        }
        if (!SyncFailure.CONSENT.code().equals(failure)) {
            throw refused("wrong_type", "withdrawn goes with failure consent and with nothing else");
        }
        return true;
    }

    private static Failed failed(String failure, @Nullable String anonymousId, boolean withdrawn) {
        SyncFailure why = SyncFailure.of(failure)
                .orElseThrow(() -> refused(
                        "wrong_type",
                        "failure is none of "
                                + Arrays.stream(SyncFailure.values())
                                        .map(SyncFailure::code)
                                        .collect(Collectors.joining(", "))));
        if (anonymousId == null) {
            throw refused("missing_field", "a failure needs the anonymousId of the browser, as its events carry it");
        }
        return new Failed(why, anonymousId, withdrawn);
    }

    static JsonObject consent(JsonObject json) {
        return switch (json.present("consent")) {
            case null -> JsonObject.EMPTY;
            case JsonObject object -> object;
            case Json other -> throw refused("wrong_type", "consent is a %s, not an object".formatted(other.kind()));
        };
    }

    private static Refusal refused(String reason, String detail) {
        return new Refusal(400, reason, detail);
    }
}
