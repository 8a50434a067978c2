package dev.retort.code;

import dev.retort.code.Instruction.Access;
import dev.retort.code.Instruction.Call;
import dev.retort.code.Instruction.Dynamic;
import dev.retort.code.Instruction.Mention;
import dev.retort.code.Instruction.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The methods of a class as its loader has them now; native and abstract ones have no body. */
final class ClassFile {
  private final Map<String, Body> bodies = new LinkedHashMap<>();

  private ClassFile() {}

  /** Reads a class file, without what only debuggers need. */
  static ClassFile of(Class<?> type) {
    ClassFile file = new ClassFile();
    String path = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new UnknownCode("the code of " + MadeUp.without(type.getName()) + " cannot be read");
      }
      new ClassReader(in.readAllBytes())
          .accept(file.reader(type), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UnknownCode(
          "the code of " + MadeUp.without(type.getName()) + " cannot be read: " + e.getMessage());
    }
    return file;
  }

  Map<String, Body> bodies() {
    return bodies;
  }

  private ClassVisitor reader(Class<?> type) {
    return new ClassVisitor(Opcodes.ASM9) {
      @Override
      public MethodVisitor visitMethod(
          int access, String name, String descriptor, String signature, String[] exceptions) {
        Body body = new Body(type, name, descriptor, access, new ArrayList<>());
        if ((access & Opcodes.ACC_ABSTRACT) == 0) {
          bodies.put(body.key(), body);
        }
        if ((access & Opcodes.ACC_NATIVE) != 0) {
          body.code().add(new Plain("native " + name));
        }
        return new Reader(body.code());
      }
    };
  }

  /** Writes instructions down as they come. */
  private static final class Reader extends MethodVisitor {
    private final List<Instruction> code;
    private final Map<Label, Integer> labels = new HashMap<>();

    Reader(List<Instruction> code) {
      super(Opcodes.ASM9);
      this.code = code;
    }

    private void plain(Object... words) {
      StringBuilder text = new StringBuilder();
      for (Object word : words) {
        text.append(word instanceof Label label ? "L" + number(label) : word).append(' ');
      }
      code.add(new Plain(text.toString()));
    }

    private int number(Label label) {
      return labels.computeIfAbsent(label, any -> labels.size());
    }

    @Override
    public void visitInsn(int opcode) {
      plain(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      plain(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      plain(opcode, variable);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
      plain(Opcodes.IINC, variable, increment);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      code.add(new Mention(opcode + " ", Type.getObjectType(type)));
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      code.add(new Mention("array " + dimensions + " ", Type.getType(descriptor)));
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      code.add(new Access(opcode, owner, name, descriptor));
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (opcode != Opcodes.INVOKESTATIC || !MadeUp.isCheck(owner, descriptor)) {
        code.add(new Call(opcode, MadeUp.owner(owner, name), name, descriptor));
      }
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      code.add(new Dynamic(name, descriptor, bootstrap, List.of(arguments)));
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      plain(opcode, label);
    }

    @Override
    public void visitLabel(Label label) {
      plain("at", label);
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (value instanceof Type type && type.getSort() != Type.METHOD) {
        code.add(new Mention("constant ", type));
      } else if (value instanceof ConstantDynamic made) {
        List<Object> arguments = new ArrayList<>();
        for (int i = 0; i < made.getBootstrapMethodArgumentCount(); i++) {
          arguments.add(made.getBootstrapMethodArgument(i));
        }
        code.add(
            new Dynamic(
                made.getName(), "()" + made.getDescriptor(), made.getBootstrapMethod(), arguments));
      } else if (value instanceof Handle handle) {
        code.add(new Dynamic("handle", "()V", handle, List.of()));
      } else {
        plain("constant", value.getClass().getSimpleName(), value);
      }
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label standard, Label... cases) {
      plain("switch", min, max, standard);
      for (Label each : cases) {
        plain("case", each);
      }
    }

    @Override
    public void visitLookupSwitchInsn(Label standard, int[] keys, Label[] cases) {
      plain("switch", standard);
      for (int i = 0; i < keys.length; i++) {
        plain("case", keys[i], cases[i]);
      }
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
      plain("try", start, end, handler);
      if (type != null) {
        code.add(new Mention("catch ", Type.getObjectType(type)));
      }
    }
  }
}
