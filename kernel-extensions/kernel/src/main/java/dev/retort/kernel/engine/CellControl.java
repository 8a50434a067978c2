package dev.retort.kernel.engine;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import jdk.jshell.execution.DirectExecutionControl;

/**
 * Runs snippets in this JVM: woven on loading, called on the thread of cells, with their values and
 * exceptions kept as the objects that they are.
 *
 * <p>JShell itself passes text only, which is why a value would have to be printed to be seen.
 */
final class CellControl extends DirectExecutionControl {
  private final CellThread thread;
  private Object value;
  private Thrown thrown;
  private boolean looking;
  private Object variable;

  CellControl(CellThread thread) {
    this.thread = thread;
  }

  /** Forgets the last value and exception. */
  void forget() {
    value = null;
    thrown = null;
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
    super.load(
        Arrays.stream(classes)
            .map(c -> new ClassBytecodes(c.name(), StopWeaver.weave(c.bytecodes())))
            .toArray(ClassBytecodes[]::new));
  }

  @Override
  protected String invoke(Method method) throws Exception {
    forget();
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

  @Override
  public String varValue(String className, String varName) throws InternalException {
    if (looking) {
      try {
        Field field = findClass(className).getDeclaredField(varName);
        field.setAccessible(true);
        variable = field.get(null);
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
