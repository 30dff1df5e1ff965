package dev.waybill.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The primitives that frames are made of; [EntryCodec] describes them. Not safe for threads.
public final class Bytes {
    private Bytes() {}

    /// Writes.
    public static final class Out {
        private final ByteArrayOutputStream bytes;

        public Out(int expected) {
            bytes = new ByteArrayOutputStream(expected);
        }

        public Out single(byte value) {
            bytes.write(value);
            return this;
        }

        /// Writes a number.
        ///
        /// @param value 0 or more; a negative one takes ten bytes and reads back as damage
        public Out number(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                bytes.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
            return this;
        }

        public Out signed(long value) {
            return number(((value << 1) ^ (value >> 63)) & Long.MAX_VALUE);
        }

        public Out text(@Nullable String value) {
            return bytes(value == null ? null : value.getBytes(UTF_8));
        }

        public Out bytes(byte @Nullable [] value) {
            if (value == null) {
                return number(0);
            }
            number(value.length + 1L);
            bytes.writeBytes(value);
            return this;
        }

        public byte[] toBytes() {
            return bytes.toByteArray();
        }
    }

    /// Reads; throws IllegalArgumentException on anything that [Out] does not write.
    public static final class In {
        private final byte[] bytes;
        private int position;

        public In(byte[] bytes) {
            this.bytes = bytes;
        }

        public byte single() {
            if (position >= bytes.length) {
                throw new IllegalArgumentException("it ends early");
            }
            return bytes[position++];
        }

        public long number() {
            long value = 0;
            for (int shift = 0; shift < 63; shift += 7) {
                byte next = single();
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number is too long");
        }

        public int small() {
            long value = number();
            if (value > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a number is too large");
            }
            return (int) value;
        }

        public long signed() {
            long value = number();
            return (value >>> 1) ^ -(value & 1);
        }

        public @Nullable String text() {
            byte[] utf8 = bytes();
            if (utf8 == null) {
                return null;
            }
            try {
                return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("a text is not UTF-8", e);
            }
        }

        public String required() {
            String text = text();
            if (text == null) {
                throw new IllegalArgumentException("a text is missing");
            }
            return text;
        }

        public byte @Nullable [] bytes() {
            long length = number() - 1;
            if (length < 0) {
                return null;
            }
            if (length > bytes.length - position) {
                throw new IllegalArgumentException("it ends early");
            }
            position += (int) length;
            return Arrays.copyOfRange(bytes, position - (int) length, position);
        }

        /// Makes sure that nothing follows.
        public void end() {
            if (position != bytes.length) {
                throw new IllegalArgumentException("more follows");
            }
        }
    }
}
