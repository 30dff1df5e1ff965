package dev.waybill.consent;

import java.util.List;

/// What was decided about an event's consent and from what, for people.
///
/// @param allowed whether the event may be sent
/// @param rule which rule denied, such as `gpc` or `tcf`; when allowed `signals`, or `scope` where none came and the
///     pipeline's scope decided alone
/// @param words one sentence, such as `allowed: no consent signal came, and scope us allows that`
/// @param signals what came with the event, such as `US Privacy 1YNN`; kinds that the pipeline switches off say so
public record Ruling(boolean allowed, String rule, String words, List<String> signals) {
    public Ruling {
        signals = List.copyOf(signals);
    }
}
