package unrolled.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaletteTest {

    /** 4.5 is what WCAG asks of small text. */
    @Test
    void numbersCanBeReadOnEveryColour() {
        for (int i = -120; i <= 120; i++) {
            double ground = Palette.luminance(Palette.signed(i / 100.0));
            double ink = Palette.luminance(Palette.onSigned(i / 100.0));
            double contrast = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
            assertTrue(contrast >= 4.5, "contrast " + contrast + " at " + i / 100.0);
        }
    }

    @Test
    void blackAndWhiteAreTheEndsOfLuminance() {
        assertEquals(0, Palette.luminance("#000000"));
        assertEquals(1, Palette.luminance("#ffffff"), 1e-12);
    }
}
