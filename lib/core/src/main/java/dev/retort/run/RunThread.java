package dev.retort.run;

/**
 * Makes the threads of runs, out of reach of whoever starts them.
 *
 * <p>A notebook or JShell runs a cell in a thread group of its own and, to interrupt the cell,
 * interrupts and even kills every thread in that group. A thread normally joins its maker's group;
 * ours join the outermost, where nobody looks for them. They are daemons: a JVM may end, and the
 * run goes on from its last checkpoint when it is resumed.
 */
final class RunThread extends Thread {
  private RunThread(ThreadGroup group, Runnable work, String name) {
    super(group, work, name);
    setDaemon(true);
  }

  static Thread of(String name, Runnable work) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return new RunThread(group, work, name);
  }
}
