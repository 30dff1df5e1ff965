package dev.waybill.author;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.config.Nearest;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Kit;
import dev.waybill.kit.Parameter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes the values of secrets out of what somebody sent and puts references in their place.
///
/// A value is kept under a name of its revision's own: another value for the next revision changes nothing that runs.
///
/// @param file what is sent, with references
/// @param values what is to be kept, by the secrets' names
/// @param findings what is wrong
record SecretParameters(JsonObject file, Map<String, String> values, List<Finding> findings) {
    static final String SECRETS = "secrets";
    private static final String PARAMETERS = "parameters";

    /// `${ENV_NAME}` or `${secret:NAME}`.
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(secret:)?[A-Za-z0-9_][A-Za-z0-9_.-]*}");

    private static final Pattern NUMBER = Pattern.compile("-([1-9][0-9]{0,8})$");

    private static final int LONGEST_NAME = 100;

    SecretParameters {
        values = Map.copyOf(values);
        findings = List.copyOf(findings);
    }

    /// @param sent the file, and `secrets` with values by parameter; `null` there takes a secret out
    /// @param before the revision that it follows, as it is on disk; null for none
    /// @param kit the kit that it is made of; empty when there is no such
    static SecretParameters of(
            String integration, int revision, JsonObject sent, @Nullable JsonObject before, Optional<Kit> kit) {
        return new Reading(integration, revision, sent, before).result(kit);
    }

    static String name(String integration, String parameter, int revision) {
        String name = integration + "-" + parameter + "-" + revision;
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        String end = "-" + hash(name) + "-" + revision;
        return name.substring(0, LONGEST_NAME - end.length()) + end;
    }

    /// Whether a secret bears the name of that integration's parameter: as a revision was given it, or without the
    /// number, as people may name it.
    static boolean isOwn(String integration, String parameter, String secret) {
        Matcher number = NUMBER.matcher(secret);
        return secret.equals(integration + "-" + parameter)
                || (number.find() && secret.equals(name(integration, parameter, Integer.parseInt(number.group(1)))));
    }

    /// Whether a value is nothing but references.
    static boolean isReference(String text) {
        return !text.isBlank() && REFERENCE.matcher(text).replaceAll("").isBlank();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Reading {
        private final String integration;
        private final int revision;
        private final JsonObject sent;
        private final JsonObject given;
        private final JsonObject before;
        private final Map<String, Json> parameters = new LinkedHashMap<>();
        private final Map<String, String> values = new LinkedHashMap<>();
        private final List<Finding> findings = new ArrayList<>();

        private Reading(String integration, int revision, JsonObject sent, @Nullable JsonObject before) {
            this.integration = integration;
            this.revision = revision;
            this.sent = sent;
            Json secrets = sent.present(SECRETS);
            if (secrets != null && !(secrets instanceof JsonObject)) {
                findings.add(Finding.error(
                        "/" + SECRETS,
                        "found a value of type " + secrets.kind() + "; allowed: an object of values by parameter"));
            }
            this.given = secrets instanceof JsonObject object ? object : JsonObject.EMPTY;
            JsonObject old = before == null ? null : before.object(PARAMETERS);
            this.before = old == null ? JsonObject.EMPTY : old;
        }

        private SecretParameters result(Optional<Kit> kit) {
            JsonObject own = sent.object(PARAMETERS);
            boolean odd = own == null && sent.present(PARAMETERS) != null;
            if (own != null) {
                own.forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
            }
            List<String> names = kit.stream()
                    .flatMap(one -> one.parameters().stream())
                    .filter(Parameter::secret)
                    .map(Parameter::name)
                    .toList();
            names.forEach(this::secret);
            given.forEach(entry -> {
                if (kit.isPresent() && !names.contains(entry.getKey())) {
                    findings.add(Finding.error(
                            "/" + SECRETS + "/" + Pointers.escaped(entry.getKey()),
                            "the kit has no secret parameter of that name; allowed: "
                                    + (names.isEmpty() ? "none" : String.join(", ", names)) + "."
                                    + Nearest.hint(entry.getKey(), names)));
                }
            });
            JsonObject.Builder file = JsonObject.builder();
            sent.forEach(entry -> {
                if (!entry.getKey().equals(SECRETS) && (odd || !entry.getKey().equals(PARAMETERS))) {
                    file.put(entry.getKey(), entry.getValue());
                }
            });
            if (!odd && !(parameters.isEmpty() && own == null)) {
                JsonObject.Builder all = JsonObject.builder();
                parameters.forEach(all::put);
                file.put(PARAMETERS, all.build());
            }
            return new SecretParameters(file.build(), values, findings);
        }

        private void secret(String name) {
            Json value = given.get(name);
            if (value == null) {
                Json typed = parameters.get(name);
                value = typed == null || isBlank(typed) ? before.get(name) : typed;
            }
            if (value == null || value instanceof Json.Null || isBlank(value)) {
                parameters.remove(name);
            } else if (value instanceof JsonObject || value instanceof Json.Arr) {
                parameters.remove(name);
                findings.add(Finding.error(
                        (given.get(name) == null ? "/" + PARAMETERS : "/" + SECRETS) + "/" + Pointers.escaped(name),
                        "found a value of type " + value.kind() + "; a secret is a text"));
            } else {
                parameters.put(name, Json.of(reference(name, text(value))));
            }
        }

        private static boolean isBlank(Json value) {
            String text = value.asText();
            return (text != null && text.isBlank()) || value instanceof Json.Null;
        }

        private static String text(Json value) {
            return switch (value) {
                case Json.Str(String text) -> text;
                case Json.Num(String literal) -> literal;
                default -> value == Json.Bool.TRUE ? "true" : "false";
            };
        }

        /// What a file that was written by hand may hold: text beside a reference.
        private @Nullable String kept(String parameter) {
            Json stood = before.get(parameter);
            String text = stood == null ? null : stood.asText();
            return text != null && REFERENCE.matcher(text).find() ? text : null;
        }

        private String reference(String parameter, String text) {
            if (isReference(text) || text.equals(kept(parameter))) {
                return text;
            }
            String name = name(integration, parameter, revision);
            values.put(name, text);
            return "${secret:" + name + "}";
        }
    }
}
