package unrolled.mutation;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Every small mistake that a person could make in the computations of a source file: a statement lost, one operation of a chain
 * lost or confused with its neighbour, arguments swapped, one gate taken for another, a step off by one, a sign, a condition.
 * What only describes (texts, names, widths, how much work it is) and what only refuses bad input is left alone: other tests hold that.
 */
final class Mutations extends TreeScanner<Void, Void> {
    private static final Set<String> DESCRIBING = Set.of("toString", "traces", "named", "params", "inputs", "outputs", "source", "targetShape",
            "multiplications", "resetsBefore", "rectifies", "rowsApart", "work", "drops");
    /** Operations that give back their receiver, so that a chain is still a chain without them. */
    private static final Set<String> LINKS = Set.of("dot", "addDot", "add", "addRow", "addRowsOf", "addTimes", "addScaled", "times", "plus",
            "minus", "scale", "sigmoid", "tanh", "relu", "timesSigmoidSlope", "timesTanhSlope", "timesReluSlope", "timesRow", "addTimesRow",
            "addRowsOfTimes", "addTimesTanhSlope", "sumOfTimes", "scaleRow", "fill", "set", "lengthsOf", "reverse", "softmax", "transposed");
    private static final Map<String, String> CONFUSED = Map.ofEntries(Map.entry("dot", "addDot"), Map.entry("addDot", "dot"),
            Map.entry("sigmoid", "tanh"), Map.entry("tanh", "sigmoid"), Map.entry("timesSigmoidSlope", "timesTanhSlope"),
            Map.entry("timesTanhSlope", "timesSigmoidSlope"), Map.entry("plus", "minus"), Map.entry("minus", "plus"),
            Map.entry("addTimes", "times"), Map.entry("add", "set"), Map.entry("copyRow", "addToRow"), Map.entry("addToRow", "copyRow"),
            Map.entry("addRowsOfTimes", "addTimesRow"));
    private static final Set<String> ORDERED = Set.of("dot", "addDot", "minus");

    private final String file, text;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Map<String, String> neighbour = new HashMap<>();
    private final List<Mutant> mutants = new ArrayList<>();
    private boolean computing;

    private Mutations(String file, String text, CompilationUnitTree unit, SourcePositions positions) {
        this.file = file;
        this.text = text;
        this.unit = unit;
        this.positions = positions;
    }

    /** All mutants of this source file, in the order of its lines. */
    static List<Mutant> of(Path source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjects(source));
            CompilationUnitTree unit = task.parse().iterator().next();
            Mutations mutations = new Mutations(source.getFileName().toString().replace(".java", ""), Files.readString(source), unit,
                    Trees.instance(task).getSourcePositions());
            mutations.fields(unit);
            mutations.scan(unit, null);
            return mutations.mutants;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The neighbour of a field is the next one declared in the same line, the last one's is the first: i f g o, or h and c. */
    private void fields(CompilationUnitTree unit) {
        Map<Long, List<String>> together = new HashMap<>();
        new TreeScanner<Void, Void>() {
            @Override public Void visitVariable(VariableTree v, Void p) {
                if (v.getType() != null && Set.of("Sequence", "Matrix", "Param").contains(v.getType().toString())) {
                    together.computeIfAbsent(start(v.getType()), key -> new ArrayList<>()).add(v.getName().toString());
                }
                return null;
            }
        }.scan(unit, null);
        for (List<String> names : together.values()) {
            for (int n = 0; n < names.size() && names.size() > 1; n++) {
                neighbour.put(names.get(n), names.get((n + 1) % names.size()));
            }
        }
    }

    @Override public Void visitMethod(MethodTree method, Void p) {
        String name = method.getName().toString();
        if (!name.equals("<init>") && !DESCRIBING.contains(name)) {
            computing = true;
            scan(method.getBody(), null);
            computing = false;
        }
        return null;
    }

    @Override public Void visitThrow(ThrowTree node, Void p) {
        return null;
    }

    @Override public Void visitIf(IfTree node, Void p) {
        return refuses(node.getThenStatement()) && node.getElseStatement() == null ? null : super.visitIf(node, p);
    }

    private static boolean refuses(StatementTree statement) {
        return statement instanceof ThrowTree || statement instanceof BlockTree block && block.getStatements().size() == 1
                && block.getStatements().get(0) instanceof ThrowTree;
    }

    @Override public Void visitForLoop(ForLoopTree loop, Void p) {
        scan(loop.getCondition(), null);            // the header's steps stay: without them a loop would not end
        return scan(loop.getStatement(), null);
    }

    @Override public Void visitExpressionStatement(ExpressionStatementTree statement, Void p) {
        if (!statement.toString().startsWith("check") && !statement.toString().startsWith("Null.refuse")) {
            replace(statement, "statement lost", ";");
        }
        return super.visitExpressionStatement(statement, p);
    }

    @Override public Void visitMethodInvocation(MethodInvocationTree call, Void p) {
        if (asksForPresence(call)) {
            return null;
        }
        if (call.getMethodSelect() instanceof MemberSelectTree select) {
            String name = select.getIdentifier().toString();
            String receiver = text(select.getExpression());
            List<? extends ExpressionTree> arguments = call.getArguments();
            String list = arguments.isEmpty() ? "" : text.substring((int) start(arguments.get(0)), (int) end(arguments.get(arguments.size() - 1)));
            if (LINKS.contains(name)) {
                replace(call, name + " lost", receiver);
            }
            if (CONFUSED.containsKey(name)) {
                replace(call, name + " confused", receiver + "." + CONFUSED.get(name) + "(" + list + ")");
            }
            if (ORDERED.contains(name) && arguments.size() == 2) {
                replace(call, "arguments swapped", receiver + "." + name + "(" + text(arguments.get(1)) + ", " + text(arguments.get(0)) + ")");
            }
        }
        return super.visitMethodInvocation(call, p);
    }

    /** The arrays of a layer are made together and have the same T and B: reading these of the neighbour is no mistake. */
    @Override public Void visitMemberSelect(MemberSelectTree select, Void p) {
        return Set.of("T", "B").contains(select.getIdentifier().toString()) ? null : super.visitMemberSelect(select, p);
    }

    @Override public Void visitIdentifier(IdentifierTree name, Void p) {
        String other = neighbour.get(name.getName().toString());
        if (other != null) {
            replace(name, "another array", other);
        }
        return null;
    }

    /** Whether arrays are there yet, or of which shape a gradient must be: the same question for arrays that are made together. */
    private static boolean asksForPresence(Tree node) {
        return node.toString().endsWith("== null") || node.toString().startsWith("checkGradient")
                || node.toString().matches("\\w+\\.sameShape\\(\\w+\\)");
    }

    @Override public Void visitBinary(BinaryTree node, Void p) {
        if (asksForPresence(node)) {
            return null;
        }
        String left = text(node.getLeftOperand()), right = text(node.getRightOperand());
        switch (node.getKind()) {
            case MINUS -> {
                replace(node, "off by one, or a sign", right.equals("1") ? left : left + " + " + right);
            }
            case PLUS -> replace(node, "sign", left + " - " + right);
            case CONDITIONAL_AND, CONDITIONAL_OR -> {
                replace(node, "half a condition", left);
                replace(node, "half a condition", right);
            }
            case LESS_THAN -> replace(node, "boundary", left + " <= " + right);
            case GREATER_THAN -> replace(node, "boundary", left + " >= " + right);
            case GREATER_THAN_EQUAL -> replace(node, "boundary", left + " > " + right);
            case LESS_THAN_EQUAL -> replace(node, "boundary", left + " < " + right);
            case EQUAL_TO -> replace(node, "condition turned", left + " != " + right);
            default -> { }
        }
        return super.visitBinary(node, p);
    }

    @Override public Void visitConditionalExpression(ConditionalExpressionTree node, Void p) {
        replace(node, "one branch only", text(node.getTrueExpression()));
        replace(node, "one branch only", text(node.getFalseExpression()));
        return super.visitConditionalExpression(node, p);
    }

    private void replace(Tree tree, String what, String after) {
        if (computing) {
            String mutated = text.substring(0, (int) start(tree)) + after + text.substring((int) end(tree));
            mutants.add(new Mutant(file, unit.getLineMap().getLineNumber(start(tree)), what, text(tree), after.equals(";") ? "" : after, mutated));
        }
    }

    private String text(Tree tree) {
        return text.substring((int) start(tree), (int) end(tree));
    }

    private long start(Tree tree) {
        return positions.getStartPosition(unit, tree);
    }

    private long end(Tree tree) {
        return positions.getEndPosition(unit, tree);
    }
}
