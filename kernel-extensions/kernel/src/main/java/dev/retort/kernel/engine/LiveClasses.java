package dev.retort.kernel.engine;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Gives loaded classes of this JVM other code, while their static fields and their objects stay.
 *
 * <p>The JVM instruments itself, at the first call. Where it does not let itself be instrumented,
 * for want of {@code -Djdk.attach.allowAttachSelf=true} or of a folder for temporary files, every
 * redefinition is refused.
 */
public final class LiveClasses {
  private static volatile Instrumentation given;

  private LiveClasses() {}

  /** Takes the JVM's own tool; called by the JVM. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    given = instrumentation;
  }

  /**
   * Gives classes other code: all of them, or none.
   *
   * @return whether it was done; not, where fields, methods or supertypes differ too
   */
  static boolean redefine(ClassDefinition[] definitions) {
    Optional<Instrumentation> tool = OnlyOnce.TOOL;
    if (tool.isEmpty()) {
      return false;
    }
    try {
      tool.get().redefineClasses(definitions);
      return true;
    } catch (UnsupportedOperationException
        | UnmodifiableClassException
        | ClassNotFoundException
        | LinkageError
        | InternalError e) { // the last: its memory for code is full
      return false;
    }
  }

  /** The attempt to attach, made when the first class is to be redefined. */
  private static final class OnlyOnce {
    static final Optional<Instrumentation> TOOL = attached();
  }

  private static Optional<Instrumentation> attached() {
    try {
      Path jar = Files.createTempFile("retort-agent", ".jar");
      try {
        new JarOutputStream(Files.newOutputStream(jar), manifest()).close();
        VirtualMachine self = VirtualMachine.attach(String.valueOf(ProcessHandle.current().pid()));
        self.loadAgent(jar.toString());
        self.detach();
      } finally {
        Files.deleteIfExists(jar);
      }
    } catch (IOException
        | AttachNotSupportedException
        | AgentLoadException
        | AgentInitializationException
        | LinkageError e) {
      return Optional.ofNullable(given); // it may have come before the mishap
    }
    return Optional.ofNullable(given);
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", LiveClasses.class.getName());
    attributes.putValue("Can-Redefine-Classes", "true");
    return manifest;
  }
}
