package unrolled.train;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;
import unrolled.math.Null;

/** Writes a file so that it is there as a whole or not at all, whenever the process or the machine stops. */
public final class AtomicFile {
    private static final String PART = ".part";

    private AtomicFile() { }

    /**
     * Writes the bytes to a new file beside this one, forces them to the disk, and gives it the name of this one, in one move. When
     * that fails, the file that was there before is unchanged. A thread that is being interrupted writes to the end.
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        Null.refuse(bytes, "AtomicFile.write: bytes", "what to write");
        Path folder = Null.refuse(file, "AtomicFile.write: file", "the path of a file").toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder == null ? file.toString() : folder.toString(), null, "the folder does not exist; make it first");
        }
        Path part = Files.createTempFile(folder, file.getFileName() + ".", PART);
        try {
            try (FileOutputStream out = new FileOutputStream(part.toFile())) {       // a channel would close at an interrupt
                out.write(bytes);
                out.getFD().sync();
            }
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Deletes what a process left behind that was killed while it wrote this file. Nobody may be writing it now. */
    static void deleteLeftovers(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        if (Files.isDirectory(absolute.getParent())) {
            Pattern name = Pattern.compile(Pattern.quote(file.getFileName() + ".") + "\\d+" + Pattern.quote(PART));
            DirectoryStream.Filter<Path> leftover = f -> name.matcher(f.getFileName().toString()).matches();
            try (DirectoryStream<Path> parts = Files.newDirectoryStream(absolute.getParent(), leftover)) {
                for (Path part : parts) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }
}
