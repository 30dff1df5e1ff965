package dev.waybill.kit;

import dev.waybill.playbook.Playbook;
import dev.waybill.playbook.RequestShape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A destination as its files declare it: a library entry that integrations are made of. Immutable.
public final class Kit {
    private final About about;
    private final List<Parameter> parameters;
    private final RequestTemplate request;
    private final RequestShape shape;
    private final IdentityRule identity;
    private final Limits limits;
    private final VerdictRules verdicts;
    private final Playbook playbook;

    Kit(
            About about,
            List<Parameter> parameters,
            RequestTemplate request,
            RequestShape shape,
            IdentityRule identity,
            Limits limits,
            VerdictRules verdicts,
            Playbook playbook) {
        this.about = about;
        this.parameters = List.copyOf(parameters);
        this.request = request;
        this.shape = shape;
        this.identity = identity;
        this.limits = limits;
        this.verdicts = verdicts;
        this.playbook = playbook;
    }

    /// What a person reads first.
    ///
    /// @param name in files, such as `kargo`
    /// @param title for people and in Segment's `integrations` object, such as `Kargo`
    /// @param docs a URL, or null
    public record About(
            String name,
            String title,
            String description,
            @Nullable String docs) {}

    /// @param eventName the longest output event name
    /// @param object the output whose keys are limited
    record Limits(int eventName, String object, int keys, int keyLength, int valueLength) {}

    public About about() {
        return about;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /// The events that the kit's own playbook maps, in its order.
    public Set<String> events() {
        return playbook.events().keySet();
    }

    Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    RequestTemplate request() {
        return request;
    }

    RequestShape shape() {
        return shape;
    }

    IdentityRule identity() {
        return identity;
    }

    Limits limits() {
        return limits;
    }

    VerdictRules verdicts() {
        return verdicts;
    }

    Playbook playbook() {
        return playbook;
    }
}
