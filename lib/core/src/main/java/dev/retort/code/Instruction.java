package dev.retort.code;

import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Type;

/** A part of a method: text that says all of it, or a name that has yet to be looked up. */
sealed interface Instruction {
  /** Anything that names nothing. */
  record Plain(String text) implements Instruction {}

  /** A type that is mentioned. */
  record Mention(String text, Type type) implements Instruction {}

  /** A method that is called. */
  record Call(int opcode, String owner, String name, String descriptor) implements Instruction {}

  /** A field that is read or written. */
  record Access(int opcode, String owner, String name, String descriptor) implements Instruction {}

  /** A call whose target a bootstrap method makes, such as a lambda. */
  record Dynamic(String name, String descriptor, Handle bootstrap, List<Object> arguments)
      implements Instruction {
    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";
    private static final String RECORDS = "java/lang/runtime/ObjectMethods";

    boolean isLambda() {
      return bootstrap.getOwner().equals(LAMBDAS);
    }

    boolean isOfRecords() {
      return bootstrap.getOwner().equals(RECORDS);
    }

    /** What a lambda does. */
    Handle implementation() {
      return (Handle) arguments.get(1);
    }
  }
}
