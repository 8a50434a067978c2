package dev.retort.kernel.engine;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Weaves a {@link StopCheck} into the start of every method and before every jump backwards, so
 * that no loop of a cell runs forever; and puts {@link StopCheck#exit} where {@code System.exit}
 * was.
 *
 * <p>The JDK's own way differs between versions: {@code Thread.stop} up to 19, checks that hit all
 * threads from 20 on. A call without arguments and result changes neither stack nor frames, so the
 * maps of the class file stay as they are.
 */
final class StopWeaver {
  private static final String CHECK = StopCheck.class.getName().replace('.', '/');

  private StopWeaver() {}

  /** Weaves a class file; one that is too new for ASM, or too large with checks, stays as it is. */
  static byte[] weave(byte[] classFile) {
    try {
      ClassReader reader = new ClassReader(classFile);
      ClassWriter writer = new ClassWriter(reader, 0);
      reader.accept(new WovenClass(writer), 0);
      return writer.toByteArray();
    } catch (IllegalArgumentException | MethodTooLargeException | ClassTooLargeException e) {
      return classFile;
    }
  }

  private static final class WovenClass extends ClassVisitor {
    WovenClass(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new WovenMethod(
          super.visitMethod(access, name, descriptor, signature, exceptions),
          !name.startsWith("<"));
    }
  }

  private static final class WovenMethod extends MethodVisitor {
    private final Set<Label> behind = new HashSet<>();
    private final boolean checksEntry;

    WovenMethod(MethodVisitor next, boolean checksEntry) {
      super(Opcodes.ASM9, next);
      this.checksEntry = checksEntry;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (checksEntry) {
        check();
      }
    }

    @Override
    public void visitLabel(Label label) {
      behind.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      if (behind.contains(label)) {
        check();
      }
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean exit =
          opcode == Opcodes.INVOKESTATIC && owner.equals("java/lang/System") && name.equals("exit");
      super.visitMethodInsn(opcode, exit ? CHECK : owner, name, descriptor, isInterface);
    }

    private void check() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, CHECK, "check", "()V", false);
    }
  }
}
