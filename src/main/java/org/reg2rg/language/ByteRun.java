package org.reg2rg.language;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes that came one by one, turned into text; each byte that is no UTF-8 becomes one replacement character. */
final class ByteRun {
    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder text;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    ByteRun(StringBuilder text) {
        this.text = text;
    }

    void add(int value) {
        waiting.write(value);
    }

    /** Appends the text of the bytes so far. */
    void flush() {
        byte[] bytes = waiting.toByteArray();
        waiting.reset();
        for (int at = 0; at < bytes.length; ) {
            int length = validLength(bytes, at);
            if (length == 0) {
                text.append(REPLACEMENT);
                at++;
            } else {
                text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
                at += length;
            }
        }
    }

    /** Length of the UTF-8 character at {@code at}; 0 where there is none (overlong and surrogate forms included). */
    private static int validLength(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        int codePoint = length == 1 ? lead : lead & 0xFF >> length + 1;
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
            codePoint = codePoint << 6 | bytes[at + i] & 0x3F;
        }
        boolean overlong = length == 3 && codePoint < 0x800 || length == 4 && codePoint < 0x10000;
        boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
        return overlong || surrogate || codePoint > 0x10FFFF ? 0 : length;
    }
}
