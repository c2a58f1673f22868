package unrolled.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file so that it is there as a whole or not at all, whenever the process or the machine stops. */
final class AtomicFile {
    private AtomicFile() { }

    static void write(Path file, byte[] bytes) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Path part = Files.createTempFile(folder, file.getFileName() + ".", ".part");
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file + " cannot be written (" + e + "); the one before it, if any, is unchanged", e);
        }
    }
}
