package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.playbook.Template;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which parameters a kit uses.
final class ParameterUses {
    private final Set<String> used = new HashSet<>();

    private ParameterUses() {}

    /// The names that request, sync and playbook speak of.
    ///
    /// @param playbook the root of its file
    static Set<String> of(RequestTemplate request, @Nullable SyncRule sync, ConfigNode playbook) {
        ParameterUses uses = new ParameterUses();
        uses.used.addAll(request.url().names());
        request.headers().values().forEach(header -> uses.used.addAll(header.names()));
        if (request.auth() != null) {
            uses.used.addAll(request.auth().parameters());
        }
        if (request.signingSecret() != null) {
            uses.used.add(request.signingSecret());
        }
        if (sync != null && sync.url() != null) {
            uses.used.addAll(sync.url().names());
        }
        if (sync != null && sync.redirect() != null) {
            uses.used.addAll(sync.redirect().url().names());
        }
        uses.look(playbook);
        return uses.used;
    }

    private void look(ConfigNode node) {
        switch (node) {
            case ConfigNode.Scalar scalar ->
                used.addAll(Template.parse(scalar.text()).names());
            case ConfigNode.Sequence sequence -> sequence.items().forEach(this::look);
            case ConfigNode.Mapping mapping -> mapping.entries().values().forEach(this::look);
            case ConfigNode.Empty _ -> {}
        }
    }
}
