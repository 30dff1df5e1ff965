package dev.waybill.attention;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.journal.LaneKey;
import java.net.URLEncoder;

/// Where the console shows what a finding is about. Pure.
final class Links {
    private Links() {}

    /// A page with its filters.
    ///
    /// @param filter what is beside the lane's names, encoded and beginning with `&`, or empty
    static String of(String page, LaneKey lane, String filter) {
        return page + "?pipeline=" + encoded(lane.pipeline()) + "&integration=" + encoded(lane.integration()) + filter;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
