package dev.retort.code;

import java.util.regex.Pattern;

/** Names that a shell or a compiler makes up, and what a shell weaves into code. */
final class MadeUp {
  private static final Pattern WRAPPER =
      Pattern.compile("REPL[./]\\$JShell\\$\\w*?\\d+[A-Z]*(?=\\$|$)\\$?");
  private static final Pattern NAMELESS =
      Pattern.compile("\\$?\\$JShell\\$anonymous\\$+\\d+(?=\\$|$)");
  private static final Pattern NUMBERED = Pattern.compile("\\$\\d+(?=\\$|$)");
  private static final Pattern LOCAL = Pattern.compile("\\$\\d+(?=[A-Za-z_])");
  private static final String KERNEL = "dev/retort/kernel/";
  private static final String CANCEL = "REPL/$Cancel$";

  private MadeUp() {}

  /** What a user calls a class; {@code ~} in the place of a class without a name. */
  static String without(String name) {
    String own = NAMELESS.matcher(WRAPPER.matcher(name).replaceFirst("")).replaceAll("~");
    own = own.matches("\\d+(\\$.*)?") ? "$" + own : own;
    return LOCAL.matcher(NUMBERED.matcher(own).replaceAll("~")).replaceAll("\\$");
  }

  /** Whether a class has no name but a made-up one. */
  static boolean isNameless(Class<?> type) {
    return type.getSimpleName().isEmpty() || NAMELESS.matcher(type.getSimpleName()).matches();
  }

  /** Whether a call is a check that lets a shell stop a loop. */
  static boolean isCheck(String owner, String descriptor) {
    return descriptor.equals("()V") && (owner.startsWith(KERNEL) || owner.equals(CANCEL));
  }

  /** Whose method is called, but for what a shell has put in its place. */
  static String owner(String owner, String name) {
    return owner.startsWith(KERNEL) && name.equals("exit") ? "java/lang/System" : owner;
  }

  /** The table from which a switch over an enum jumps. */
  static boolean isSwitchTable(String field) {
    return field.startsWith("$SwitchMap$");
  }
}
