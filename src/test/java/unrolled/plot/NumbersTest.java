package unrolled.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test void fourDigits() {
        double[] values = {0, -0.0, 1, 0.5, 0.123456, -12.34567, 12345.6, 1234567, 4224, 1e-5, 123456789, 0.00012345,
            Double.NaN, Double.NEGATIVE_INFINITY, 99999, Double.MIN_VALUE};
        String[] texts = {"0", "0", "1", "0.5", "0.1235", "-12.35", "12346", "1234567", "4224", "1e-05", "1.235e+08", "0.0001235",
            "NaN", "-∞",
            "99999", "4.9e-324"};
        for (int i = 0; i < values.length; i++) {
            assertEquals(texts[i], Numbers.format(values[i]));
        }
    }
}
