package org.reg2rg.ct.dicom;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Damages the bytes of a file in the ways that files get damaged, and in those that attackers choose. */
final class Mutations {
    private static final int[] TELLING = {0, 1, 2, 0x7f, 0x80, 0xfe, 0xff};
    private static final int[] LENGTHS = {
        0, 1, 3, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff, 0x1000_0000
    };

    private Mutations() {}

    /** A damaged copy; one to four damages each time. */
    static byte[] mutate(byte[] sound, RandomGenerator random) {
        byte[] bytes = sound.clone();
        int damages = random.nextBoolean() ? 1 : 1 + random.nextInt(4);
        for (int n = 0; n < damages && bytes.length > 16; n++) {
            bytes = one(bytes, random);
        }
        return bytes;
    }

    private static byte[] one(byte[] bytes, RandomGenerator random) {
        int at = place(bytes.length, random);
        switch (random.nextInt(9)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) TELLING[random.nextInt(TELLING.length)];
            case 2 -> length(bytes, at, random);
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                return cut(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(64)));
            }
            case 5 -> {
                return doubled(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(64)));
            }
            case 6 -> digits(bytes, random);
            case 7 -> {
                return nested(bytes, at, random);
            }
            default -> {
                int count = 1 + random.nextInt(16);
                for (int i = at; i < Math.min(bytes.length, at + count); i++) {
                    bytes[i] = (byte) random.nextInt();
                }
            }
        }
        return bytes;
    }

    /** Anywhere, but more often near the front, where headers are. */
    private static int place(int length, RandomGenerator random) {
        int end = random.nextBoolean() ? length : Math.min(length, 1024);
        return random.nextInt(end);
    }

    /** Writes a telling number over two or four bytes, in either order. */
    private static void length(byte[] bytes, int at, RandomGenerator random) {
        int value = LENGTHS[random.nextInt(LENGTHS.length)];
        int width = random.nextBoolean() ? 4 : 2;
        boolean little = random.nextBoolean();
        for (int i = 0; i < width && at + i < bytes.length; i++) {
            int shift = 8 * (little ? i : width - 1 - i);
            bytes[at + i] = (byte) (value >> shift);
        }
    }

    private static byte[] cut(byte[] bytes, int from, int to) {
        byte[] cut = new byte[bytes.length - (to - from)];
        System.arraycopy(bytes, 0, cut, 0, from);
        System.arraycopy(bytes, to, cut, from, bytes.length - to);
        return cut;
    }

    private static byte[] doubled(byte[] bytes, int from, int to) {
        byte[] longer = new byte[bytes.length + to - from];
        System.arraycopy(bytes, 0, longer, 0, to);
        System.arraycopy(bytes, from, longer, to, bytes.length - from);
        return longer;
    }

    /** Puts another digit, sign or point into a number that is written as text. */
    private static void digits(byte[] bytes, RandomGenerator random) {
        String other = "0123456789.-+eE\\ ";
        int start = random.nextInt(bytes.length);
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                bytes[i] = (byte) other.charAt(random.nextInt(other.length()));
                return;
            }
        }
    }

    /** Opens sequences inside one another that are never closed. */
    private static byte[] nested(byte[] bytes, int at, RandomGenerator random) {
        byte[] open = {
            0x40,
            0,
            0x30,
            (byte) 0xa7,
            'S',
            'Q',
            0,
            0,
            -1,
            -1,
            -1,
            -1,
            (byte) 0xfe,
            (byte) 0xff,
            0,
            (byte) 0xe0,
            -1,
            -1,
            -1,
            -1
        };
        int depth = 1 + random.nextInt(100);
        byte[] longer = new byte[bytes.length + depth * open.length];
        System.arraycopy(bytes, 0, longer, 0, at);
        for (int n = 0; n < depth; n++) {
            System.arraycopy(open, 0, longer, at + n * open.length, open.length);
        }
        System.arraycopy(bytes, at, longer, at + depth * open.length, bytes.length - at);
        return longer;
    }
}
