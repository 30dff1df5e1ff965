package dev.waybill.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.event.EventType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the collector found out about an event, beside its bytes.
///
/// On disk: a version byte (1), then fields of (id byte, length int, bytes), in any order. A reader passes over ids
/// that
/// it doesn't know, so that an older Waybill reads a newer log.
///
/// @param type what the route or the batch item said
/// @param messageId the client's, or assigned; at most 255 bytes
/// @param partitionKey anonymousId, else userId, else messageId: records of one person stand in one partition
/// @param globalPrivacyControl whether the request carried `Sec-GPC: 1`
/// @param kitCookies the first-party identifiers that came as cookies, by kit name
/// @param batchContext the batch's `context` as JSON text, or null
/// @param batchIntegrations the batch's `integrations` as JSON text, or null
/// @param batchSentAt the batch's `sentAt`, or null
public record RecordHeader(
        EventType type,
        String messageId,
        String partitionKey,
        boolean globalPrivacyControl,
        Map<String, String> kitCookies,
        @Nullable String batchContext,
        @Nullable String batchIntegrations,
        @Nullable String batchSentAt) {
    private static final byte VERSION = 1;
    private static final byte TYPE = 1;
    private static final byte MESSAGE_ID = 2;
    private static final byte PARTITION_KEY = 3;
    private static final byte GPC = 4;
    private static final byte KIT_COOKIE = 5;
    private static final byte BATCH_CONTEXT = 6;
    private static final byte BATCH_INTEGRATIONS = 7;
    private static final byte BATCH_SENT_AT = 8;

    public RecordHeader {
        kitCookies = Map.copyOf(kitCookies);
    }

    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        out.write(VERSION);
        field(out, TYPE, type.text());
        field(out, MESSAGE_ID, messageId);
        if (!partitionKey.equals(messageId)) {
            field(out, PARTITION_KEY, partitionKey);
        }
        if (globalPrivacyControl) {
            field(out, GPC, "");
        }
        new TreeMap<>(kitCookies).forEach((kit, value) -> field(out, KIT_COOKIE, kit + "=" + value));
        field(out, BATCH_CONTEXT, batchContext);
        field(out, BATCH_INTEGRATIONS, batchIntegrations);
        field(out, BATCH_SENT_AT, batchSentAt);
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, byte id, @Nullable String value) {
        if (value == null) {
            return;
        }
        byte[] bytes = value.getBytes(UTF_8);
        out.write(id);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    /// Reads a header.
    ///
    /// @throws IllegalArgumentException when the bytes are no header of a known version
    public static RecordHeader decode(ByteBuffer in) {
        if (!in.hasRemaining() || in.get() != VERSION) {
            throw new IllegalArgumentException("a record header of an unknown version");
        }
        EventType type = null;
        String messageId = null;
        String partitionKey = null;
        boolean gpc = false;
        Map<String, String> cookies = new TreeMap<>();
        String context = null;
        String integrations = null;
        String sentAt = null;
        while (in.hasRemaining()) {
            byte id = in.get();
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException("a record header with a field cut short");
            }
            byte[] bytes = new byte[length];
            in.get(bytes);
            String value = new String(bytes, UTF_8);
            switch (id) {
                case TYPE -> type = EventType.of(value).orElse(null);
                case MESSAGE_ID -> messageId = value;
                case PARTITION_KEY -> partitionKey = value;
                case GPC -> gpc = true;
                case KIT_COOKIE ->
                    cookies.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
                case BATCH_CONTEXT -> context = value;
                case BATCH_INTEGRATIONS -> integrations = value;
                case BATCH_SENT_AT -> sentAt = value;
                default -> {}
            }
        }
        if (type == null || messageId == null) {
            throw new IllegalArgumentException("a record header without type or messageId");
        }
        return new RecordHeader(
                type,
                messageId,
                partitionKey == null ? messageId : partitionKey,
                gpc,
                cookies,
                context,
                integrations,
                sentAt);
    }
}
