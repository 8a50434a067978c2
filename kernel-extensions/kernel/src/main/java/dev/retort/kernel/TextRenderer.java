package dev.retort.kernel;

import dev.retort.kernel.engine.ValueText;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** Renders values as the base library does, but gives all of them a text of bounded size. */
final class TextRenderer extends Renderer {
  @Override
  protected DisplayData finalizeDisplayData(DisplayData data, Object value) {
    Object text = data.getData(MIMEType.TEXT_PLAIN);
    data.putText(ValueText.of(text == null ? value : text));
    return data;
  }
}
