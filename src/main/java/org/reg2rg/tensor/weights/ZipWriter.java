package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a zip as torch does: stored records whose data starts at multiples of 64 bytes, zip64 where a size or an offset
 * needs it, no time stamps. Records are streamed; the checksum is filled in afterwards.
 */
final class ZipWriter implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_BYTES = 30;
    private static final int CHECKSUM_PLACE = 14;
    private static final long IN_ZIP64 = 0xFFFFFFFFL;
    private static final int MAX_COUNT = 0xFFFF;
    private static final short PADDING_EXTRA = 0x4246; // "FB", as torch names it
    private static final short FIRST_OF_JANUARY_1980 = 0x21;

    private final FileChannel channel;
    private final List<Item> items = new ArrayList<>();

    @SuppressWarnings("MustBeClosedChecker")
    ZipWriter(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Adds a record of a known size. */
    void add(String name, long size, WeightOutput.Data data) throws IOException {
        long offset = channel.position();
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        write(localHeader(utf8, size, offset));
        var out = new RecordStream();
        data.writeTo(out);
        if (out.count != size) {
            throw new IllegalStateException("record " + name + " has " + out.count + " bytes, " + size + " announced");
        }
        long checkSum = out.sum.getValue();
        channel.write(little(4).putInt((int) checkSum).flip(), offset + CHECKSUM_PLACE);
        items.add(new Item(utf8, size, offset, checkSum));
    }

    /** Writes the directory; nothing may be added afterwards. */
    void finish() throws IOException {
        long start = channel.position();
        for (Item item : items) {
            write(centralHeader(item));
        }
        long end = channel.position();
        if (end > IN_ZIP64 || items.size() > MAX_COUNT) {
            writeEnd64(start, end);
        }
        write(little(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) Math.min(items.size(), MAX_COUNT))
                .putShort((short) Math.min(items.size(), MAX_COUNT))
                .putInt((int) Math.min(end - start, IN_ZIP64))
                .putInt((int) Math.min(start, IN_ZIP64))
                .putShort((short) 0));
    }

    private void writeEnd64(long start, long end) throws IOException {
        write(little(56)
                .putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0)
                .putLong(items.size())
                .putLong(items.size())
                .putLong(end - start)
                .putLong(start));
        write(little(20).putInt(0x07064b50).putInt(0).putLong(end).putInt(1));
    }

    private static ByteBuffer localHeader(byte[] name, long size, long offset) {
        int zip64 = size >= IN_ZIP64 ? 20 : 0;
        long unpadded = offset + LOCAL_BYTES + name.length + zip64 + 4;
        int padding = (int) ((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT);
        ByteBuffer header = little(LOCAL_BYTES + name.length + zip64 + 4 + padding);
        header.putInt(0x04034b50);
        common(header, size);
        header.putShort((short) name.length)
                .putShort((short) (zip64 + 4 + padding))
                .put(name);
        if (zip64 > 0) {
            header.putShort((short) 1).putShort((short) 16).putLong(size).putLong(size);
        }
        header.putShort(PADDING_EXTRA).putShort((short) padding);
        return header.position(header.limit());
    }

    private static ByteBuffer centralHeader(Item item) {
        boolean large = item.size >= IN_ZIP64;
        boolean far = item.offset >= IN_ZIP64;
        int fields = (large ? 16 : 0) + (far ? 8 : 0);
        int extra = fields == 0 ? 0 : 4 + fields;
        ByteBuffer header = little(46 + item.name.length + extra);
        header.putInt(0x02014b50).putShort((short) 45);
        common(header, item.size);
        header.putInt(16, (int) item.checkSum);
        header.putShort((short) item.name.length).putShort((short) extra);
        header.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
        header.putInt((int) Math.min(item.offset, IN_ZIP64)).put(item.name);
        if (extra > 0) {
            header.putShort((short) 1).putShort((short) fields);
        }
        if (large) {
            header.putLong(item.size).putLong(item.size);
        }
        if (far) {
            header.putLong(item.offset);
        }
        return header;
    }

    /** Version to extract, flags (UTF-8 names), stored, time, date, checksum (later), both sizes. */
    private static void common(ByteBuffer header, long size) {
        header.putShort((short) 45).putShort((short) 0x800).putShort((short) 0);
        header.putShort((short) 0).putShort(FIRST_OF_JANUARY_1980).putInt(0);
        header.putInt((int) Math.min(size, IN_ZIP64)).putInt((int) Math.min(size, IN_ZIP64));
    }

    private void write(ByteBuffer bytes) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static final class Item {
        private final byte[] name;
        private final long size;
        private final long offset;
        private final long checkSum;

        Item(byte[] name, long size, long offset, long checkSum) {
            this.name = name;
            this.size = size;
            this.offset = offset;
            this.checkSum = checkSum;
        }
    }

    /** Appends to the file, counting and summing. */
    private final class RecordStream extends OutputStream {
        private final CRC32 sum = new CRC32();
        private long count;

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, start, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            sum.update(bytes, start, length);
            count += length;
        }
    }
}
