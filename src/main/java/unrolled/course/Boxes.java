package unrolled.course;

import java.util.List;
import unrolled.notebook.Display;

/** The boxes in which the course speaks, coloured by JupyterLab's own variables so that they can be read in every theme. */
final class Boxes {

    static final String GREEN = "var(--jp-success-color1, #388e3c)";
    static final String GREY = "var(--jp-border-color0, #9e9e9e)";
    static final String AMBER = "var(--jp-warn-color1, #f57c00)";
    static final String BLUE = "var(--jp-info-color1, #0288d1)";

    private static final String BOX = "<div style=\"border-left:4px solid %s; background:var(--jp-layout-color2, rgba(128,128,128,0.1)); "
        + "color:var(--jp-content-font-color1, inherit); padding:0.5em 0.9em; margin:0.3em 0; max-width:48em\">%s</div>";

    private Boxes() { }

    /** Shows a box; when even that fails, prints its text. */
    static void show(String colour, String innerHtml, String plainText) {
        try {
            Display.html(String.format(BOX, colour, innerHtml), plainText);
        } catch (RuntimeException | LinkageError e) {
            System.out.println(plainText);
        }
    }

    /** A headline and a text. */
    static void show(String colour, String headline, String text, String plainText) {
        show(colour, "<b>" + escape(headline) + "</b>" + (text.isBlank() ? "" : " " + html(text)), plainText);
    }

    /** Plain text as HTML: backticks are code, empty lines part paragraphs. */
    static String html(String text) {
        return escape(text).replaceAll("`([^`]+)`", "<code>$1</code>").replaceAll("\\n\\s*\\n", "<br><br>");
    }

    static String code(String java) {
        return "<pre style=\"padding:0.4em 0.6em; margin:0.5em 0 0 0; overflow-x:auto; color:inherit; "
            + "font-family:var(--jp-code-font-family, monospace); "
            + "background:var(--jp-layout-color1, rgba(128,128,128,0.1))\">" + escape(java) + "</pre>";
    }

    static String table(List<String> head, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<table style=\"color:inherit; text-align:left; margin:0\"><thead><tr>");
        head.forEach(cell -> table.append("<th style=\"text-align:left\">").append(escape(cell)).append("</th>"));
        table.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            table.append("<tr>");
            row.forEach(cell -> table.append("<td style=\"text-align:left\">").append(cell).append("</td>"));
            table.append("</tr>");
        }
        return table.append("</tbody></table>").toString();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
