package dev.retort.jjava;

import dev.retort.notebook.Bundle;
import dev.retort.notebook.Screen;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Shows bundles through a kernel. */
record KernelScreen(BaseKernel kernel) implements Screen {
  @Override
  public void show(Bundle bundle) {
    kernel.display(data(bundle));
  }

  @Override
  public void show(String id, Bundle bundle) {
    kernel.display(named(id, bundle));
  }

  @Override
  public void replace(String id, Bundle bundle) {
    kernel.getIO().display.updateDisplay(named(id, bundle));
  }

  private static DisplayData data(Bundle bundle) {
    DisplayData data = new DisplayData();
    bundle.data().forEach(data::putData);
    return data;
  }

  private static DisplayData named(String id, Bundle bundle) {
    DisplayData data = data(bundle);
    data.putTransientData("display_id", id); // setDisplayId has another type in each version
    return data;
  }
}
