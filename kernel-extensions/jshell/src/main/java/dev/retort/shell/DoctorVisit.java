package dev.retort.shell;

import dev.retort.notebook.Doctor;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Examines the machine. */
@Command(
    name = "doctor",
    description = "Examine Java, engine, memory and folders, and say what to mend.")
final class DoctorVisit implements Callable<Integer> {
  @Override
  public Integer call() {
    Doctor doctor = Doctor.examine();
    System.out.println(doctor);
    return doctor.healthy() ? 0 : 1;
  }
}
