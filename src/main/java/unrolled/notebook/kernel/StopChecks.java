package unrolled.notebook.kernel;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts a call of {@link Stop#check} into the compiled code of a cell: before each jump backwards (a loop) and into each method
 * (recursion). Calls that do not fit a notebook are exchanged for those of {@link Instead}.
 */
final class StopChecks {
    private static final String STOP = Stop.class.getName().replace('.', '/');
    private static final String INSTEAD = Instead.class.getName().replace('.', '/');

    private StopChecks() {
    }

    /** The class with its checks; unchanged if its format is newer than this library knows, so that a cell always runs. */
    static byte[] into(byte[] classFile) {
        try {
            ClassReader reader = new ClassReader(classFile);
            ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
                @Override public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
                    return new Checks(super.visitMethod(access, name, type, signature, exceptions), !name.startsWith("<"));
                }
            }, 0);
            return writer.toByteArray();
        } catch (RuntimeException e) {
            return classFile;
        }
    }

    /** A check takes nothing from the stack and leaves nothing on it, so no frame changes. */
    private static final class Checks extends MethodVisitor {
        private final Set<Label> passed = new HashSet<>();
        private final boolean atStart;

        Checks(MethodVisitor next, boolean atStart) {
            super(Opcodes.ASM9, next);
            this.atStart = atStart;
        }

        private void check(Label... targets) {
            for (Label target : targets) {
                if (passed.contains(target)) {
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, STOP, "check", "()V", false);
                    return;
                }
            }
        }

        @Override public void visitCode() {
            super.visitCode();
            if (atStart) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, STOP, "check", "()V", false);
            }
        }

        @Override public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
            boolean exit = opcode == Opcodes.INVOKESTATIC && owner.equals("java/lang/System") && name.equals("exit") && type.equals("(I)V");
            boolean print = opcode == Opcodes.INVOKEVIRTUAL && name.equals("printStackTrace") && type.equals("()V")
                    && owner.matches("java/.*(Throwable|Exception|Error)");
            if (exit || print) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, INSTEAD, name, exit ? type : "(Ljava/lang/Throwable;)V", false);
            } else {
                super.visitMethodInsn(opcode, owner, name, type, isInterface);
            }
        }

        @Override public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override public void visitJumpInsn(int opcode, Label target) {
            check(target);
            super.visitJumpInsn(opcode, target);
        }

        @Override public void visitTableSwitchInsn(int min, int max, Label other, Label... targets) {
            check(targets);
            check(other);
            super.visitTableSwitchInsn(min, max, other, targets);
        }

        @Override public void visitLookupSwitchInsn(Label other, int[] keys, Label[] targets) {
            check(targets);
            check(other);
            super.visitLookupSwitchInsn(other, keys, targets);
        }
    }
}
