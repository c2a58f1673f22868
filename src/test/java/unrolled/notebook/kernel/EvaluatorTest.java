package unrolled.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cell gives and keeps, and in which words it fails. */
class EvaluatorTest {
    private final List<String> notes = new ArrayList<>();
    private final Evaluator evaluator = new Evaluator(notes::add);
    private int cell;

    @AfterEach void close() {
        evaluator.close();
    }

    private Object run(String code) throws CellError {
        return evaluator.eval(++cell, code);
    }

    private String error(String code) {
        return String.join("\n", assertThrows(CellError.class, () -> run(code)).lines());
    }

    private static void contains(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "\"" + part + "\" is not in: " + text);
        }
    }

    @Test void anEditedCellOfImportsKeepsEverything() throws CellError {
        run("import java.util.function.*;   // words");
        run("List<Integer> m = List.of(1); class Box { int v = 7; } Box box = new Box(); box.v = 8;");
        run("import java.util.function.*;   // words\nimport java.nio.file.*;");
        assertEquals(List.of(1), run("m"));
        assertEquals(8, run("box.v"));
        run("import java.util.function.*; // other words\nimport  java . nio.file.*;\n/* and */ import static java.lang.Math.*;");
        assertEquals(List.of(1), run("m"));
        assertEquals(8, run("box.v"));
    }

    @Test void anImportThatAnotherOneHidIsMadeAgain() throws CellError {
        run("import java.awt.List;");
        run("import java.util.List;");
        assertEquals(1, run("List.of(1).size()"));
        run("import java.awt.List;");
        contains(error("List.of(1)"), "cannot find symbol");
    }

    @Test void aNewBodyKeepsObjects() throws CellError {
        run("double g(double v) { return v + 1; }\nclass Layer { double sum = 5; double out(double v) { return g(v); } }\nLayer layer = new Layer();");
        run("double g(double v) { return v + 100; }");
        assertEquals(101.0, run("layer.out(1)"));
        run("class Layer { double sum = 5; double out(double v) { return 2 * g(v); } }");
        assertEquals(202.0, run("layer.out(1)"));
        assertEquals(List.of(), notes);
    }

    @Test void aClassOfANewShapeSaysWhatIsEmpty() throws CellError {
        run("class Net { int a; }\nNet net = new Net(); List<Net> all = List.of(net); int other = 3;");
        run("class Net { int a; int b; }");
        assertEquals(null, run("net"));
        assertEquals(3, run("other"));
        contains(notes.get(0), "class Net has changed its shape", "net", "empty again", "run the cell");
    }

    @Test void classesMayNameEachOther() throws CellError {
        Object net = run("class Cell { Net owner; } class Net { Cell[] cells; } new Net();\nnew Net()");
        assertTrue(net.getClass().getName().endsWith("Net"));
        assertEquals(3, run("interface Shape { Shape twice(); int n(); }\nclass Dot implements Shape { public Shape twice() { return new Pair(this); } public int n() { return 1; } }\n"
                + "class Pair implements Shape { Shape a; Pair(Shape a) { this.a = a; } public Shape twice() { return this; } public int n() { return 2 + a.n(); } }\nnew Dot().twice().n()"));
        assertEquals(true, run("boolean even(int n) { return n == 0 || odd(n - 1); }\nboolean odd(int n) { return n != 0 && even(n - 1); }\neven(10)"));
        assertEquals(List.of(), notes);
    }

    @Test void causesAreTold() throws CellError {
        contains(error("class Table { static int size = Integer.parseInt(\"x1\"); } new Table()"), "ExceptionInInitializerError", "Caused by: NumberFormatException: For input string: \"x1\"",
                "cell [1], line 1");
        contains(error("new Table()"), "Could not initialize class Table");
        contains(error("throw new RuntimeException(\"outer\", new IllegalStateException(\"middle\", new Exception(\"inner\")));"), "outer", "Caused by: IllegalStateException: middle",
                "Caused by: Exception: inner");
        String suppressed = error("try (AutoCloseable c = () -> { throw new Exception(\"while closing\"); }) { throw new Exception(\"first\"); }");
        contains(suppressed, "first", "Suppressed: Exception: while closing");
        Exception loop = new Exception("a");
        loop.initCause(new Exception("b", loop));
        contains(String.join("\n", evaluator.describe(loop).lines()), "(told above)");
    }

    @Test void aTypoIsNamedWhereItIsMade() throws CellError {
        run("int epoch = 3;\ndouble decayed(double r, int e) {\n    return r * Math.pow(.9, epohc);\n}");
        contains(notes.get(0), "decayed(double,int)", "epohc", "cell [1], line 3", "Did you mean epoch?", "return r * Math.pow(.9, epohc);");
        contains(error("decayed(1, 2)"), "decayed(double,int) cannot be called", "epohc", "cell [1], line 3");
        run("int epohc = 1;");
        assertEquals(0.9, run("decayed(1, 2)"));
    }

    @Test void valuesAreObjectsAndSemicolonsHideThem() throws CellError {
        assertEquals("<s>", run("\"<s>\""));
        assertEquals(List.of("cat", "cats"), run("List.of(\"cat\", \"cats\")"));
        assertEquals(5, run("2 + 3 // five"));
        for (String silent : List.of("2 + 3;", "2 + 3; // five", "int x = 3", "int y = 4;", "if (x > 2) x++;", ";", "// words", "/* words */", "", "void f() { }", "f()", "x = 7;",
                "System.out.printf(\"%d\", 3)", "class A { }")) {
            assertEquals(Evaluator.NOTHING, run(silent), silent);
        }
        assertEquals(7, run("x"));
        assertEquals(null, run("String none = null;\nnone"));
        assertEquals(";", run("\";\""));
        assertEquals("// ;", run("\"// ;\" // ;"));
    }

    @Test void aRecursionWithoutEndIsShort() {
        String told = error("int deep(int n) {\n    return deep(n + 1) + 1;\n}\ndeep(0)");
        contains(told, "StackOverflowError", "calls itself without end", "cell [1], line 2", "cell [1], line 4");
        assertTrue(told.lines().count() < 30, told);
        String mutual = error("int a(int n) { return b(n) + 1; } int b(int n) { return a(n) + 1; }\na(0)");
        assertTrue(mutual.lines().count() < 30, mutual);
    }

    @Test void framesAreThoseOfTheLearner() throws CellError {
        run("import java.util.stream.*;\nint third(int n) {\n    return 1 / n;\n}");
        String told = error("int ready = 1;\nIntStream.of(3, 0).map(n ->\n    third(n)).sum()");
        contains(told, "ArithmeticException: / by zero", "third, cell [1], line 3", "a lambda, cell [2], line 3", "at cell [2], line 3");
        assertFalse(told.matches("(?s).*(REPL|JShell|reflect|unrolled\\.notebook|CellControl|do_it).*"), told);
        String inner = error("class Box { int[] v = new int[2]; int at(int i) { return v[i]; } }\nRunnable r = () -> new Box().at(5);\nr.run()");
        contains(inner, "Index 5 out of bounds for length 2", "Box.at, cell [3], line 1", "a lambda, cell [3], line 2", "cell [3], line 3");
    }

    @Test void errorsOfTheCompilerSpeakOfTheCell() {
        contains(error("int a = 1;\nint b = \"text\";\nint c = 2;"), "cell [1], line 2", "java.lang.String cannot be converted to int", "int b = \"text\";");
        contains(error("a + c"), "variable c");
        contains(error("for (int i = 0; i < 3; i++) {\n    int q = i;"), "cell [3], line 2", "reached end of file");
        contains(error("int n = 3\nint m = 4"), "';' expected");
        contains(error("new Missing()"), "class Missing");
        contains(error("String s = \"open"), "unclosed string literal");
    }

    @Test void whatRanBeforeTheErrorStays() throws CellError {
        error("int kept = 3;\nint bad = kept / 0;\nint never = 5;");
        assertEquals(3, run("kept"));
        contains(error("never"), "variable never");
    }

    @Test void anObjectOfAnEarlierClassIsExplained() throws CellError {
        run("record P(int a) { }\nObject kept = new P(1); List<Object> list = new ArrayList<>(List.of(kept));");
        run("record P(int a, int b) { }");
        contains(error("P p = (P) list.get(0);"), "P cannot be cast to class P", "defined anew", "run the cell");
    }

    @Test void exitAndStackTracesStayInTheNotebook() throws CellError {
        run("int kept = 1;");
        contains(error("System.exit(0);"), "would end the notebook's kernel");
        assertEquals(1, run("kept"));
    }

    @Test void errorsWithoutWordsOrWithBrokenOnes() {
        contains(error("throw new Exception((String) null);"), "Exception");
        contains(error("class Odd extends RuntimeException { public String getMessage() { throw new IllegalStateException(); } } throw new Odd();"), "Odd", "its message cannot be read");
        contains(error("throw new Exception(\"two\\nlines\");"), "Exception: two\nlines");
        contains(error("throw new Error();"), "Error");
        contains(error("assert false : \"never on\"; throw new AssertionError(\"on\");"), "AssertionError: on");
    }
}
