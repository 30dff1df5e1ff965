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
    private final @Nullable SyncRule sync;
    private final RequestShape shape;
    private final @Nullable IdentityRule identity;
    private final Limits limits;
    private final @Nullable BatchRule batch;
    private final KitConsent consent;
    private final VerdictRules verdicts;
    private final Playbook playbook;

    Kit(
            About about,
            List<Parameter> parameters,
            RequestTemplate request,
            @Nullable SyncRule sync,
            RequestShape shape,
            @Nullable IdentityRule identity,
            Limits limits,
            @Nullable BatchRule batch,
            KitConsent consent,
            VerdictRules verdicts,
            Playbook playbook) {
        this.about = about;
        this.parameters = List.copyOf(parameters);
        this.request = request;
        this.sync = sync;
        this.shape = shape;
        this.identity = identity;
        this.limits = limits;
        this.batch = batch;
        this.consent = consent;
        this.verdicts = verdicts;
        this.playbook = playbook;
    }

    /// What a person reads first.
    ///
    /// @param name in files, such as `kargo`
    /// @param title for people and in Segment's `integrations` object, such as `Kargo`
    /// @param docs a URL, or null
    /// @param product the type of the product, such as `Advertising`, or null
    /// @param source where its events come from, such as `Web`; may be empty
    /// @param scope what it does with them, such as `Full-Funnel Events`, or null
    public record About(
            String name,
            String title,
            String description,
            @Nullable String docs,
            @Nullable String product,
            List<String> source,
            @Nullable String scope) {
        public About {
            source = List.copyOf(source);
        }
    }

    /// What the destination takes at most; [Integer#MAX_VALUE] where it doesn't say.
    ///
    /// @param eventNameOutput the output that holds the event's name, or null
    /// @param eventName the longest output event name
    /// @param object the output whose keys are limited, or null
    public record Limits(
            @Nullable String eventNameOutput,
            int eventName,
            @Nullable String object,
            int keys,
            int keyLength,
            int valueLength) {}

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

    /// What its own playbook says, as a table for people.
    public KitTable table() {
        return KitTable.of(shape, playbook);
    }

    /// Whether a parameter has a value when the user gives none.
    public boolean hasDefault(String parameter) {
        return parameter(parameter).filter(one -> one.fallback() != null).isPresent();
    }

    Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    RequestTemplate request() {
        return request;
    }

    /// Whether the destination takes an event only with the person's identifier.
    public boolean needsIdentity() {
        return identity != null;
    }

    /// Whether a browser's report or cookie can be an identifier of the destination: of the usual shape, where the kit
    /// knows one, and in any case short, visible ASCII.
    public boolean takes(String identifier) {
        return identity != null && identity.takes(identifier);
    }

    /// The parameters that the URL of the browser's ID sync is made of; empty when the kit has no sync.
    public List<String> syncParameters() {
        return sync == null || sync.url() == null ? List.of() : sync.url().names();
    }

    /// Whether it can send a browser back with the identifier.
    public boolean hasRedirect() {
        return sync != null && sync.redirect() != null;
    }

    /// The same for the URL that sends a browser back with the identifier; empty when the kit has none.
    public List<String> redirectParameters() {
        return sync == null || sync.redirect() == null
                ? List.of()
                : sync.redirect().url().names();
    }

    /// Whether browsers are to ask this destination who the visitor is.
    public boolean hasSync() {
        return sync != null;
    }

    /// Whether an identifier has the shape that this destination's usually have; true where none is known.
    public boolean isUsualIdentifier(String identifier) {
        return identity == null || identity.isUsual(identifier);
    }

    /// That shape in words, such as `8-4-4-4-12 hex`; empty where none is known.
    public String usualIdentifier() {
        return identity == null ? "" : identity.usualName();
    }

    @Nullable
    SyncRule sync() {
        return sync;
    }

    RequestShape shape() {
        return shape;
    }

    @Nullable
    IdentityRule identity() {
        return identity;
    }

    public Limits limits() {
        return limits;
    }

    @Nullable
    BatchRule batch() {
        return batch;
    }

    /// What it needs consent to; [KitConsent#NONE] when it doesn't say.
    public KitConsent consent() {
        return consent;
    }

    VerdictRules verdicts() {
        return verdicts;
    }

    Playbook playbook() {
        return playbook;
    }
}
