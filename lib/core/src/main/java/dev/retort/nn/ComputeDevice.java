package dev.retort.nn;

import dev.retort.nn.Hardware.Card;
import java.util.Optional;

/**
 * Where populations are computed that can live on a device, and why there.
 *
 * @param isGpu whether it is a GPU
 * @param found what there is, and what is used of it
 * @param fix what to do to use more; empty where there is nothing to do
 */
public record ComputeDevice(boolean isGpu, String found, String fix) {
  /**
   * Decides by what was asked and seen.
   *
   * @param asked whether a GPU was asked for
   * @param hardware what the machine has
   * @param cuda whether the engine's native library is one for CUDA
   * @param failure why the engine could not compute there; empty where it could, or did not try
   * @param threads of an operation on the CPU
   */
  static ComputeDevice decide(
      boolean asked, Hardware hardware, boolean cuda, Optional<String> failure, int threads) {
    String cpu = "running on %s CPU %s".formatted(threads, threads == 1 ? "thread" : "threads");
    String gpu = hardware.card().map(Card::name).orElse("a GPU");
    if (!hardware.driver()) {
      return new ComputeDevice(
          false,
          "no GPU: " + cpu,
          asked ? "One was asked for: install NVIDIA's driver if this machine has one." : "");
    }
    if (!asked) {
      return new ComputeDevice(
          false, gpu + ", not used: " + cpu, "Start with ./retort --gpu to use it.");
    }
    if (!cuda) {
      return new ComputeDevice(
          false,
          gpu + ", but the engine's library is not one for CUDA: " + cpu,
          "Start with ./retort --gpu; docs/gpu.md tells how to use a library of your own.");
    }
    if (failure.isPresent()) {
      return new ComputeDevice(
          false,
          "%s, but the engine cannot compute on it: %s; %s".formatted(gpu, failure.get(), cpu),
          "docs/gpu.md tells what it needs.");
    }
    return new ComputeDevice(
        true, gpu + ": students that are perceptrons learn on it, all else is " + cpu, "");
  }

  @Override
  public String toString() {
    return fix.isEmpty() ? found : found + ". " + fix;
  }
}
