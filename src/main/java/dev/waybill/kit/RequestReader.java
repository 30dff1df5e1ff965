package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.playbook.Output;
import dev.waybill.playbook.Template;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a kit's `request`.
final class RequestReader {
    private static final Pattern HEADER = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Set<String> SIGNATURE = Set.of(Signing.ID, Signing.TIMESTAMP, Signing.SIGNATURE);

    /// The methods that a request may have.
    enum Method {
        GET,
        POST,
        PUT,
        PATCH
    }

    private enum Scheme {
        STANDARD_WEBHOOKS
    }

    private final KitValues values;
    private final Set<String> secrets;
    private final Problems problems;

    /// @param secrets the parameters that are secret
    RequestReader(KitValues values, Set<String> secrets, Problems problems) {
        this.values = values;
        this.secrets = secrets;
        this.problems = problems;
    }

    RequestTemplate read(Section section) {
        Method method = method(section);
        section.required("url", "such as $$ENDPOINT$$");
        Template url = values.template(section, "url").orElse(Template.parse(""));
        Auth auth = auth(section);
        String signingSecret = signingSecret(section);
        Map<String, Template> headers = headers(section.section("headers"), signingSecret != null);
        BodyEncoding encoding = section.oneOf("body", method == Method.GET ? BodyEncoding.QUERY : BodyEncoding.JSON);
        if (method == Method.GET && encoding != BodyEncoding.QUERY) {
            problems.error(KitValues.at(section, "body"), "a GET request has no body; write body: query");
        }
        return new RequestTemplate(method.name(), url, Map.copyOf(headers), auth, encoding, signingSecret);
    }

    private Method method(Section section) {
        List<String> allowed = Arrays.stream(Method.values()).map(Method::name).toList();
        section.takes("method", new Form.Words(allowed));
        Optional<String> text = section.text("method");
        if (allowed.contains(text.orElse(Method.POST.name()))) {
            return Method.valueOf(text.orElse(Method.POST.name()));
        }
        String found = text.orElse("");
        problems.error(
                KitValues.at(section, "method"),
                "found '" + found + "'; allowed: " + String.join(", ", allowed) + "." + Nearest.hint(found, allowed));
        return Method.POST;
    }

    private Map<String, Template> headers(Section section, boolean signed) {
        Map<String, Template> headers = new LinkedHashMap<>();
        section.entries().forEach((written, node) -> {
            String name = written.toLowerCase(Locale.ROOT);
            boolean own = KitRequest.SENDERS_HEADERS.contains(name)
                    || name.equals("idempotency-key")
                    || (signed && SIGNATURE.contains(name));
            if (!HEADER.matcher(name).matches()) {
                problems.error(
                        node, "found '" + written + "'; a header's name has letters, digits and -, such as x-api-key");
            } else if (own) {
                problems.error(node, "Waybill sets the header '" + name + "' itself; take it out");
            }
            section.text(written).ifPresent(text -> {
                if (headers.put(name, values.template(node, text)) != null) {
                    problems.error(node, "the header '" + name + "' stands here twice; keep one");
                }
            });
        });
        return headers;
    }

    private @Nullable Auth auth(Section request) {
        if (request.value("auth") == null) {
            return null;
        }
        Section section = request.section("auth");
        section.either("bearer", "basic", "token");
        section.together("token", "header", "query");
        boolean bearer = section.value("bearer") != null;
        boolean basic = section.value("basic") != null;
        boolean token =
                section.value("token") != null || section.value("header") != null || section.value("query") != null;
        if ((bearer ? 1 : 0) + (basic ? 1 : 0) + (token ? 1 : 0) > 1) {
            problems.error(section.node(), "bearer, basic and token exclude each other; keep one");
        }
        // Whichever are given are read, so that all problems are found; then the first counts.
        Auth auth = token ? token(section) : null;
        auth = basic ? basic(section.section("basic")) : auth;
        auth = bearer ? bearer(section) : auth;
        section.done();
        if (section.node() instanceof ConfigNode.Mapping mapping
                && mapping.entries().isEmpty()) {
            problems.error(section.node(), "says nothing; allowed: bearer, basic, or token with header and query");
        }
        return auth;
    }

    private Auth bearer(Section section) {
        String name = values.parameter(section, "bearer", "the parameter that holds the token");
        mustBeSecret(KitValues.at(section, "bearer"), name);
        return new Auth.Bearer(name);
    }

    private Auth basic(Section pair) {
        String password = values.parameter(pair, "password", "the parameter that holds the password");
        mustBeSecret(KitValues.at(pair, "password"), password);
        String user = values.parameter(pair, "user", "the parameter that holds the user name");
        pair.done();
        return new Auth.Basic(user, password);
    }

    private Auth token(Section section) {
        return new Auth.Token(
                values.parameter(section, "token", "the parameter that holds it"),
                values.parameter(section, "header", "the parameter that names a header"),
                values.parameter(section, "query", "the parameter that names a query key"));
    }

    private @Nullable String signingSecret(Section request) {
        if (request.value("sign") == null) {
            return null;
        }
        Section section = request.section("sign");
        section.required("scheme", "standard-webhooks");
        section.oneOf("scheme", Scheme.STANDARD_WEBHOOKS);
        String secret = values.parameter(section, "secret", "the parameter that holds the secret");
        mustBeSecret(KitValues.at(section, "secret"), secret);
        section.done();
        return secret;
    }

    private void mustBeSecret(ConfigNode at, String parameter) {
        if (values.parameters().contains(parameter) && !secrets.contains(parameter)) {
            problems.error(at, "the parameter '" + parameter + "' is shown to everybody; give it secret: true");
        }
    }

    List<Output> outputs(Section request) {
        List<Output> outputs = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        List<ConfigNode> items = request.list("outputs");
        for (ConfigNode item : items) {
            Section one = Section.of(item, problems);
            Optional<String> key = one.required("key", "a top-level key of the body");
            Output.Kind kind = one.oneOf("kind", Output.Kind.TEXT);
            boolean required = one.bool("required", false);
            String description = one.text("description").orElse(null);
            one.done();
            key.ifPresent(text -> {
                outputs.add(new Output(text, kind, required, description));
                if (text.contains(".")) {
                    problems.error(
                            KitValues.at(one, "key"),
                            "found '" + text + "'; an output is a top-level key, without a dot: make it an object");
                } else if (!keys.add(text)) {
                    problems.error(KitValues.at(one, "key"), "'" + text + "' stands here twice; keep one");
                }
            });
        }
        if (request.value("outputs") == null || items.isEmpty()) {
            request.missing("outputs", "the top-level keys of the body, such as [{key: event, required: true}]");
        }
        return outputs;
    }
}
