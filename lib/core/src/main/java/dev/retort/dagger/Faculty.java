package dev.retort.dagger;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import java.util.List;

/**
 * Who teaches where: one teacher in the whole environment, or one in each task of a family that
 * deals them out, {@code areas.eachTask()}.
 *
 * @param teachers in the order of the tasks
 * @param env where students act
 */
record Faculty(List<Policy> teachers, Env env) {
  /** Refuses teachers who do not fit, or of whom nobody knows where each of them teaches. */
  Faculty {
    teachers = List.copyOf(teachers);
    for (Policy teacher : teachers) {
      Fit.require("distill", "a teacher", teacher, env, "");
      if (!teacher.distribution().equals(teachers.get(0).distribution())) {
        throw new RetortException(
            "distill: expected teachers with one kind of distribution, got '%s' with %s and '%s' with %s."
                .formatted(
                    teachers.get(0).name(),
                    teachers.get(0).distribution().kind(),
                    teacher.name(),
                    teacher.distribution().kind()));
      }
    }
    boolean deals = !env.ofSeed(0).equals(env);
    if (teachers.size() != 1 && !(deals && env.contexts() == teachers.size())) {
      throw new RetortException(
          "distill: expected one teacher to act and label on %s, or one a task of a family that deals its tasks out, got %s. Say .on(family.train(%s).eachTask()), or collect with one of them and distill(..).from(data)."
              .formatted(
                  deals ? "%s, of %s tasks".formatted(env.name(), env.contexts()) : env.name(),
                  teachers.size(),
                  teachers.size()));
    }
  }

  int size() {
    return teachers.size();
  }

  /** Where a teacher teaches. */
  Env place(int teacher) {
    return size() == 1 ? env : env.ofSeed(teacher);
  }

  /** Steps that a teacher's task has of so many. */
  int steps(int teacher, int all) {
    return all / size() + (teacher < all % size() ? 1 : 0);
  }

  /** Seed of a teacher's task in a round. */
  long seed(int teacher, long round) {
    return size() == 1 ? round : RandomStream.of(round, "task", teacher).nextLong();
  }
}
