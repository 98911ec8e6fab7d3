package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.reg2rg.core.InputException;

/** A file mapped whole into memory, read-only; files beyond 2 GB are no special case. */
final class MappedFile implements AutoCloseable {
    private final Path path;
    private final Arena arena;
    private final MemorySegment content;

    private MappedFile(Path path, Arena arena, MemorySegment content) {
        this.path = path;
        this.arena = arena;
        this.content = content;
    }

    @SuppressWarnings("MustBeClosedChecker")
    static MappedFile open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new InputException(path.toString(), "there is no such file", "check the path");
        }
        if (!Files.isReadable(path)) {
            throw new InputException(path.toString(), "the file cannot be read", "check its permissions");
        }
        if (Files.size(path) == 0) {
            throw new InputException(path.toString(), "the file is empty", "download or write it again");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new MappedFile(path, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return content.byteSize();
    }

    MemorySegment content() {
        return content;
    }

    /** A part of the file; a lying offset or length is an error of the file. */
    MemorySegment slice(long offset, long length) {
        if (offset < 0 || length < 0 || offset > size() - length) {
            throw damaged("bytes " + offset + " to " + (offset + length) + " are asked for, but it has " + size());
        }
        return content.asSlice(offset, length);
    }

    InputException damaged(String detail) {
        return damaged(path.toString(), detail);
    }

    static InputException damaged(String subject, String detail) {
        return new InputException(
                subject, "the file is cut off or damaged: " + detail, "download or write the file again");
    }

    @Override
    public void close() {
        arena.close();
    }
}
