package dev.retort.kernel.engine;

import java.lang.instrument.ClassDefinition;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import jdk.jshell.execution.DirectExecutionControl;

/**
 * Runs snippets in this JVM: woven on loading, called on the thread of cells, with their values and
 * exceptions kept as the objects that they are.
 *
 * <p>JShell itself passes text only, which is why a value would have to be printed to be seen.
 */
sealed class CellControl extends DirectExecutionControl permits RehearsalControl {
  private final CellThread thread;
  private final Succession succession = new Succession();
  private final Set<String> renewed = new HashSet<>();
  private Object value;
  private Thrown thrown;
  private boolean looking;
  private Object variable;

  CellControl(CellThread thread) {
    this.thread = thread;
  }

  /** Begins an evaluation: forgets the last value and exception. */
  Succession.Takeover begin() {
    forget();
    renewed.clear();
    return succession.begin();
  }

  private void forget() {
    value = null;
    thrown = null;
  }

  /** Has a class replaced in this evaluation, not redefined. */
  void renew(String className) {
    renewed.add(Succession.place(className));
  }

  /** The value of the last call, or null. */
  Object value() {
    return value;
  }

  /** The exception that ended the last call, or null. */
  Thrown thrown() {
    return thrown;
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    super.load(woven(classes));
    enter(classes);
  }

  @Override
  public void redefine(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    ClassBytecodes[] woven = woven(classes);
    boolean kept = Arrays.stream(classes).noneMatch(c -> isRenewed(c.name()));
    if (!kept || !LiveClasses.redefine(definitions(woven))) {
      throw new ClassInstallException("redefinition was refused", new boolean[classes.length]);
    }
    classesRedefined(woven);
    enter(classes);
  }

  private boolean isRenewed(String className) {
    String place = Succession.place(className);
    return renewed.stream().anyMatch(one -> place.equals(one) || place.startsWith(one + "$"));
  }

  private void enter(ClassBytecodes[] classes) throws ClassInstallException {
    for (ClassBytecodes one : classes) {
      succession.enter(loaded(one.name()));
    }
  }

  private Class<?> loaded(String name) throws ClassInstallException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException e) {
      throw new ClassInstallException(e.getMessage(), new boolean[1]);
    }
  }

  private static ClassBytecodes[] woven(ClassBytecodes[] classes) {
    return Arrays.stream(classes)
        .map(c -> new ClassBytecodes(c.name(), StopWeaver.weave(c.bytecodes())))
        .toArray(ClassBytecodes[]::new);
  }

  private ClassDefinition[] definitions(ClassBytecodes[] classes) throws ClassInstallException {
    ClassDefinition[] definitions = new ClassDefinition[classes.length];
    for (int i = 0; i < classes.length; i++) {
      definitions[i] = new ClassDefinition(loaded(classes[i].name()), classes[i].bytecodes());
    }
    return definitions;
  }

  @Override
  protected String invoke(Method method) throws Exception {
    forget();
    succession.settle();
    try {
      value = thread.call(() -> unwrapped(method), method.getDeclaringClass().getClassLoader());
      thrown = null;
      return "";
    } catch (CellFailed e) {
      value = null;
      thrown = e.thrown();
      throw new InvocationTargetException(thrown.forShell());
    }
  }

  private static Object unwrapped(Method method) throws Exception {
    try {
      return method.invoke(null);
    } catch (InvocationTargetException e) {
      throw new CellFailed(Thrown.of(e.getCause()));
    }
  }

  /** Looks up a variable in JShell's own way, but keeps the object. */
  Optional<Object> variable(Runnable lookup) {
    looking = true;
    try {
      lookup.run();
      return Optional.ofNullable(variable);
    } finally {
      looking = false;
      variable = null;
    }
  }

  /** The value of a variable of a class, or null. */
  Object valueOf(String className, String name) {
    try {
      return field(className, name).get(null);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** Gives a variable of a class a value; returns whether it fits. */
  boolean give(String className, String name, Object given) {
    try {
      succession.enter(findClass(className));
      field(className, name).set(null, given);
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException | NullPointerException e) {
      return false; // the last: nothing, where a number is expected
    }
  }

  private Field field(String className, String name) throws ReflectiveOperationException {
    Field field = findClass(className).getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  @Override
  public String varValue(String className, String varName) throws InternalException {
    if (looking) {
      try {
        variable = field(className, varName).get(null);
      } catch (ReflectiveOperationException e) {
        throw new InternalException(e.toString());
      }
    }
    return "";
  }

  @Override
  public void stop() {
    thread.interrupt();
  }
}
