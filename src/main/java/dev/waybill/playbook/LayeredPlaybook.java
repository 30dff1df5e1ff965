package dev.waybill.playbook;

import dev.waybill.playbook.Playbook.Unmapped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A user's playbook on top of a kit's. Which rules an event gets, the stronger first:
///
/// - an event with a section of its own: that section, the user's before the kit's, then those of the event that it is
///   `like`; the user's Default, the user's Global, the kit's Default, the kit's Global.
/// - an event in no section (sent only with `default.unmapped: pass`): the same without a section, and last `passed`.
///
/// So event goes over Default over Global, and whatever a user says goes over what the kit presumes.
public final class LayeredPlaybook {
    private final Playbook own;
    private final Playbook kit;
    /// What every event with a section has beneath it.
    private final Rules beneath;

    public LayeredPlaybook(Playbook own, Playbook kit) {
        this.own = own;
        this.kit = kit;
        Rules ofKit = kit.defaults()
                .in(Layer.KIT_DEFAULT)
                .outputsOnly()
                .over(kit.global().in(Layer.KIT_GLOBAL));
        this.beneath = own.defaults()
                .in(Layer.USER_DEFAULT)
                .outputsOnly()
                .over(own.global().in(Layer.USER_GLOBAL).over(ofKit));
    }

    /// Every event with a section, the kit's first.
    public Set<String> events() {
        Set<String> names = new LinkedHashSet<>(kit.events().keySet());
        names.addAll(own.events().keySet());
        return names;
    }

    public Unmapped unmapped() {
        Unmapped wish = own.unmapped() != null ? own.unmapped() : kit.unmapped();
        return wish == null ? Unmapped.FILTER : wish;
    }

    /// Everything that applies to an event with a section of its own.
    Rules of(String event) {
        Rules all = beneath;
        for (String name : chain(event).reversed()) {
            boolean its = name.equals(event);
            Rules ofKit = kit.event(name).in(its ? Layer.KIT_EVENT : Layer.KIT_LIKE);
            all = own.event(name).in(its ? Layer.USER_EVENT : Layer.USER_LIKE).over(ofKit.over(all));
        }
        return all;
    }

    /// Everything that applies to an event in no section.
    Rules ofUnmapped() {
        Rules all = own.passed().in(Layer.USER_DEFAULT).over(kit.passed().in(Layer.KIT_DEFAULT));
        Rules ofKit = kit.defaults()
                .in(Layer.KIT_DEFAULT)
                .over(kit.global().in(Layer.KIT_GLOBAL).over(all));
        return own.defaults()
                .in(Layer.USER_DEFAULT)
                .over(own.global().in(Layer.USER_GLOBAL).over(ofKit));
    }

    /// The event, the one that it is like, the one that this is like, and so on; a circle ends where it closes.
    private List<String> chain(String event) {
        Set<String> chain = new LinkedHashSet<>();
        for (String name = event; name != null && chain.add(name); ) {
            name = like(name);
        }
        return new ArrayList<>(chain);
    }

    private @Nullable String like(String event) {
        String said = own.event(event).like();
        return said != null ? said : kit.event(event).like();
    }
}
