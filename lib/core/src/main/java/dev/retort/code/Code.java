package dev.retort.code;

import dev.retort.code.Instruction.Access;
import dev.retort.code.Instruction.Call;
import dev.retort.code.Instruction.Dynamic;
import dev.retort.code.Instruction.Mention;
import dev.retort.code.Instruction.Plain;
import dev.retort.code.Word.Leads;
import dev.retort.code.Word.Named;
import dev.retort.code.Word.Text;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The code of the user's own as far as it has been looked at: what each method does, with calls
 * followed to the methods that they lead to.
 *
 * <p>A call that depends on the class of its receiver leads to the method of the declared class, to
 * that of the class whose imprint is taken, and, wherever an object is made, to all methods of its
 * class that stand in for others.
 */
final class Code {
  private final Class<?> subject;
  private final Contract contract;
  private final Map<Class<?>, ClassFile> files = new HashMap<>();
  private final Map<Body, Method> methods = new HashMap<>();

  /** The code behind an object of this class. */
  Code(Class<?> subject, Contract contract) {
    this.subject = subject;
    this.contract = contract;
  }

  /**
   * What a method does.
   *
   * @param words its instructions
   * @param reads the fields that it reads
   * @param leads where control goes from it
   */
  record Method(List<Word> words, List<Field> reads, List<Body> leads) {}

  /** What a method does, looked up once. */
  Method method(Body body) {
    Method known = methods.get(body);
    if (known == null) {
      known = new Linking(body).method();
      methods.put(body, known);
    }
    return known;
  }

  Map<String, Body> bodies(Class<?> type) {
    return files.computeIfAbsent(type, ClassFile::of).bodies();
  }

  /** The method that an object of a class has, where the user wrote it. */
  Optional<Body> find(Class<?> type, String name, String descriptor) {
    for (Class<?> each = type; isOwn(each); each = each.getSuperclass()) {
      Body body = bodies(each).get(name + descriptor);
      if (body != null) {
        return Optional.of(body);
      }
    }
    for (Class<?> each : Supertypes.of(type)) {
      if (each.isInterface() && isOwn(each) && bodies(each).containsKey(name + descriptor)) {
        return Optional.of(bodies(each).get(name + descriptor));
      }
    }
    return Optional.empty();
  }

  static boolean isOwn(Class<?> type) {
    return type != null && !type.isHidden() && Origin.of(type) == Origin.OWN;
  }

  /** The methods of a class that others may call without knowing it, by name and descriptor. */
  List<Body> standIns(Class<?> type) {
    Map<String, Body> found = new TreeMap<>();
    for (Class<?> parent : Supertypes.of(type)) {
      for (java.lang.reflect.Method method : parent.getDeclaredMethods()) {
        if (!Modifier.isStatic(method.getModifiers())
            && !Modifier.isPrivate(method.getModifiers())
            && parent != type
            && contract.counts(method)) {
          find(type, method.getName(), Type.getMethodDescriptor(method))
              .filter(body -> !isGenerated(body))
              .ifPresent(body -> found.put(body.key(), body));
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** Whether a method of a record was left to the compiler. */
  private static boolean isGenerated(Body body) {
    return body.code().stream()
        .anyMatch(each -> each instanceof Dynamic dynamic && dynamic.isOfRecords());
  }

  /** Looks up the names of one method. */
  private final class Linking {
    private final Body body;
    private final List<Word> words = new ArrayList<>();
    private final List<Field> reads = new ArrayList<>();
    private final List<Body> leads = new ArrayList<>();

    Linking(Body body) {
      this.body = body;
    }

    Method method() {
      text((body.access() & Opcodes.ACC_STATIC) != 0 ? "static " : "");
      type(Type.getMethodType(body.descriptor()));
      for (Instruction instruction : body.code()) {
        text("\n");
        if (instruction instanceof Plain plain) {
          text(plain.text());
        } else if (instruction instanceof Mention mention) {
          mention(mention);
        } else if (instruction instanceof Call call) {
          text(call.opcode() + " ");
          call(call.opcode(), call.owner(), call.name(), call.descriptor());
        } else if (instruction instanceof Access access) {
          field(access);
        } else if (instruction instanceof Dynamic dynamic) {
          dynamic(dynamic);
        }
      }
      return new Method(words, reads, leads);
    }

    private void text(String text) {
      words.add(new Text(text));
    }

    private void lead(List<Body> to) {
      words.add(new Leads(to));
      leads.addAll(to);
    }

    private void mention(Mention mention) {
      text(mention.text());
      type(mention.type());
      Class<?> type = mention.text().equals(Opcodes.NEW + " ") ? own(mention.type()) : null;
      if (type != null && type != subject) {
        lead(standIns(type));
      }
    }

    private Class<?> own(Type type) {
      return lookUp(type.getInternalName()).filter(Code::isOwn).orElse(null);
    }

    private Optional<Class<?>> lookUp(String internalName) {
      try {
        return Optional.of(
            Class.forName(internalName.replace('/', '.'), false, body.owner().getClassLoader()));
      } catch (ClassNotFoundException | LinkageError e) {
        return Optional.empty();
      }
    }

    private void type(Type type) {
      switch (type.getSort()) {
        case Type.METHOD -> {
          for (Type argument : type.getArgumentTypes()) {
            type(argument);
          }
          text(")");
          type(type.getReturnType());
        }
        case Type.ARRAY -> {
          text("[".repeat(type.getDimensions()));
          type(type.getElementType());
        }
        case Type.OBJECT -> owner(type.getInternalName());
        default -> text(type.getDescriptor());
      }
    }

    private void owner(String internalName) {
      if (internalName.startsWith("[")) {
        type(Type.getObjectType(internalName));
        return;
      }
      Optional<Class<?>> type = lookUp(internalName);
      if (type.filter(Code::isOwn).isPresent()) {
        words.add(new Named(type.get()));
      } else {
        String release =
            type.filter(each -> Origin.of(each) == Origin.LIBRARY)
                .flatMap(Origin::release)
                .map(version -> "@" + version)
                .orElse("");
        text("L" + internalName + release + ";");
      }
    }

    private void call(int opcode, String owner, String name, String descriptor) {
      List<Body> targets = targets(opcode, owner, name, descriptor);
      if (targets.isEmpty()) {
        owner(owner);
        text("." + name);
      } else {
        lead(targets);
      }
      type(Type.getMethodType(descriptor));
    }

    private List<Body> targets(int opcode, String owner, String name, String descriptor) {
      if (owner.startsWith("[")) {
        return List.of();
      }
      Optional<Class<?>> declared = lookUp(owner);
      List<Body> targets = new ArrayList<>();
      declared.flatMap(type -> find(type, name, descriptor)).ifPresent(targets::add);
      boolean open = opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
      if (open && declared.isPresent() && declared.get().isAssignableFrom(subject)) {
        find(subject, name, descriptor)
            .filter(body -> !targets.contains(body))
            .ifPresent(targets::add);
      }
      return targets;
    }

    private void field(Access access) {
      text(access.opcode() + " ");
      boolean table = MadeUp.isSwitchTable(access.name());
      if (!table) {
        owner(access.owner());
      }
      text("." + (table ? "switch" : access.name()) + " ");
      type(Type.getType(access.descriptor()));
      boolean read = access.opcode() == Opcodes.GETFIELD || access.opcode() == Opcodes.GETSTATIC;
      if (read) {
        lookUp(access.owner())
            .flatMap(owner -> declared(owner, access.name()))
            .ifPresent(reads::add);
      }
    }

    private Optional<Field> declared(Class<?> owner, String name) {
      for (Class<?> type : Supertypes.of(owner)) {
        for (Field field : isOwn(type) ? type.getDeclaredFields() : new Field[0]) {
          if (field.getName().equals(name)) {
            return Optional.of(field);
          }
        }
      }
      return Optional.empty();
    }

    private void dynamic(Dynamic dynamic) {
      Handle bootstrap = dynamic.bootstrap();
      text("dynamic " + (dynamic.isLambda() ? "" : dynamic.name() + " "));
      type(Type.getType(dynamic.descriptor()));
      handle(bootstrap);
      dynamic.arguments().forEach(this::argument);
    }

    private void argument(Object argument) {
      text(" ");
      if (argument instanceof Type type) {
        type(type);
      } else if (argument instanceof Handle handle) {
        handle(handle);
      } else {
        text(argument.getClass().getSimpleName() + " " + argument);
      }
    }

    private void handle(Handle handle) {
      text("handle " + handle.getTag() + " ");
      if (handle.getTag() <= Opcodes.H_PUTSTATIC) {
        int opcode = handle.getTag() <= Opcodes.H_GETSTATIC ? Opcodes.GETFIELD : Opcodes.PUTFIELD;
        field(new Access(opcode, handle.getOwner(), handle.getName(), handle.getDesc()));
      } else {
        int opcode =
            handle.getTag() == Opcodes.H_INVOKEVIRTUAL
                    || handle.getTag() == Opcodes.H_INVOKEINTERFACE
                ? Opcodes.INVOKEVIRTUAL
                : Opcodes.INVOKESTATIC;
        call(opcode, handle.getOwner(), handle.getName(), handle.getDesc());
      }
    }
  }

  /** Everything that can be reached from some methods, in the order in which it is met. */
  void reach(List<Body> roots, Consumer<Field> reads) {
    Trail trail = new Trail(roots);
    for (Optional<Body> next = trail.next(); next.isPresent(); next = trail.next()) {
      Method method = method(next.get());
      method.reads().forEach(reads);
      trail.number(method.leads());
    }
  }

  /** A hash of what methods do together; names that nobody chose do not count. */
  String mark(List<Body> roots) {
    Trail trail = new Trail(roots);
    Digest digest = new Digest();
    for (Optional<Body> next = trail.next(); next.isPresent(); next = trail.next()) {
      digest.add("\n" + roots.size() + " ");
      for (Word word : method(next.get()).words()) {
        if (word instanceof Text text) {
          digest.add(text.text());
        } else if (word instanceof Named named) {
          digest.add(trail.name(named.type()));
        } else if (word instanceof Leads leads) {
          digest.add(trail.number(leads.to()));
        }
      }
    }
    return digest.letters();
  }

  /** The methods and nameless classes on the way, numbered as they are met. */
  private static final class Trail {
    private final List<Body> bodies = new ArrayList<>();
    private final Map<Body, Integer> numbers = new HashMap<>();
    private final Map<Class<?>, Integer> nameless = new HashMap<>();
    private int next;

    Trail(List<Body> roots) {
      number(roots);
    }

    Optional<Body> next() {
      return next < bodies.size() ? Optional.of(bodies.get(next++)) : Optional.empty();
    }

    String number(List<Body> all) {
      StringBuilder text = new StringBuilder();
      for (Body body : all) {
        Integer known = numbers.putIfAbsent(body, bodies.size());
        if (known == null) {
          bodies.add(body);
        }
        text.append('#').append(numbers.get(body));
      }
      return text.toString();
    }

    String name(Class<?> type) {
      String name = MadeUp.without(type.getName());
      return name.contains("~")
          ? name + nameless.computeIfAbsent(type, any -> nameless.size())
          : name;
    }
  }
}
