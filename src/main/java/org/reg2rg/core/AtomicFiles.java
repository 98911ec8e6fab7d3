package org.reg2rg.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files that are there whole or not at all: written beside their place under a temporary name, then moved. */
public final class AtomicFiles {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final List<String> FULL =
            List.of("No space left", "not enough space", "quota exceeded", "File too large");
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();
    private static final Set<Runnable> BEFORE_CLEANING = ConcurrentHashMap.newKeySet();

    static {
        // An interrupt (Ctrl-C) must not leave unfinished files behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            BEFORE_CLEANING.forEach(Runnable::run);
            deleteUnfinished();
        }));
    }

    private AtomicFiles() {}

    /** At an interrupt this is run first, and may still write; files that are unfinished after it are deleted. */
    public static void beforeCleaning(Runnable last) {
        BEFORE_CLEANING.add(last);
    }

    /** Takes back {@link #beforeCleaning}. */
    public static void withdraw(Runnable last) {
        BEFORE_CLEANING.remove(last);
    }

    /** Something that writes bytes. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Something that fills a folder, or writes a file at a place. */
    @FunctionalInterface
    public interface FolderContent {
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Makes sure that {@code target}, or the folders that it still needs, can be made; before long work, not after it.
     *
     * @throws InputException if not
     */
    public static void requireWritable(Path target) {
        Path place = target.toAbsolutePath().getParent();
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        try {
            if (place != null) {
                Files.delete(Files.createTempFile(place, ".reg2rg", ".part"));
            }
        } catch (IOException e) {
            throw new InputException(
                    target.toString(),
                    "cannot be written (" + e.getClass().getSimpleName() + " in " + place + ")",
                    "write to another place, or see to it that you may write there",
                    e);
        }
    }

    /** Writes {@code file} through a temporary neighbour; its folder is made if needed. */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = neighbour(target);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER_BYTES)) {
                content.writeTo(out);
            }
            move(temporary, target);
        } catch (IOException e) {
            throw unlessFull(target, e);
        } finally {
            Files.deleteIfExists(temporary);
            UNFINISHED.remove(temporary);
        }
    }

    /** As {@link #write(Path, Content)} for content that needs the place itself, to go back in what it wrote. */
    public static void writePath(Path file, FolderContent content) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = neighbour(target);
        try {
            content.writeTo(temporary);
            move(temporary, target);
        } catch (IOException e) {
            throw unlessFull(target, e);
        } finally {
            Files.deleteIfExists(temporary);
            UNFINISHED.remove(temporary);
        }
    }

    /** Writes a text in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes several texts in UTF-8; none is in its place before all are written. */
    public static void writeAll(Map<Path, String> texts) throws IOException {
        Map<Path, Path> written = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, String> text : texts.entrySet()) {
                Path target = text.getKey().toAbsolutePath();
                Path temporary = neighbour(target);
                written.put(temporary, target);
                writeText(temporary, target, text.getValue());
            }
            for (Map.Entry<Path, Path> file : written.entrySet()) {
                move(file.getKey(), file.getValue());
            }
        } finally {
            for (Path temporary : written.keySet()) {
                Files.deleteIfExists(temporary);
                UNFINISHED.remove(temporary);
            }
        }
    }

    /**
     * Fills a new folder aside and moves it to {@code target}. An existing target is replaced only after the new one is
     * complete.
     */
    public static void folder(Path target, FolderContent content) throws IOException {
        Path place = target.toAbsolutePath();
        Path temporary = neighbour(place);
        Files.createDirectories(temporary);
        try {
            content.writeTo(temporary);
            if (Files.exists(place)) {
                Path old = place.resolveSibling(
                        place.getFileName() + ".old-" + ProcessHandle.current().pid());
                Files.move(place, old);
                Files.move(temporary, place);
                deleteTree(old);
            } else {
                Files.move(temporary, place);
            }
        } catch (IOException e) {
            throw unlessFull(place, e);
        } finally {
            deleteTree(temporary);
            UNFINISHED.remove(temporary);
        }
    }

    private static void writeText(Path temporary, Path target, String text) throws IOException {
        try {
            Files.writeString(temporary, text);
        } catch (IOException e) {
            throw unlessFull(target, e);
        }
    }

    /**
     * The system's complaint about a full disk names no file and is no fault of this program; what is thrown here names what
     * was to be written. A file in an unfinished folder leaves that to the folder, whose name the user knows.
     */
    private static IOException unlessFull(Path target, IOException failure) {
        String words = String.valueOf(failure.getMessage());
        boolean inside = UNFINISHED.stream().anyMatch(target::startsWith);
        if (inside || FULL.stream().noneMatch(words::contains)) {
            return failure;
        }
        throw new InputException(
                target.toString(),
                "the disk is full, and nothing was changed (" + words + ")",
                "free some space or write to another place",
                failure);
    }

    /** Deletes a file or a folder with all that is in it; nothing happens where there is none. */
    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Path neighbour(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + ".part-" + ProcessHandle.current().pid());
        UNFINISHED.add(temporary);
        return temporary;
    }

    private static void deleteUnfinished() {
        for (Path temporary : UNFINISHED) {
            try {
                deleteTree(temporary);
            } catch (IOException _) {
                // The JVM is ending: there is nobody left to tell, and the name says that it is unfinished.
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
