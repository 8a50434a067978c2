package dev.retort.kernel.wire;

/** The five sockets of a kernel. */
public enum Channel {
  /** Requests to execute, complete and inspect, one after the other. */
  SHELL,
  /** Interrupt and shutdown, served while a cell runs. */
  CONTROL,
  /** What cells show, published to everyone who listens. */
  IOPUB,
  /** The kernel asks the user for a line. */
  STDIN,
  /** An echo that proves that the kernel lives. */
  HEARTBEAT
}
