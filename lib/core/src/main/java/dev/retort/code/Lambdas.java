package dev.retort.code;

import dev.retort.code.Instruction.Dynamic;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Type;

/**
 * What a lambda does that has become an object. Its class says only where it was written and what
 * it has captured; it is known where all that was written there of its kind does the same.
 */
final class Lambdas {
  private final Code code;

  Lambdas(Code code) {
    this.code = code;
  }

  /** The code of every lambda that an object of this class may be; method references have none. */
  List<Dynamic> candidates(Class<?> hidden) {
    List<Dynamic> found = new ArrayList<>();
    Class<?> host = hidden.getNestHost();
    if (!Code.isOwn(host)) {
      return found;
    }
    for (Class<?> member : host.getNestMembers()) {
      for (Body body : code.bodies(member).values()) {
        body.code().stream()
            .filter(each -> each instanceof Dynamic dynamic && fits(dynamic, hidden))
            .forEach(each -> found.add((Dynamic) each));
      }
    }
    return found;
  }

  private static boolean fits(Dynamic dynamic, Class<?> hidden) {
    if (!dynamic.isLambda()) {
      return false;
    }
    List<String> captured =
        Arrays.stream(Type.getArgumentTypes(dynamic.descriptor())).map(Type::getClassName).toList();
    List<String> held = Arrays.stream(hidden.getDeclaredFields()).map(Lambdas::typeName).toList();
    String made = Type.getReturnType(dynamic.descriptor()).getClassName();
    return captured.equals(held)
        && Arrays.stream(hidden.getInterfaces()).anyMatch(each -> each.getName().equals(made));
  }

  private static String typeName(Field field) {
    return Type.getType(field.getType()).getClassName();
  }

  /** The method of the user's own that a lambda leads to. */
  Optional<Body> body(Class<?> hidden, Dynamic dynamic) {
    Handle to = dynamic.implementation();
    try {
      Class<?> owner =
          Class.forName(
              to.getOwner().replace('/', '.'), false, hidden.getNestHost().getClassLoader());
      return code.find(owner, to.getName(), to.getDesc());
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** What the lambda does. */
  String mark(Class<?> hidden) {
    List<String> marks =
        candidates(hidden).stream().map(each -> mark(hidden, each)).distinct().toList();
    if (marks.size() == 1) {
      return Objects.requireNonNull(marks.get(0));
    }
    throw new UnknownCode(
        marks.isEmpty()
            ? "a function whose code cannot be found"
            : "one of %s functions that were written in one place".formatted(marks.size()));
  }

  private String mark(Class<?> hidden, Dynamic dynamic) {
    Handle to = dynamic.implementation();
    return body(hidden, dynamic)
        .map(own -> code.mark(List.of(own)))
        .orElseGet(() -> Digest.of(to.getOwner() + "." + to.getName() + to.getDesc()));
  }
}
