package dev.retort.kernel;

import java.lang.reflect.Proxy;

/**
 * Lets the signal SIGINT interrupt the cell instead of ending the kernel, for clients that send a
 * signal although the kernel asks for a message.
 *
 * <p>The class for signals is not part of the platform's interface, so it is looked up by name; a
 * JVM without it keeps its own way.
 */
final class InterruptSignal {
  private InterruptSignal() {}

  static void install(Runnable interrupt) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              InterruptSignal.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) -> {
                switch (method.getName()) {
                  case "handle" -> interrupt.run();
                  case "hashCode" -> {
                    return System.identityHashCode(self);
                  }
                  case "equals" -> {
                    return self == args[0];
                  }
                  default -> {
                    return "interrupt signal";
                  }
                }
                return null;
              });
      Object unused =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return; // SIGINT ends the JVM, as it does elsewhere
    }
  }
}
