package dev.waybill.playbook;

/// Which part of which playbook a rule stands in.
public enum Layer {
    USER_EVENT("user event"),
    /// The section of another event, which this one is `like`.
    USER_LIKE("user event, by like"),
    USER_DEFAULT("user default"),
    USER_GLOBAL("user global"),
    KIT_EVENT("kit event"),
    /// The kit's section of another event, which this one is `like`.
    KIT_LIKE("kit event, by like"),
    KIT_DEFAULT("kit default"),
    KIT_GLOBAL("kit global");

    private final String words;

    Layer(String words) {
        this.words = words;
    }

    /// For people, and in JSON.
    public String words() {
        return words;
    }
}
