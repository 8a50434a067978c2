package dev.retort.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every architecture of the library is measured, and learns there. */
class ArchitectureBenchTest {
  @Test
  void everySuppliedArchitectureIsInTheList() {
    List<String> measured =
        ArchitectureBench.ALL.stream()
            .map(each -> each.network().toString().split("[:\\[]", 2)[0])
            .toList();
    assertThat(measured).containsExactlyElementsOf(Architectures.names());
  }

  @Test
  void membersAreDealtAsTheirArchitectureHasThem() {
    for (Learned each : ArchitectureBench.ALL) {
      List<Learned.Group> groups = each.groups(3, 2);
      Architecture network = each.network();
      assertThat(groups).as(network.toString()).hasSize(network.perceptron().isPresent() ? 1 : 3);
      groups.forEach(Learned.Group::update);
      groups.forEach(Learned.Group::close);
    }
  }
}
