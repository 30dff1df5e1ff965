package dev.waybill.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The plugins before waybill.js is there, against objects with the faces of the SDKs: what they hand over.
@Tag("browser")
@ExtendWith(Browsing.class)
class PluginScriptTest {
    private static final String HANDED = "() => JSON.stringify(window.waybill)";

    private static Page page(PageServer pages, Visitor visitor, String plugin) {
        pages.folder("/js/", java.nio.file.Path.of("src/main/js"))
                .page("/", "<script type=\"module\" src=\"/js/plugin/" + plugin + "\"></script>", "");
        return visitor.open(pages.origin("shop.localhost") + "/");
    }

    @Test
    void segments_plugin_hands_over_a_copy_and_returns_the_event_untouched() {
        try (PageServer pages = new PageServer();
                Visitor visitor = Visitor.fresh()) {
            Page page = page(pages, visitor, "segment.js");
            assertThat(page.evaluate("""
                            () => {
                              const event = {type: 'track', event: 'A', messageId: 'm', anonymousId: 'a'};
                              const context = {event};
                              const same = waybillSegment({enrich: true}).track(context) === context;
                              event.event = 'changed later';
                              return same;
                            }""")).isEqualTo(true);
            assertThat(page.evaluate(HANDED))
                    .isEqualTo("[[\"forward\",{\"type\":\"track\",\"event\":\"A\",\"messageId\":\"m\","
                            + "\"anonymousId\":\"a\"}]]");
            visitor.sawNoException();
        }
    }

    @Test
    void rudderstacks_hands_over_what_was_queued_what_a_later_sdk_is_told_and_keeps_callbacks() {
        try (PageServer pages = new PageServer();
                Visitor visitor = Visitor.fresh()) {
            Page page = page(pages, visitor, "rudderstack.js");
            assertThat(page.evaluate("""
                            () => {
                              window.rudderanalytics = [['load', 'k', 'u'], ['track', 'queued']];
                              waybillRudderstack();
                              const queued = rudderanalytics;
                              const send = type => (name, ...rest) => rest.concat(name)
                                  .filter(each => typeof each === 'function')
                                  .forEach(each => each({type, event: name, context: {traits: {plan: 'x'}}}));
                              const sdk = {track: send('track'), page: send('page'), identify: send('identify')};
                              window.rudderanalytics = sdk;
                              queued.filter(made => made[0] === 'track').forEach(made => sdk.track(...made.slice(1)));
                              let own = 0;
                              rudderanalytics.track('direct', {}, () => own++);
                              rudderanalytics.identify('u');
                              return own;
                            }""")).isEqualTo(1);
            assertThat(page.evaluate("() => window.waybill.map(made => made[1].event + ' ' + !!made[1].traits).join()"))
                    .isEqualTo("queued false,direct false,u true");
            visitor.sawNoException();
        }
    }

    @Test
    void rudderstacks_tells_whose_events_it_enriches() {
        try (PageServer pages = new PageServer();
                Visitor visitor = Visitor.fresh()) {
            Page page = page(pages, visitor, "rudderstack.js");
            assertThat(page.evaluate("""
                            () => {
                              const asked = [];
                              window.waybill = {
                                enrich: event => { asked.push(event.anonymousId); return {context: {}} },
                                status: () => ({state: 'ok'})};
                              const sdk = {track() {}, setCustomContext() {}, getAnonymousId: () => 'rudder-1'};
                              waybillRudderstack(sdk, {enrich: true, forward: false});
                              sdk.track('Product Viewed');
                              sdk.getAnonymousId = () => undefined;
                              sdk.track('Product Viewed');
                              return asked.join();
                            }""")).isEqualTo("rudder-1,");
            visitor.sawNoException();
        }
    }

    @Test
    void rudderstacks_keeps_the_sdks_own_events_up_to_date_and_hands_nothing_over_when_told_so() {
        try (PageServer pages = new PageServer();
                Visitor visitor = Visitor.fresh()) {
            Page page = page(pages, visitor, "rudderstack.js");
            assertThat(page.evaluate("""
                            () => {
                              const puid = '0d3c6a52-8f1b-4a7e-9c60-5b2e7f41d9aa';
                              const kept = (id, expires) => JSON.stringify({puid: id, expires});
                              localStorage.setItem('wb_kargo', kept(puid, Date.now() + 1e6));
                              localStorage.setItem('wb_old', kept(puid, 1));
                              localStorage.setItem('wb_odd', kept('odd', Date.now() + 1e6));
                              const told = [];
                              const sdk = {track() { told.push(arguments.length) }, setCustomContext: c => told.push(c)};
                              waybillRudderstack(sdk, {enrich: true, forward: false});
                              const call = (state, context) => {
                                window.waybill = state && {enrich: () => ({context}), status: () => ({state}), push: told.push};
                                sdk.track('Product Viewed');
                              };
                              call();
                              call('waiting', {consent: {}});
                              call('ok', {consent: {usp: '1YNN'}, providers: {kargo: {puid: 'new'}}});
                              call('opted_out', {consent: {}});
                              window.waybill = {enrich: () => { throw 'broken' }};
                              sdk.track('Product Viewed');
                              return told.map(each => JSON.stringify(each).replaceAll(puid, 'kept')).join('\\n');
                            }""")).isEqualTo("""
                            {"providers":{"kargo":{"puid":"kept"}}}
                            1
                            {"consent":{},"providers":{"kargo":{"puid":"kept","failure":null}}}
                            1
                            {"consent":{"usp":"1YNN"},"providers":{"kargo":{"puid":"new","failure":null}}}
                            1
                            {"consent":{},"providers":{"kargo":{"puid":null,"failure":null}}}
                            1
                            1""");
            visitor.sawNoException();
        }
    }
}
