package unrolled.notebook.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** An error with its causes, told in cells and lines; what stands below the cell, the machinery that runs it, is not shown. */
final class Trace {
    /** Frames of a library in a row, and lines in all: a recursion without end has a thousand frames. */
    private static final int MOST_OF_OTHERS = 6;
    private static final int MOST = 24;
    private static final int LAST = 4;
    private static final int MOST_CAUSES = 8;
    private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+[.$]?");
    private static final Pattern LOADER = Pattern.compile(" \\([^()]*jdk\\.jshell\\.execution[^()]*\\)");

    private final Origins origins;

    Trace(Origins origins) {
        this.origins = origins;
    }

    /** Text without the names that JShell gives to classes. */
    static String plain(String text) {
        return LOADER.matcher(WRAPPER.matcher(text).replaceAll("")).replaceAll("");
    }

    /** An error in the piece of a cell that stands there: a recursion has so many frames that its beginning is not among them. */
    CellError of(Throwable error, String piece) {
        CellError told = of(error);
        StackTraceElement[] frames = error.getStackTrace();
        boolean begun = frames.length == 0 || List.of(frames).stream().anyMatch(f -> isCell(f) && f.getMethodName().startsWith("do_it"));
        if (begun) {
            return told;
        }
        List<String> lines = new ArrayList<>(told.lines());
        lines.add("    at " + piece);
        return new CellError(told.name(), told.getMessage(), lines);
    }

    /** Any error. */
    CellError of(Throwable error) {
        List<String> lines = new ArrayList<>();
        tell("", error, lines, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
        return new CellError(plain(error.getClass().getName()).replaceFirst(".*[.$]", ""), said(error), lines);
    }

    private static String said(Throwable error) {
        String message;
        try {
            message = error.getLocalizedMessage();
        } catch (RuntimeException | StackOverflowError broken) {
            message = "(its message cannot be read: " + broken.getClass().getSimpleName() + ")";
        }
        if (message == null) {
            return error instanceof StackOverflowError ? "a method calls itself without end" : "";
        }
        String plain = plain(message);
        return error instanceof ClassCastException && twice(message)
                ? plain + ". The object was made before the class was defined anew: run the cell that makes it once more" : plain;
    }

    /** Whether a message names two makes of one class. */
    private static boolean twice(String message) {
        List<String> names = Pattern.compile("REPL\\.\\$JShell\\$\\w+\\$([\\w$]+)").matcher(message).results().map(m -> m.group(1)).toList();
        return names.size() >= 2 && names.get(0).equals(names.get(1));
    }

    private void tell(String before, Throwable error, List<String> lines, Set<Throwable> told, int depth) {
        String said = said(error);
        String name = plain(error.getClass().getName()).replaceFirst("^java\\.lang\\.", "");
        String[] first = (before + name + (said.isEmpty() ? "" : ": " + said)).split("\n", -1);
        lines.addAll(List.of(first));
        if (!told.add(error)) {
            lines.add("    (told above)");
            return;
        }
        lines.addAll(frames(error.getStackTrace()));
        for (Throwable suppressed : error.getSuppressed()) {
            tell("Suppressed: ", suppressed, lines, told, depth + 1);
        }
        if (error.getCause() != null) {
            if (depth >= MOST_CAUSES) {
                lines.add("... and more causes.");
            } else {
                tell("Caused by: ", error.getCause(), lines, told, depth + 1);
            }
        }
    }

    /** The frames that a reader can use, each as a line. */
    List<String> frames(StackTraceElement[] frames) {
        int end = frames.length;
        while (end > 0 && !isCell(frames[end - 1])) {
            end--;
        }
        boolean foreign = end == 0; // a thread that never was in a cell's code
        List<String> lines = new ArrayList<>();
        int others = 0;
        for (StackTraceElement frame : List.of(frames).subList(0, foreign ? frames.length : end)) {
            boolean cell = isCell(frame);
            if (cell && frame.getMethodName().startsWith("access$") || !cell && isMachinery(frame)) {
                continue;
            }
            others = cell ? 0 : others + 1;
            if (others == MOST_OF_OTHERS + 1) {
                lines.add("    ...");
            } else if (others <= MOST_OF_OTHERS) {
                lines.add("    at " + line(frame));
            }
        }
        return cut(lines);
    }

    /** A line that comes again and again is told once, and of many lines the first and the last few. */
    private static List<String> cut(List<String> lines) {
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < lines.size();) {
            int next = i + 1;
            while (next < lines.size() && lines.get(next).equals(lines.get(i))) {
                next++;
            }
            rest.add(lines.get(i) + (next - i > 1 ? "   (" + (next - i) + " times)" : ""));
            i = next;
        }
        if (rest.size() <= MOST) {
            return rest;
        }
        List<String> ends = new ArrayList<>(rest.subList(0, MOST - LAST));
        ends.add("    ... " + (rest.size() - MOST) + " more");
        ends.addAll(rest.subList(rest.size() - LAST, rest.size()));
        return ends;
    }

    private String line(StackTraceElement frame) {
        if (!isCell(frame)) {
            return frame.getClassName() + "." + frame.getMethodName() + (frame.getLineNumber() > 0 ? " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")" : "");
        }
        String type = frame.getClassName().replaceFirst("^REPL\\.\\$JShell\\$\\w+?(?:\\$|$)", "").replace('$', '.').replaceAll("\\.\\d+", "");
        String method = frame.getMethodName();
        boolean cell = method.startsWith("do_it"); // the code of the cell itself; do_itAux$ for some variables
        if (method.startsWith("lambda$")) {
            String around = method.substring("lambda$".length()).replaceFirst("\\$+\\d*$", "");
            method = around.startsWith("do_it") || around.isEmpty() ? "a lambda" : "a lambda in " + around;
        }
        String name = cell ? "" : (type.isEmpty() ? "" : type + ".") + method.replace("<init>", "the constructor").replace("<clinit>", "its static part");
        return (name.isEmpty() ? "" : name + ", ") + origins.line(frame).orElse("an earlier cell");
    }

    private static boolean isCell(StackTraceElement frame) {
        return frame.getClassName().startsWith("REPL.$JShell$");
    }

    private static boolean isMachinery(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith("jdk.internal.reflect.") || name.startsWith("java.lang.reflect.") || name.startsWith("unrolled.notebook.kernel.")
                || name.startsWith("java.lang.invoke.") || name.startsWith("jdk.jshell.");
    }
}
