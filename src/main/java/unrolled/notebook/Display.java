package unrolled.notebook;

import java.util.Locale;

/**
 * Shows things below a cell, under any Java kernel; outside of a kernel prints their text.
 * <pre>{@code import static unrolled.notebook.Display.*;
 * show(figure);
 * show(matrix("dW", dW).coloured());}</pre>
 */
public final class Display {
    private Display() {
    }

    /** Shows a chart, Tablesaw figure or table, matrix, array, drawing, or anything else by its {@code toString}. */
    public static void show(Object thing) {
        Kernel.current().display(Bundle.of(thing), null);
    }

    /** Shows several things, one below the other. */
    public static void show(Object first, Object second, Object... more) {
        show(first);
        show(second);
        for (Object each : more) {
            show(each);
        }
    }

    /**
     * Prints a sentence with numbers in it, {@code say("the loss is %.3f", L)}: like {@code printf} with a line end, but with a decimal
     * point in every country, in one piece, and without a value that the kernel would show below it.
     */
    public static void say(String sentence, Object... numbers) {
        System.out.println(String.format(Locale.ROOT, sentence, numbers));
    }

    /** Shows HTML, with a plain text for front ends that cannot. */
    public static void html(String html, String plainText) {
        Kernel.current().display(Bundle.of(Bundle.HTML, html, plainText), null);
    }

    /** Shows Markdown; formulas between dollar signs are typeset. */
    public static void markdown(String text) {
        Kernel.current().display(Bundle.of(Bundle.MARKDOWN, text, text), null);
    }

    /** Shows a drawing in SVG, with words for whoever cannot see it. */
    public static void svg(String svg, String altText) {
        Kernel.current().display(Bundle.of(Bundle.SVG, svg, altText), null);
    }

    /** A matrix (double[], double[][], Matrix or SimpleMatrix) with a label in words, ready to show. */
    public static MatrixView matrix(String label, Object matrix) {
        return new MatrixView(label, matrix);
    }

    /** An empty table with these headings; add rows with {@code row(...)}. */
    public static Rows table(String... headings) {
        return new Rows(headings);
    }

    /** A place below the cell whose content can be replaced while the cell runs. */
    public static Live live() {
        return new Live();
    }
}
