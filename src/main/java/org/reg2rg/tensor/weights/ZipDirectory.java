package org.reg2rg.tensor.weights;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.reg2rg.core.InputException;

/**
 * The central directory of a zip of stored (uncompressed) records, zip64 included, over a mapped file. Torch archives
 * are such; the JDK's reader cannot give a record's place in the file.
 */
final class ZipDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final long IN_ZIP64 = 0xFFFFFFFFL;
    private static final int ZIP64_EXTRA = 1;

    private final MappedFile file;
    private final Map<String, Item> items = new LinkedHashMap<>();

    private ZipDirectory(MappedFile file) {
        this.file = file;
    }

    static ZipDirectory of(MappedFile file) {
        var directory = new ZipDirectory(file);
        directory.readCentral();
        return directory;
    }

    Set<String> names() {
        return items.keySet();
    }

    boolean contains(String name) {
        return items.containsKey(name);
    }

    /** Checksum that the directory states. */
    long checkSum(String name) {
        return item(name).checkSum;
    }

    /** The bytes of a record. */
    MemorySegment data(String name) {
        Item item = item(name);
        MemorySegment header = file.slice(item.headerOffset, LOCAL_BYTES);
        if (header.get(WeightValues.INT, 0) != LOCAL_SIGNATURE) {
            throw file.damaged("record " + name + " is not where the zip directory says");
        }
        long start = item.headerOffset + LOCAL_BYTES + unsignedShort(header, 26) + unsignedShort(header, 28);
        return file.slice(start, item.size);
    }

    private Item item(String name) {
        Item item = items.get(name);
        if (item == null) {
            throw file.damaged("record " + name + " is missing from the zip");
        }
        return item;
    }

    private void readCentral() {
        long end = findEnd();
        MemorySegment record = file.slice(end, END_BYTES);
        long count = unsignedShort(record, 10);
        long size = unsignedInt(record, 12);
        long offset = unsignedInt(record, 16);
        if (end >= LOCATOR_BYTES
                && file.slice(end - LOCATOR_BYTES, LOCATOR_BYTES).get(WeightValues.INT, 0) == LOCATOR_SIGNATURE) {
            long place = file.slice(end - LOCATOR_BYTES, LOCATOR_BYTES).get(WeightValues.LONG, 8);
            MemorySegment end64 = file.slice(place, END64_BYTES);
            if (end64.get(WeightValues.INT, 0) != END64_SIGNATURE) {
                throw file.damaged("the zip64 directory is not where the zip says");
            }
            count = end64.get(WeightValues.LONG, 32);
            size = end64.get(WeightValues.LONG, 40);
            offset = end64.get(WeightValues.LONG, 48);
        }
        MemorySegment central = file.slice(offset, size);
        long position = 0;
        for (long i = 0; i < count; i++) {
            position += readItem(central, position);
        }
    }

    private long findEnd() {
        long lowest = Math.max(0, file.size() - END_BYTES - MAX_COMMENT);
        for (long end = file.size() - END_BYTES; end >= lowest; end--) {
            if (file.content().get(WeightValues.INT, end) == END_SIGNATURE) {
                return end;
            }
        }
        throw file.damaged("the directory at the end of the zip is missing");
    }

    /** Reads one entry of the central directory and returns its length. */
    private long readItem(MemorySegment central, long position) {
        if (position > central.byteSize() - CENTRAL_BYTES) {
            throw file.damaged("the zip directory is cut off");
        }
        MemorySegment entry = central.asSlice(position);
        int nameLength = unsignedShort(entry, 28);
        int extraLength = unsignedShort(entry, 30);
        long length = (long) CENTRAL_BYTES + nameLength + extraLength + unsignedShort(entry, 32);
        if (entry.get(WeightValues.INT, 0) != CENTRAL_SIGNATURE || length > entry.byteSize()) {
            throw file.damaged("the zip directory is damaged");
        }
        String name = new String(
                entry.asSlice(CENTRAL_BYTES, nameLength).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE),
                StandardCharsets.UTF_8);
        if (unsignedShort(entry, 10) != 0) {
            throw new InputException(
                    file.path().toString(),
                    "record " + name + " is compressed (expected stored, as torch.save writes)",
                    "save the checkpoint again with torch.save");
        }
        Item item = sizes(entry, entry.asSlice(CENTRAL_BYTES + nameLength, extraLength));
        if (items.put(name, item) != null) {
            throw file.damaged("record " + name + " is there twice");
        }
        return length;
    }

    private Item sizes(MemorySegment entry, MemorySegment extra) {
        long compressed = unsignedInt(entry, 20);
        long size = unsignedInt(entry, 24);
        long offset = unsignedInt(entry, 42);
        for (long at = 0; at + 4 <= extra.byteSize(); at += 4L + unsignedShort(extra, at + 2)) {
            if (unsignedShort(extra, at) == ZIP64_EXTRA) {
                long next = at + 4;
                if (size == IN_ZIP64) {
                    size = extraLong(extra, next);
                    next += 8;
                }
                if (compressed == IN_ZIP64) {
                    next += 8;
                }
                if (offset == IN_ZIP64) {
                    offset = extraLong(extra, next);
                }
            }
        }
        return new Item(size, offset, unsignedInt(entry, 16));
    }

    private long extraLong(MemorySegment extra, long at) {
        if (at + 8 > extra.byteSize()) {
            throw file.damaged("a zip64 field is cut off");
        }
        return extra.get(WeightValues.LONG, at);
    }

    private static int unsignedShort(MemorySegment bytes, long at) {
        return bytes.get(WeightValues.SHORT, at) & 0xFFFF;
    }

    private static long unsignedInt(MemorySegment bytes, long at) {
        return bytes.get(WeightValues.INT, at) & 0xFFFFFFFFL;
    }

    /** Where a record's local header lies, how long its data is, and its CRC-32. */
    private record Item(long size, long headerOffset, long checkSum) {}
}
