package org.reg2rg.train;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Lets one run at a time pack studies, or what is seen of them, into a folder of a cache that several share, in this process or in
 * others.
 */
final class PackingLock implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final FileChannel file;

    private PackingLock(FileChannel file) {
        this.file = file;
    }

    /** Waits until nobody else has it; one that was killed has it no longer. */
    static PackingLock of(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve(".lock");
        var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            for (boolean told = false; !tryLock(file); told = true) {
                if (!told) {
                    System.err.println("another run works in " + folder + "; waiting for it");
                }
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            return new PackingLock(file);
        } catch (InterruptedException _) {
            file.close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another run works in " + folder);
        }
    }

    private static boolean tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
