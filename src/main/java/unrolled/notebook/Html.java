package unrolled.notebook;

/** The style of all our HTML: JupyterLab's own colours, so that light and dark themes both work; with a fallback outside. */
final class Html {
    static final String INK = "var(--jp-content-font-color1, #222)";
    static final String SOFT = "var(--jp-content-font-color2, #666)";
    static final String LINE = "var(--jp-border-color2, #ddd)";
    static final String MONO = "font-family:var(--jp-code-font-family, monospace)";
    static final String CELL = "padding:2px 10px;border:none;white-space:nowrap;";

    private Html() {
    }

    /** A text as HTML shows it. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    static String tag(String name, String style, String content) {
        return "<" + name + " style=\"" + style + "\">" + content + "</" + name + ">";
    }

    /** A table of ready cells, under a caption in words. */
    static String table(String caption, String rows) {
        String head = caption.isEmpty() ? "" : tag("caption",
                "caption-side:top;text-align:left;white-space:nowrap;padding:2px 10px 4px 10px;color:" + INK, escape(caption));
        String table = tag("table", "border-collapse:collapse;margin:4px 0;font-size:13px;color:" + INK, head + rows);
        return tag("div", "overflow-x:auto", table); // a wide table scrolls by itself
    }
}
