package unrolled.train;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import unrolled.math.Null;

/** The checksum of files: SHA-256, in hexadecimal digits. */
public final class Checksum {
    private Checksum() { }

    /** Of these bytes, one part after the other. */
    public static String sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : Null.refuseIn(parts, "Checksum.sha256: parts", "bytes")) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
