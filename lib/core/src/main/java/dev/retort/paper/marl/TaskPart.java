package dev.retort.paper.marl;

import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.List;

/** A part of the study that is done in one task after the other. */
interface TaskPart extends StudyPart {
  /**
   * What is found in a task.
   *
   * @param main the data that claims are about
   */
  Found found(TeamData main);

  /** What a reader has to know of all tasks. */
  default List<String> notes() {
    return List.of();
  }

  @Override
  default Found run(Scale scale) {
    return Found.all(
            TeamTask.all(scale).stream().map(task -> found(TeamData.of(scale, task))).toList())
        .noting(notes());
  }
}
