package unrolled.course;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with the links of a Markdown text, and with what it says of other lessons. */
final class NotebookLinks {

    private static final Pattern ADDRESS = Pattern.compile("https?:[^\\s<>`\"]*");
    /** "lesson 09", "lesson 06b", "Lessons 09, 10 and 11", each with what follows. */
    private static final Pattern MENTION = Pattern.compile("\\b[Ll]essons?[ \\n]((?:\\d\\d[b-z]?(?:\\(?(?: \\(to come\\))?)(?:, | and | or | to )?)+)");
    private static final Pattern NUMBER = Pattern.compile("(\\d\\d[b-z]?)( \\(to come\\))?");
    private static final Pattern TO_COME = Pattern.compile("(\\d\\d[b-z]?)\\]?(?:\\([^)]*\\))?,? \\(?to come\\b");

    private NotebookLinks() { }

    /**
     * Dead or malformed links.
     *
     * @param markdown the text
     * @param file     the Markdown of a file beside this one, by its name; empty if there is none. The empty name is this text.
     */
    static List<String> broken(String markdown, Function<String, Optional<String>> file) {
        List<String> broken = new ArrayList<>();
        String text = markdown.replaceAll("(?s)```.*?```", "").replaceAll("`[^`\\n]*`", "``");
        for (String target : targets(text)) {
            String wrong = target.matches("(?i)[a-z][a-z0-9+.-]*:.*") ? address(target) : place(target, file);
            if (!wrong.isEmpty()) {
                broken.add(target + ": " + wrong);
            }
        }
        for (Matcher m = ADDRESS.matcher(text); m.find();) {
            String bare = m.group().replaceFirst("[).,;:!?]+$", "");
            if (targets(text).stream().noneMatch(t -> t.contains(bare)) && !address(bare).isEmpty()) {
                broken.add(bare + ": " + address(bare));
            }
        }
        return broken;
    }

    /** What stands between the parentheses of [..](..), which may hold parentheses in pairs. */
    static List<String> targets(String text) {
        List<String> targets = new ArrayList<>();
        for (int at = text.indexOf("]("); at >= 0; at = text.indexOf("](", at + 1)) {
            int open = 1, end = at + 2;
            for (; end < text.length() && open > 0; end++) {
                open += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
            }
            targets.add(open > 0 ? text.substring(at + 2) : text.substring(at + 2, end - 1));
        }
        return targets;
    }

    private static String address(String target) {
        try {
            URI uri = new URI(target);
            return !Set.of("https", "http").contains(String.valueOf(uri.getScheme())) ? "not an address of the web"
                : uri.getHost() == null || !uri.getHost().matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+") ? "no host"
                : target.matches(".*[.,;]$") ? "a full stop at its end"
                : uri.getHost().endsWith("doi.org") && !uri.getPath().matches("/10\\.\\d{4,9}/\\S+") ? "no DOI"
                : uri.getHost().endsWith("arxiv.org") && !uri.getPath().matches("/(abs|pdf)/(\\d{4}\\.\\d{4,5}(v\\d+)?|[a-z.-]+/\\d{7})") ? "no number of arXiv" : "";
        } catch (URISyntaxException e) {
            return "no address: " + e.getReason();
        }
    }

    private static String place(String target, Function<String, Optional<String>> file) {
        if (target.isBlank() || target.matches("(?s).*\\s.*")) {
            return "not a link";
        }
        String name = target.replaceFirst("#.*", "");
        Optional<String> text = file.apply(name);
        if (text.isEmpty()) {
            return "there is no such file";
        }
        String anchor = target.contains("#") ? target.substring(target.indexOf('#') + 1) : "";
        return target.contains("#") && !anchors(text.get()).contains(decoded(anchor)) ? "there is no such heading" : "";
    }

    private static String decoded(String anchor) {
        return java.net.URLDecoder.decode(anchor.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** As JupyterLab names headings: the text with hyphens for spaces; and explicit ids. */
    private static Set<String> anchors(String text) {
        Set<String> anchors = new java.util.HashSet<>();
        for (Matcher m = Pattern.compile("(?m)^#{1,6} +(.+?) *#* *$").matcher(text); m.find();) {
            String heading = m.group(1).replaceAll("[`*_]", "");
            anchors.add(heading.replace(' ', '-'));
            anchors.add(heading.toLowerCase(java.util.Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));     // as GitHub does
        }
        for (Matcher m = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"").matcher(text); m.find();) {
            anchors.add(m.group(1));
        }
        return anchors;
    }

    /** Mentions of lessons that say "to come" of one that exists, or do not say it of one that does not; and a Next without a link. */
    static List<String> stale(String markdown, Set<String> lessons) {
        List<String> stale = new ArrayList<>();
        for (Matcher m = TO_COME.matcher(markdown); m.find();) {
            if (lessons.contains(m.group(1))) {
                stale.add("lesson " + m.group(1) + " exists, but the text says: " + around(markdown, m));
            }
        }
        for (Matcher m = MENTION.matcher(markdown); m.find();) {
            for (Matcher number = NUMBER.matcher(m.group(1)); number.find();) {
                if (!lessons.contains(number.group(1)) && number.group(2) == null) {
                    stale.add("lesson " + number.group(1) + " does not exist; write \"lesson " + number.group(1) + " (to come)\": " + around(markdown, m));
                }
            }
        }
        for (Matcher m = Pattern.compile("(?m)^.*\\*\\*Next\\b.*$").matcher(markdown); m.find();) {
            if (!m.group().contains(".ipynb)") && !m.group().contains("(to come)")) {
                stale.add("a next lesson without a link: " + m.group().strip());
            }
        }
        return stale;
    }

    private static String around(String text, Matcher m) {
        return text.substring(Math.max(0, m.start() - 20), Math.min(text.length(), m.end() + 30)).replace('\n', ' ').strip();
    }
}
